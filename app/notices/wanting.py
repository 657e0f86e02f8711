"""How people want to be told, and when that lets a letter go."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache, lru_cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.db import rows_of
from app.notices.models import QuietHours, Wish
from app.notices.quiet import Quiet, after_quiet
from app.notices.rules import USUAL, How, Reason
from app.people.models import Membership, Person, Team
from app.worktime.days import opening_of_day
from app.worktime.models import Calendar
from app.worktime.queries import PLAN_TEXT, clock_written
from app.worktime.rules import WorkingClock


@dataclass(frozen=True)
class Wanted:
    """What one person chose, and the working clock of the first of their teams."""

    clock: WorkingClock | None
    quiet: tuple[time, time] | None
    wishes: dict[Reason, How] = field(default_factory=dict)

    def mail_at(self, reason: Reason, ready_at: datetime) -> datetime | None:
        """Return when it goes by mail what may be known from `ready_at` on; None for never."""
        how = self.wishes.get(reason, USUAL[reason])
        if how is How.NEVER:
            return None
        return _mail_at(how, ready_at, self.clock, self.quiet)


@lru_cache(maxsize=64)  # of one act most people are told at the same instant
def _mail_at(
    how: How, ready_at: datetime, clock: WorkingClock | None, chosen: tuple[time, time] | None
) -> datetime:
    zone = clock.plan.zone_at(ready_at) if clock else "UTC"
    quiet = Quiet(*chosen, zone) if chosen else Quiet(zone=zone)
    if how is How.AT_ONCE or clock is None:
        return after_quiet(ready_at, quiet)
    morning = opening_of_day(clock, ready_at - timedelta(days=1), 1)
    if morning is None or morning <= ready_at:
        morning = opening_of_day(clock, ready_at, 1)
    return after_quiet(morning or ready_at, quiet)


def wanted_by(session: Session, people: Collection[int]) -> dict[int, Wanted]:
    """Return what each of `people` (ids) chose, all in one look."""
    found: dict[int, Wanted] = {}
    rows = rows_of(session, _chosen(), {"people": list(people)})
    for person_id, plan, starts, ends, reason, how in rows:
        if person_id not in found:
            quiet = (starts, ends) if starts is not None else None
            found[person_id] = Wanted(clock_written(plan) if plan else None, quiet)
        if reason:
            found[person_id].wishes[Reason(reason)] = How(how)
    return found


@cache
def _chosen() -> Select[int, str, time, time, str, str]:
    mine = Membership.person_id == Person.id
    first_team = select(func.min(Membership.team_id)).where(mine).scalar_subquery()
    return (
        select(
            *(Person.id, PLAN_TEXT),
            *(QuietHours.starts, QuietHours.ends),
            *(Wish.reason, Wish.how),
        )
        .select_from(Person)
        .outerjoin(Team, Team.id == first_team)
        .outerjoin(Calendar, Calendar.id == Team.calendar_id)
        .outerjoin(QuietHours, QuietHours.person_id == Person.id)
        .outerjoin(Wish, Wish.person_id == Person.id)
        .where(Person.id.in_(bindparam("people", expanding=True)))
    )
