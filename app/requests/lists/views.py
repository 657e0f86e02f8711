"""The four views of a team's queue: what stands in each, in which order, and where it goes on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, and_, bindparam, or_

from app.db import Moment, among
from app.requests.lists.orders import queue_moment, queue_rank
from app.requests.models import Request
from app.requests.rules import ENDED, MOVING, State


@dataclass(frozen=True)
class View:
    """One way to look at a queue: which states, and in which order they stand."""

    states: frozenset[State]
    moment: Any  # SQL: an instant
    rank: Any = None  # SQL: an integer, which comes before the moment
    newest_first: bool = False


VIEWS: Final[dict[str, View]] = {
    "open": View(MOVING, queue_moment, rank=queue_rank),
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
        if not (0 <= int(rank) <= 2 and 0 <= int(request_id) < 2**31):
            raise ValueError(text)
        return cls(int(rank), at, int(request_id))


def ordered(view: View, rank: Any, moment: Any) -> Iterator[Any]:
    """Yield by what a view is sorted."""
    for each in (moment, Request.id) if view.rank is None else (rank, moment, Request.id):
        yield each.desc() if view.newest_first else each.asc()


def stands_in(view: View) -> ColumnElement[bool]:
    """Return the condition on the states; the ended ones, which are many, by their own index."""
    if view.states == ENDED:
        return Request.ended_at.is_not(None)
    return among(Request.state, view.states)


def beyond(view: View) -> ColumnElement[bool]:
    """Return the condition "after the place" whose values come when the statement runs."""
    rank, last_id = (bindparam(name, type_=Integer) for name in ("rank", "last_id"))
    moment = bindparam("moment", type_=Moment())

    def later(column: Any, value: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = column < value if view.newest_first else column > value
        return found

    found = or_(
        later(view.moment, moment),
        and_(view.moment == moment, later(Request.id, last_id)),
    )
    if view.rank is None:
        return found
    return or_(later(view.rank, rank), and_(view.rank == rank, found))
