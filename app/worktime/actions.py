"""Changing when a team works. Nothing here commits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language import gettext
from app.worktime.differences import first_changed_day
from app.worktime.models import Calendar
from app.worktime.plan import NEVER
from app.worktime.rules import BadCalendar, CalendarPlan, never_opens, parse_plan, plan_as_doc


@dataclass(frozen=True)
class Change:
    """Since `first`, the first local date whose hours or zone differ, `calendar` counts anew.

    It has its new plan already; `before` is the one that held until `at` (UTC). `team_ids` are the
    only teams for which it holds, None all that work by the calendar.
    """

    calendar: Calendar
    first: date
    before: CalendarPlan
    at: datetime
    team_ids: Sequence[int] | None = None


DaysChanged = Callable[[Session, Change], None]
_told: list[DaysChanged] = []


class StaleCalendar(RuntimeError):
    """Somebody saved the calendar since its page was opened."""


def on_days_changed(mark: DaysChanged) -> None:
    """Let `mark` know, inside the transaction, that days from a local date on count anew.

    What was stored in working seconds for that date or later has to be counted anew there, or
    marked. Promises are dates given once; they must not move.
    """
    if mark not in _told:
        _told.append(mark)


def tell_changed(
    session: Session,
    calendar: Calendar,
    before: CalendarPlan,
    *,
    at: datetime,
    team_ids: Sequence[int] | None = None,
) -> date | None:
    """Tell whoever asked for it what differs from the plan `before`; return the first such day.

    Also for teams, `team_ids`, that work by `calendar` from now on.
    """
    first = first_changed_day(before, parse_plan(calendar.plan))
    if first is not None:
        for mark in _told:
            mark(session, Change(calendar, first, before, at, team_ids))
    return first


def change_plan(
    session: Session, calendar: Calendar, plan: CalendarPlan, *, seen: int, at: datetime
) -> date | None:
    """Put `plan` in the place of a calendar's at `at`; return the first local day that it affects.

    None means that no clock would notice; a date that has passed is a late correction, and is
    allowed. The version rises with every saving that changes anything, names of days included.

    :raises BadCalendar: for a plan that never opens again (see `never_opens`).
    :raises StaleCalendar: when `seen` is not its version any more and it says something else.
    """
    if never_opens(plan):
        raise BadCalendar(gettext(NEVER))
    session.refresh(calendar, with_for_update=True)
    before = parse_plan(calendar.plan)
    if plan == before:  # also the second click on the same form
        return None
    if calendar.version != seen:
        raise StaleCalendar
    calendar.plan = plan_as_doc(plan)
    calendar.version += 1
    session.flush()
    return tell_changed(session, calendar, before, at=at)
