"""What can matter for a window, as ids: each question by an index that begins with the team.

Asked in one sentence with "or" in it, or beside a condition that another index serves too, a
database walks all that a team has ever had. So the ids are found first, a stretch of an index for
each way to matter, and everything else is asked of those alone; the conditions there carry a
`+ 0` (see `reading`). What a page costs then depends on its days and on what is open, not on the
archive.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CompoundSelect, and_, or_, select, union, union_all

from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.turnaround.cohorts import OPEN_NOW
from app.turnaround.reading import Reading

# In the words of the two indexes that hold promises only of what is over, so that questions about
# open work never take them.
OVER = or_(Request.done_at.is_not(None), Request.ended_at.is_not(None))


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


def visits_touching(reading: Reading, column: Any) -> CompoundSelect[Any]:
    """Select `column` of the visits that run now, or were left since the window began."""
    start = reading.window.start
    return union_all(
        _running(reading, column), _visits(reading, column, StageVisit.left_at >= start)
    )


def visits_running(reading: Reading, column: Any) -> CompoundSelect[Any]:
    """Select `column` of the visits that run now."""
    return union_all(_running(reading, column))


def _held(reading: Reading) -> CompoundSelect[Any]:
    begun = StageVisit.entered_at < reading.window.end
    left = _visits(reading, StageVisit.request_id, StageVisit.left_at >= reading.window.start)
    return union(_running(reading, StageVisit.request_id).where(begun), left.where(begun))


def _of_teams(reading: Reading, *ways: Any) -> CompoundSelect[Any]:
    mine = Request.team_id.in_(reading.teams)
    return union(*(select(Request.id).where(mine, way) for way in ways))


def _running(reading: Reading, column: Any) -> Any:
    return _visits(reading, column, StageVisit.left_at.is_(None))


def _visits(reading: Reading, column: Any, way: Any) -> Any:
    return select(column).where(reading.whose_visits, way)
