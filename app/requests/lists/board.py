"""A team's board: its requests in columns by where the work is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import Integer, Select, and_, bindparam, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from app.catalogue.rules import Stage
from app.db import Moment, among
from app.people.models import Person
from app.requests.lists.lines import Line, read_rows, visible_lines
from app.requests.lists.orders import expected_by
from app.requests.models import Request
from app.requests.queries import VISIBLE
from app.requests.rules import OPEN, State

DONE_FOR: Final = timedelta(days=14)
TEAM: Final = bindparam("team_id", type_=Integer)
CAP: Final = 10

PLAIN: Final = (State.ACCEPTED.value, State.IN_WORK.value)
COLUMNS: Final = (
    State.RAISED.value,
    *PLAIN,
    Stage.AUTHOR.value,
    Stage.EDITOR.value,
    Stage.PROOFREADER.value,
    State.WAITING.value,
    State.DONE.value,
)
FIRST: Final = (Stage.WORK, Stage.AUTHOR)
ALWAYS: Final = frozenset({State.RAISED.value, State.WAITING.value, State.DONE.value})

# What nobody has stands where new things stand, also when another team had it before.
_where = case(
    (Request.state == State.WAITING, Request.state),
    (and_(Request.holder_id.is_(None), among(Request.stage, FIRST)), literal(State.RAISED.value)),
    (Request.state == State.RAISED, Request.state),
    (Request.stage != Stage.WORK, Request.stage),
    else_=Request.state,
)


@dataclass(frozen=True)
class Column:
    """One column: its word (a state, or a stage of writing), how many, and the first cards."""

    key: str
    count: int
    cards: list[Line]


def board(
    session: Session, person: Person, team_id: int, *, stages: Sequence[str], at: datetime
) -> list[Column]:
    """Return the columns of a team's board, at most CAP cards in each, all in one query.

    `stages` are those the team works in: stages of writing take the place of accepted and in
    work, unless the team does plain work too. A column with cards in it is never left out. Done
    are those of the last 14 days, newest first; the others stand by what is due next.
    """
    found: dict[str, Column] = {}
    values = {"team_id": team_id, "since": at - DONE_FOR}
    for line, (key, count) in read_rows(session, _cards(), viewer=person, at=at, **values):
        found.setdefault(key, Column(key, count, [])).cards.append(line)
    shown = ALWAYS | found.keys() | (set(stages) - {Stage.WORK.value})
    if Stage.WORK in stages or not stages:
        shown |= set(PLAIN)
    return [found.get(key, Column(key, 0, [])) for key in COLUMNS if key in shown]


@cache
def _cards() -> Select[Any]:
    """Select the cards: the few that are shown are chosen first, their names come afterwards."""
    few = union_all(_open(), _done()).subquery()
    return (
        visible_lines()
        .add_columns(few.c.column, few.c.count)
        .join(few, few.c.id == Request.id)
        .order_by(few.c.column, few.c.place, Request.done_at.desc(), Request.id)
    )


def _open() -> Select[Any]:
    order = (expected_by.is_(None), expected_by, Request.id)
    ranked = (
        select(
            Request.id,
            _where.label("column"),
            func.row_number().over(partition_by=_where, order_by=order).label("place"),
            func.count().over(partition_by=_where).label("count"),
        )
        .where(VISIBLE, Request.team_id == TEAM, among(Request.state, OPEN))
        .subquery()
    )
    return select(ranked).where(ranked.c.place <= CAP)


def _done() -> Select[Any]:
    """Select those of the last days: read from their index, no further than is shown."""
    finished = (
        VISIBLE,
        Request.team_id == TEAM,
        Request.done_at >= bindparam("since", type_=Moment()),
        among(Request.state, (State.DONE, State.CONFIRMED)),
    )
    count = select(func.count()).select_from(Request).where(*finished).scalar_subquery()
    few = (
        select(Request.id)
        .where(*finished)
        .order_by(Request.done_at.desc(), Request.id)
        .limit(CAP)
        .subquery()
    )
    return select(few.c.id, literal(State.DONE.value), literal(0), count)
