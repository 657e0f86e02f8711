"""What a team has: its queue in four views, and what nobody has picked up yet."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from app.db import Moment, among, rows_of
from app.people.models import Person
from app.requests.lists.conditions import AT, NEVER, expected_by, is_late_and_silent
from app.requests.lists.lines import Line, read_lines, read_rows, visible_lines
from app.requests.models import Request
from app.requests.queries import VISIBLE
from app.requests.rules import ENDED, MOVING, OPEN, State

TEAM: Final = bindparam("team_id", type_=Integer)


@dataclass(frozen=True)
class View:
    """One way to look at a queue: which states, and in which order they stand."""

    states: frozenset[State]
    moment: Any  # SQL: an instant
    rank: Any = None  # SQL: an integer, which comes before the moment
    newest_first: bool = False


VIEWS: Final[dict[str, View]] = {
    # Unanswered ones first, oldest on top; the others by what is due next.
    "open": View(
        MOVING,
        case(
            (Request.first_response_at.is_(None), Request.raised_at),
            else_=func.coalesce(expected_by(), NEVER),
        ),
        rank=case((Request.first_response_at.is_(None), 0), else_=1),
    ),
    "waiting": View(frozenset({State.WAITING}), Request.turn_since),
    "done": View(frozenset({State.DONE}), Request.turn_since),
    "ended": View(ENDED, Request.ended_at, newest_first=True),
}


@dataclass(frozen=True)
class Place:
    """A place in a sorted queue, as the address of its next page carries it."""

    rank: int
    moment: datetime
    request_id: int

    def __str__(self) -> str:
        return f"{self.rank}.{self.moment.astimezone(UTC):%Y%m%dT%H%M%S%f}.{self.request_id}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Read what `str` wrote. :raises ValueError: when it is anything else."""
        rank, moment, request_id = text.split(".")
        at = datetime.strptime(moment + "+0000", "%Y%m%dT%H%M%S%f%z")
        if not (0 <= int(rank) <= 1 and 0 <= int(request_id) < 2**31):
            raise ValueError(text)
        return cls(int(rank), at, int(request_id))


def queue(
    session: Session,
    person: Person,
    team_id: int,
    *,
    view: str,
    at: datetime,
    limit: int,
    after: Place | None = None,
) -> tuple[list[Line], Place | None]:
    """Return `limit` lines of the team's `view` (a key of VIEWS), and the place to go on from."""
    values: dict[str, Any] = {"team_id": team_id}
    if after:
        values |= {"rank": after.rank, "moment": after.moment, "last_id": after.request_id}
    chosen = _in_queue(view, limit + 1, goes_on=after is not None)
    rows = read_rows(session, chosen, viewer=person, at=at, **values)
    lines = [line for line, _ in rows[:limit]]
    if len(rows) <= limit:
        return lines, None
    last, (rank, moment) = rows[limit - 1]
    return lines, Place(rank, moment, last.request.id)


@cache
def _in_queue(view: str, limit: int, *, goes_on: bool) -> Select[Any]:
    shown = VIEWS[view]
    rank = literal(0) if shown.rank is None else shown.rank
    order = [shown.moment, Request.id] if shown.rank is None else [rank, shown.moment, Request.id]
    chosen = (
        visible_lines()
        .add_columns(rank, shown.moment)
        .where(Request.team_id == TEAM, _stands_in(shown))
        .order_by(*(each.desc() if shown.newest_first else each.asc() for each in order))
        .limit(limit)
    )
    return chosen.where(_beyond(shown)) if goes_on else chosen


def _stands_in(view: View) -> ColumnElement[bool]:
    """Return the condition on the states; the ended ones, which are many, by their own index."""
    if view.states == ENDED:
        return Request.ended_at.is_not(None)
    return among(Request.state, view.states)


def _beyond(view: View) -> ColumnElement[bool]:
    rank, last_id = (bindparam(name, type_=Integer) for name in ("rank", "last_id"))
    moment = bindparam("moment", type_=Moment())

    def later(column: Any, value: Any) -> ColumnElement[bool]:
        beyond: ColumnElement[bool] = column < value if view.newest_first else column > value
        return beyond

    beyond = or_(
        later(view.moment, moment),
        and_(view.moment == moment, later(Request.id, last_id)),
    )
    if view.rank is None:
        return beyond
    return or_(later(view.rank, rank), and_(view.rank == rank, beyond))


def queue_counts(session: Session, person: Person, team_id: int) -> dict[str, int]:
    """Return how many stand in each view of a queue; the ended ones are too many to count."""
    counted = rows_of(session, _counted(), {"viewer": person.id, "team_id": team_id})
    by_state = {row[0]: row[1] for row in counted}
    return {
        key: sum(by_state.get(state, 0) for state in view.states)
        for key, view in VIEWS.items()
        if key != "ended"
    }


@cache
def _counted() -> Select[str, int]:
    states = OPEN | {State.DONE}
    return (
        select(Request.state, func.count())
        .where(VISIBLE, Request.team_id == TEAM, among(Request.state, states))
        .group_by(Request.state)
    )


def late_and_silent(
    session: Session, person: Person, team_id: int, *, at: datetime, limit: int
) -> list[Line]:
    """Return what is past its promise without a word, the longest first; one more than `limit`."""
    return read_lines(session, _silent(limit + 1), viewer=person, at=at, team_id=team_id)


@cache
def _silent(limit: int) -> Select[Any]:
    return (
        visible_lines()
        .where(Request.team_id == TEAM, is_late_and_silent(AT))
        .order_by(func.coalesce(Request.expected_at, Request.due_at), Request.id)
        .limit(limit)
    )
