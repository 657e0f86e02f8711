"""What there is to choose, and the chosen days for each team on its own wall."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select, union_all
from sqlalchemy.orm import Session

from app.catalogue.models import RequestType
from app.db import rows_of
from app.people.models import Team
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.turnaround.rules import Choice, Window, window_of
from app.worktime.walls import wall_of


def windows_of(
    session: Session, everybody: Sequence[Team], choice: Choice, now: datetime
) -> dict[int, Window]:
    """Return the window of each team by id, in days on its own wall."""
    earliest = first_day(session, everybody) if choice.is_all_time else None
    return {
        team.id: window_of(choice, wall=team.calendar.wall, now=now, earliest=earliest)
        for team in everybody
    }


def first_day(session: Session, some: Sequence[Team]) -> date | None:
    """Return the day with which all time begins for these teams; None where nothing happened.

    One team has its own wall. Of several it is the earliest that this day was on any of their
    walls, or by UTC, so that whichever wall they are told by misses nothing.
    """
    first = _first_instant(session, [team.id for team in some])
    walls = [team.calendar.wall for team in some] + [wall_of("UTC")] * (len(some) > 1)
    return min(wall.day_of(first) for wall in walls) if first else None


def _first_instant(session: Session, team_ids: Sequence[int]) -> datetime | None:
    """Return when the first request was raised that these teams have or asked for, or had once."""
    firsts = (
        select(func.min(Request.raised_at)).where(Request.team_id == Team.id),
        select(func.min(Request.raised_at)).where(Request.asking_team_id == Team.id),
        select(func.min(StageVisit.entered_at)).where(StageVisit.team_id == Team.id),
    )
    each = [func.min(first.correlate(Team).scalar_subquery()) for first in firsts]
    found = session.execute(select(*each).where(Team.id.in_(team_ids))).one()
    return min((at for at in found if at is not None), default=None)


def common_window(windows: Mapping[int, Window], choice: Choice, now: datetime) -> Window:
    """Return the days of all windows; by UTC where there is no one zone to say them by."""
    if not windows:
        return window_of(choice, wall=wall_of("UTC"), now=now)
    first = min(window.first for window in windows.values())
    return Window("UTC", first, max(window.last for window in windows.values()), choice.days)


def offered(session: Session, team_id: int | None) -> tuple[list[Any], list[Any]]:
    """Return (id, name) of all types a team has ever offered, and of all teams, each by name.

    No team has offered nothing.
    """
    found: tuple[list[Any], list[Any]] = [], []
    for of_team, key, name in rows_of(session, _offered(), {"team": team_id}):
        found[of_team].append((key, name))
    return found


@cache
def _offered() -> Any:
    types: Any = select(literal_column("0").label("of_team"), RequestType.id, RequestType.name)
    teams: Any = select(literal_column("1"), Team.id, Team.name)
    both = union_all(types.where(RequestType.team_id == bindparam("team")), teams)
    return both.order_by("of_team", "name")
