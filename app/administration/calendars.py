"""Who may change a calendar, and changing it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.administration.journal import Deed, DoneBefore, begin, note
from app.language import gettext
from app.people.models import Person, Team
from app.people.queries import leads
from app.worktime.actions import StaleCalendar, change_plan
from app.worktime.models import Calendar
from app.worktime.rules import CalendarPlan, parse_plan


class WrongName(ValueError):
    """A name that something else has already."""


def teams_with(session: Session, calendar: Calendar) -> list[Team]:
    """Return the teams that work by a calendar, by name."""
    query = select(Team).where(Team.calendar_id == calendar.id).order_by(Team.name, Team.id)
    return list(session.scalars(query))


def may_change(person: Person, teams: list[Team]) -> bool:
    """Say whether `person` may change the calendar of `teams`: an admin, or who leads one."""
    return person.is_admin or any(leads(person, team.id) for team in teams)


def change_calendar(
    session: Session, calendar: Calendar, plan: CalendarPlan, *, name: str, seen: int, deed: Deed
) -> date | None:
    """Change a calendar, write it down, and return the first local day that it affects.

    A form that came twice does nothing; one that was changed after it was sent is stale.

    :raises WrongName: when another calendar is called so.
    :raises BadCalendar: for a plan that never opens again.
    :raises StaleCalendar: when somebody changed it since version `seen`.
    """
    try:
        begin(session, deed)
    except DoneBefore:
        if plan == parse_plan(calendar.plan):
            return None
        raise StaleCalendar from None
    session.refresh(calendar)
    taken = select(Calendar.id).where(Calendar.name == name, Calendar.id != calendar.id)
    if session.scalar(taken) is not None:
        raise WrongName(gettext("Another calendar is called so."))
    before = {"name": calendar.name, **calendar.plan}
    first = change_plan(session, calendar, plan, seen=seen, at=deed.at)
    calendar.name = name
    after = {"name": name, **calendar.plan}
    if before != after:
        note(session, deed, "changed", calendar, before=before, after=after)
    return first
