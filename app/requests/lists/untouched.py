"""What the teams of one person have that nobody has picked up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.people.models import Person
from app.people.names import Named
from app.requests.lists.conditions import is_moving
from app.requests.lists.lines import Line, read_rows, visible_lines
from app.requests.models import Request
from app.requests.queries import VIEWERS_TEAMS, VISIBLE


@dataclass(frozen=True)
class Untouched:
    """What one team has that nobody has picked up: how many, and the oldest of them."""

    team: Named
    count: int
    oldest: list[Line]


def untouched(session: Session, person: Person, *, at: datetime, each: int) -> Iterator[Untouched]:
    """Yield, for each team of `person` that has any, the `each` oldest that nobody holds."""
    rows = read_rows(session, _untouched(each), viewer=person, at=at)
    for _, group in groupby(rows, key=lambda row: row[0].request.team_id):
        of_team = list(group)
        lines, (count,) = [line for line, _ in of_team], of_team[0][1]
        shown = lines[0].request
        yield Untouched(Named(shown.team_id, shown.team.name), count, lines)


@cache
def _untouched(each: int) -> Select[Any]:
    ranked = (
        select(
            Request.id,
            func.row_number()
            .over(partition_by=Request.team_id, order_by=(Request.turn_since, Request.id))
            .label("place"),
            func.count().over(partition_by=Request.team_id).label("count"),
        )
        .where(
            VISIBLE,
            Request.team_id.in_(VIEWERS_TEAMS),
            Request.holder_id.is_(None),
            is_moving(),
        )
        .subquery()
    )
    return (
        visible_lines()
        .add_columns(ranked.c.count)
        .join(ranked, ranked.c.id == Request.id)
        .where(ranked.c.place <= each)
        .order_by(Request.team_id, ranked.c.place)
    )
