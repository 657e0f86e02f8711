"""What can matter for a window, as ids: each question by an index that begins with the team.

Asked in one sentence with "or" in it, or beside a condition that another index serves too, a
database walks all that a team has ever had. So the ids are found first, a stretch of an index for
each way to matter, and everything else is asked of those alone; the conditions there carry a
`+ 0` (see `reading`). What a page costs then depends on its days and on what is open, not on the
archive.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, and_, or_, select, union, union_all

from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.turnaround.cohorts import OPEN_NOW
from app.turnaround.reading import Reading

# In the words of the two indexes that hold promises only of what is over, so that questions about
# open work never take them.
OVER = or_(Request.done_at.is_not(None), Request.ended_at.is_not(None))


class Bound(NamedTuple):
    """Some visits: the condition that they fulfil, and the ids of requests that hold them all."""

    requests: CompoundSelect[Any]
    visits: ColumnElement[bool]


def requests_that(reading: Reading, ways: Iterable[str]) -> CompoundSelect[Any]:
    """Select the ids of requests that matter in one of `ways`, of the teams that are read.

    "open" now; "raised" or "done" in the window; "touching" it, which also takes what ended after
    it; "due" in it, to be done or to be answered, and whatever is open. One's own are all those of
    which one held a visit that touches it.
    """
    if reading.scope.is_own:
        return _held(reading)
    start, within = reading.window.start, reading.within
    known: dict[str, list[Any]] = {
        "open": [OPEN_NOW],
        "raised": [within(Request.raised_at)],
        "done": [within(Request.done_at)],
        "due": [OPEN_NOW, *(and_(OVER, within(at)) for at in (Request.due_at, Request.respond_by))],
        "touching": [OPEN_NOW, Request.done_at >= start, Request.ended_at >= start],
    }
    return _of_teams(reading, *(each for way in ways for each in known[way]))


def not_over_before(reading: Reading) -> CompoundSelect[Any]:
    """Select the ids of requests that had no last word before the window began."""
    return _of_teams(reading, Request.ended_at.is_(None), Request.ended_at >= reading.window.start)


def visits_touching(reading: Reading) -> Bound:
    """Return the bound of the visits that run now, or were left since the window began.

    Where all teams may have held them, but of few requests, these are found first.
    """
    since = StageVisit.left_at >= reading.window.start
    found = KNOWN_BY_REQUEST.get(_kind(reading))
    if found is None:
        return _of_visits(reading, StageVisit.left_at.is_(None), since)
    few = found(reading)
    touching = or_(StageVisit.left_at.is_(None), since)
    return Bound(few, and_(StageVisit.request_id.in_(few), touching))


def visits_running(reading: Reading) -> Bound:
    """Return the bound of the visits that run now."""
    return _of_visits(reading, StageVisit.left_at.is_(None))


def _of_visits(reading: Reading, *ways: Any) -> Bound:
    ids, requests = (
        union_all(*(_visits(reading, column, way) for way in ways))
        for column in (StageVisit.id, StageVisit.request_id)
    )
    return Bound(requests, StageVisit.id.in_(ids))


def _kind(reading: Reading) -> str:
    kind = reading.scope.kind
    return f"wide {kind}" if kind == "team" and reading.wide else kind


def _of_a_type(reading: Reading) -> CompoundSelect[Any]:
    """Select the requests of one type that had a visit since the window began."""
    start, kind = reading.window.start, reading.scope.type_id
    done = select(Request.id).where(Request.type_id == kind, Request.done_at >= start)
    ended = and_(Request.ended_at >= start, Request.done_at.is_(None))
    others = (each.where(Request.type_id + 0 == kind) for each in _each(reading, OPEN_NOW, ended))
    return union(done, *others)


def _passing(reading: Reading) -> CompoundSelect[Any]:
    """Select the requests that a team had since the window began, or asked for in it.

    Whatever it passed on in these days it had until then, to the same instant.
    """
    asked = Request.asking_team_id == reading.scope.team_id, reading.within(Request.raised_at)
    return union(select(Request.id).where(*asked), _held_by(reading).subquery().select())


def _held_by(reading: Reading) -> CompoundSelect[Any]:
    """Select the requests that one of the teams had since the window began.

    Whatever they passed to each other one of them had before, and the other has had.
    """
    mine, start = StageVisit.team_id.in_(reading.teams), reading.window.start
    ways = StageVisit.left_at.is_(None), StageVisit.left_at >= start
    return union(*(select(StageVisit.request_id).where(mine, way) for way in ways))


KNOWN_BY_REQUEST: Final[Mapping[str, Callable[[Reading], CompoundSelect[Any]]]] = {
    "type": _of_a_type,
    "pair": _held_by,
    "wide team": _passing,
}


def _held(reading: Reading) -> CompoundSelect[Any]:
    begun = StageVisit.entered_at < reading.window.end
    left = _visits(reading, StageVisit.request_id, StageVisit.left_at >= reading.window.start)
    running = _visits(reading, StageVisit.request_id, StageVisit.left_at.is_(None))
    return union(running.where(begun), left.where(begun))


def _of_teams(reading: Reading, *ways: Any) -> CompoundSelect[Any]:
    return union(*_each(reading, *ways))


def _each(reading: Reading, *ways: Any) -> list[Any]:
    mine = Request.team_id.in_(reading.teams)
    return [select(Request.id).where(mine, way) for way in ways]


def _visits(reading: Reading, column: Any, way: Any) -> Any:
    return select(column).where(reading.whose_visits, way)
