"""Departments and teams: made, renamed, moved, given a purpose and a calendar."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.administration.actions import Refused
from app.administration.journal import Deed, begin, note
from app.language import gettext
from app.people.models import Department, Team
from app.worktime.actions import tell_changed
from app.worktime.models import Calendar
from app.worktime.rules import parse_plan


def name_department(session: Session, department: Department, *, name: str, deed: Deed) -> None:
    """Make a department, or rename one. :raises Refused: when another is called so."""
    begin(session, deed)
    _refuse_double(session, Department, department.id, name)
    made = department.id is None
    if not made:
        session.refresh(department)
    before = {} if made else {"name": department.name}
    department.name = name
    session.add(department)
    if before != {"name": name}:
        note(
            session,
            deed,
            "made" if made else "renamed",
            department,
            before=before,
            after={"name": name},
        )


def shape_team(
    session: Session,
    team: Team,
    *,
    name: str,
    purpose: str,
    department: Department,
    calendar: Calendar | None,
    zone: str,
    deed: Deed,
) -> None:
    """Make a team, or change its name, purpose, department and calendar.

    Without a `calendar` it gets one of its own: weekdays from 9 to 17 in `zone`. Where the hours
    are others, what it did counts anew by them; promises stay.

    :raises Refused: when another team is called so.
    """
    begin(session, deed)
    _refuse_double(session, Team, team.id, name)
    made = team.id is None
    if not made:
        session.refresh(team)
    before = {} if made else _said(team)
    hours = None if made else parse_plan(team.calendar.plan)
    with session.no_autoflush:
        team.name, team.purpose, team.department = name, purpose, department
        team.calendar = calendar or own_calendar(session, name, zone)
    session.add(team)
    session.flush()
    if hours is not None:
        tell_changed(session, team.calendar, hours, at=deed.at, team_ids=[team.id])
    if before != _said(team):
        note(session, deed, "made" if made else "changed", team, before=before, after=_said(team))


def own_calendar(
    session: Session, name: str, zone: str, *, hours: Sequence[str] = ("09:00", "17:00")
) -> Calendar:
    """Return a calendar for a team called `name`: the weekdays, in `zone`."""
    days = ("mon", "tue", "wed", "thu", "fri")
    words = title = f"{name[:60]}: weekdays"
    number = 1
    while session.scalar(select(Calendar.id).where(Calendar.name == words)) is not None:
        number += 1
        words = f"{title} {number}"
    plan = {"tz": zone, "weekly": {day: [list(hours)] for day in days}}
    return Calendar(name=words, plan=plan)


def _refuse_double(session: Session, model: Any, own_id: int | None, name: str) -> None:
    found = session.scalar(select(model.id).where(model.name == name))
    if found is not None and found != own_id:
        raise Refused("name", gettext("This name is taken."))


def _said(team: Team) -> dict[str, str]:
    return {
        "name": team.name,
        "purpose": team.purpose,
        "department": team.department.name,
        "calendar": team.calendar.name,
    }
