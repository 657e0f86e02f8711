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
from app.requests.marks import ChangedDay
from app.turnaround.models import StagePage, TeamPage
from app.turnaround.rules import Choice, Window, window_of
from app.worktime.walls import wall_of


def windows_of(
    session: Session, everybody: Sequence[Team], choice: Choice, now: datetime
) -> dict[int, Window]:
    """Return the window of each team by id, in days on its own wall."""
    ids = [team.id for team in everybody]
    earliest = _first_day(session, ids) if choice.is_all_time else None
    return {
        team.id: window_of(choice, wall=team.calendar.wall, now=now, earliest=earliest)
        for team in everybody
    }


def _first_day(session: Session, team_ids: list[int]) -> date | None:
    """Return the first day on which anything was counted of these teams, or is to be."""
    models: tuple[tuple[Any, list[Any]], ...] = (
        (TeamPage, [TeamPage.span == 1]),
        (StagePage, [StagePage.span == 1]),
        (ChangedDay, []),
    )
    found: list[date] = []
    for model, where in models:
        query = select(func.min(model.day)).where(*where, model.team_id.in_(team_ids))
        found += session.scalars(query.group_by(model.team_id))
    return min(found, default=None)


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
