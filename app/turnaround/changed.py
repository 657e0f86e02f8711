"""The days that are marked as changed, by the walls of now."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, column, select, values
from sqlalchemy.orm import Session

from app.requests.marks import ChangedDay
from app.worktime.walls import DAY, Wall

NAMES = ("team_id", "day", "stage", "begins_at", "ends_at")


def changed_days(
    session: Session, changed: ColumnElement[bool], walls: Mapping[int, Wall]
) -> list[Any]:
    """Return (team, day, stage, begin, end) of the marked days, with the ends they have now.

    A mark may be older than a move: it also means every day in which its instants lie now.
    """
    query = select(*(getattr(ChangedDay, name) for name in NAMES))
    days = {
        (team_id, day, stage)
        for team_id, marked, stage, begin, end in session.execute(query.where(changed).distinct())
        for day in (marked, *walls[team_id].days_in(begin, end))
    }
    return [
        (team_id, day, stage, walls[team_id].begins(day), walls[team_id].begins(day + DAY))
        for team_id, day, stage in sorted(days)
    ]


def as_table(days: Sequence[Any]) -> Any:
    """Return the days as a table to be joined; they are sent along with the statement."""
    columns = [column(name, ChangedDay.__table__.c[name].type) for name in NAMES]
    return values(*columns, name="marked").data([tuple(day) for day in days]).cte("changed").c
