"""A team's board: its requests in columns by where the work is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from app.catalogue.rules import Stage
from app.db import Moment, among
from app.people.models import Person
from app.requests.intervals import StageVisit
from app.requests.lists.conditions import NEVER, expected_by, is_open_visit
from app.requests.lists.lines import Line, read_rows, visible_lines
from app.requests.models import Request
from app.requests.queries import VISIBLE
from app.requests.rules import OPEN, State

DONE_FOR: Final = timedelta(days=14)
CAP: Final = 20

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
ALWAYS: Final = frozenset({State.RAISED.value, State.WAITING.value, State.DONE.value})

_where = case(
    (among(Request.state, (State.RAISED, State.WAITING, State.DONE)), Request.state),
    (Request.state == State.CONFIRMED, literal(State.DONE.value)),
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
    ranked = _ranked()
    return (
        visible_lines()
        .add_columns(ranked.c.column, ranked.c.count)
        .join(ranked, ranked.c.id == Request.id)
        .where(ranked.c.place <= CAP)
        .order_by(ranked.c.column, ranked.c.place)
    )


def _ranked() -> Subquery:
    theirs = Request.team_id == bindparam("team_id", type_=Integer)
    since = bindparam("since", type_=Moment())
    # `theirs` stands in each branch below, so that each has its index.
    finished = among(Request.state, (State.DONE, State.CONFIRMED))
    order = (
        case((finished, None), else_=func.coalesce(expected_by(), NEVER)),
        Request.done_at.desc(),
        Request.id,
    )
    return (
        select(
            Request.id,
            _where.label("column"),
            func.row_number().over(partition_by=_where, order_by=order).label("place"),
            func.count().over(partition_by=_where).label("count"),
        )
        .outerjoin(StageVisit, is_open_visit())
        .where(
            VISIBLE,
            or_(
                and_(theirs, among(Request.state, OPEN)),
                and_(theirs, Request.done_at >= since, finished),
            ),
        )
        .subquery()
    )
