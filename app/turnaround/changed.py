"""The days that are marked as changed, by the walls of now."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select, union_all
from sqlalchemy.orm import Session

from app.db import rows_of
from app.requests.marks import ChangedDay
from app.worktime.walls import DAY, Wall

NAMES = ("team_id", "day", "stage", "begins_at", "ends_at")
NO_DAY = -1  # of a team that there is not
MOST = 500  # days in one table: as many selections as SQLite puts together


def marks(*where: ColumnElement[bool]) -> Select[Any]:
    """Select the marks that fulfil these conditions."""
    return select(*(getattr(ChangedDay, name) for name in NAMES)).where(*where).distinct()


def changed_days(
    session: Session,
    changed: Select[Any],
    walls: Mapping[int, Wall],
    values: Mapping[str, Any] | None = None,
) -> list[Any]:
    """Return (team, day, stage, begin, end) of the marked days, with the ends they have now.

    `changed` are `marks`, and `values` what they leave open. A mark may be older than a move: it
    also means every day in which its instants lie now.
    """
    days = {
        (team_id, day, stage)
        for team_id, marked, stage, begin, end in rows_of(session, changed, values)
        for day in (marked, *walls[team_id].days_in(begin, end))
    }
    return [
        (team_id, day, stage, walls[team_id].begins(day), walls[team_id].begins(day + DAY))
        for team_id, day, stage in sorted(days)
    ]


def table_of(size: int) -> Any:
    """Return a table of so many days to be joined, whose values are `as_values`."""
    types = {name: ChangedDay.__table__.c[name].type for name in NAMES}
    rows = [
        [bindparam(f"{name}_{number}", type_=kind).label(name) for name, kind in types.items()]
        for number in range(size)
    ]
    return union_all(*(select(*row) for row in rows)).cte("changed").c


def size_for(days: Sequence[Any]) -> int:
    """Return the size of a table for `days`: a power of two or `MOST`, so that there are few."""
    return min(1 << max(len(days) - 1, 0).bit_length(), MOST)


def as_values(days: Sequence[Any], size: int) -> dict[str, Any]:
    """Return `days` as the values of a table of this size; what is left of it are no days."""
    rest = [(NO_DAY, *days[0][1:])] * (size - len(days))
    return {
        f"{name}_{number}": value
        for number, day in enumerate((*days, *rest))
        for name, value in zip(NAMES, day, strict=True)
    }
