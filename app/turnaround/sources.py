"""The requests and visits behind the deeper figures: plain columns, a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select, true
from sqlalchemy.orm import aliased

from app.requests.intervals import Pause, StageVisit
from app.requests.life.stored import split_time
from app.requests.models import Request
from app.requests.rules import WaitingOn
from app.turnaround.bounds import Bound, requests_that, visits_running, visits_touching
from app.turnaround.lives import Life, Split, Visit
from app.turnaround.reading import GIVER, Reading

OF_LIFE = (
    *(Request.id, Request.type_id, Request.team_id, Request.asking_team_id, Request.state),
    *(Request.stage, Request.raised_at, Request.due_at, Request.respond_by),
    *(Request.first_response_at, Request.done_at, Request.ended_at, Request.outcome),
    *(Request.reopenings, Request.returns, Request.second_promises),
)
OF_VISIT = (
    *(StageVisit.request_id, StageVisit.seq, Request.type_id, Request.asking_team_id),
    *(StageVisit.stage, StageVisit.round, StageVisit.team_id, GIVER.label("giver_id")),
    *(Request.raised_at, StageVisit.entered_at, StageVisit.started_at, StageVisit.left_at),
    *(StageVisit.ended_by,),
)
OF_PAUSE = (Pause.request_id, Pause.visit_seq, Pause.from_at, Pause.to_at, Pause.waiting_on)


class AllHours:
    """A clock that never stands still."""

    def between(self, start: datetime, end: datetime) -> int:
        """Return the seconds from start to end; 0 when the end is not after the start."""
        return max(int((end - start).total_seconds()), 0)


ALL_HOURS = AllHours()


def lives(reading: Reading, visits: Iterable[Visit], ways: Sequence[str]) -> list[Life]:
    """Return the requests that matter in one of `ways` (see `bounds.requests_that`).

    `visits` hold the open visit of each open one, for how long it has taken so far.
    """
    first = aliased(StageVisit)
    begun_by = select(first.team_id).where(first.request_id == Request.id, first.seq == 1)
    unanswered_of = case((Request.response_s.is_(None), begun_by.scalar_subquery()))
    rows = reading.session.execute(
        select(*OF_LIFE, reading.mine, Request.working_s, Request.response_s, unanswered_of)
        .where(*reading.requests(), Request.id.in_(requests_that(reading, ways)))
        .where(or_(*_exactly(reading, ways)))
        .order_by(Request.raised_at, Request.id)
    ).all()
    so_far = _so_far(reading, visits)
    return [_life(row, so_far, reading) for row in rows]


def _exactly(reading: Reading, ways: Sequence[str]) -> list[Any]:
    """Return what each of `ways` means; those that touch the window did so before it ended."""
    over = func.coalesce(Request.done_at, Request.ended_at)
    if "touching" not in ways:
        return [true()]
    touching = [over.is_(None), reading.overlaps(Request.raised_at, over)]
    due = [reading.within(Request.due_at), reading.within(Request.respond_by)]
    return [*touching, *(due if "due" in ways else ())]


def _life(row: Any, so_far: Mapping[int, int], reading: Reading) -> Life:
    *known, mine, working_s, response_s, first_team = row
    raised, ended = row.raised_at, row.done_at or row.ended_at
    answered = row.first_response_at or ended or reading.now
    if response_s is None:
        response_s = reading.clocks[first_team].between(raised, answered)
    if working_s is None:
        working_s = so_far.get(row.id, 0)
    elapsed = ALL_HOURS.between(raised, ended or reading.now)
    answered_in = ALL_HOURS.between(raised, answered)
    return Life._make((*known, bool(mine), working_s, elapsed, response_s, answered_in))


def _so_far(reading: Reading, visits: Iterable[Visit]) -> dict[int, int]:
    """Return the working seconds of the open requests: their past visits and the running one."""
    rows = reading.session.execute(
        select(StageVisit.request_id, func.sum(StageVisit.waiting_s + StageVisit.in_hand_s))
        .where(StageVisit.request_id.in_(requests_that(reading, ["open"])))
        .where(StageVisit.left_at.is_not(None))
        .group_by(StageVisit.request_id)
    )
    sums: dict[int, int] = defaultdict(int, {row[0]: int(row[1] or 0) for row in rows})
    for visit in visits:
        if visit.left_at is None:
            sums[visit.request_id] += visit.working.waiting + visit.working.in_hand
    return sums


def visits(reading: Reading) -> list[Visit]:
    """Return the visits that touch the window or run now, with what happened in them."""
    in_time = or_(StageVisit.left_at.is_(None), StageVisit.entered_at < reading.window.end)
    return _read(reading, visits_touching(reading), in_time)


def running(reading: Reading) -> list[Visit]:
    """Return the visits that run now: all that is needed to say how old open work is."""
    return _read(reading, visits_running(reading), StageVisit.left_at.is_(None))


def _read(reading: Reading, bound: Bound, which: Any) -> list[Visit]:
    paused: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for pause in reading.session.execute(
        select(*OF_PAUSE).where(Pause.request_id.in_(bound.requests)).order_by(Pause.seq)
    ):
        paused[pause.request_id, pause.visit_seq].append(pause)
    rows = reading.session.execute(
        select(*OF_VISIT, reading.mine, StageVisit.waiting_s, StageVisit.in_hand_s)
        .join(Request)
        .where(bound.visits, which, *reading.visits())
        .order_by(Request.raised_at, Request.id, StageVisit.seq)
    ).all()
    return [_visit(row, paused.get((row[0], row[1]), ()), reading) for row in rows]


def _visit(row: Any, pauses: Sequence[Any], reading: Reading) -> Visit:
    *known, mine, waiting_s, in_hand_s = row
    left = row.left_at
    until, clock = left or reading.now, reading.clocks[row.team_id]
    if left is not None and not pauses:
        working = Split(waiting_s, in_hand_s, 0, 0)
    else:
        working = split(row, pauses, clock, until)
    elapsed = split(row, pauses, ALL_HOURS, until)
    stops = tuple((p.from_at, p.to_at, p.waiting_on) for p in pauses)
    return Visit._make((*known, bool(mine), working, elapsed, stops))


def split(visit: Any, pauses: Sequence[Any], clock: Any, until: datetime) -> Split:
    """Return what happened in a visit up to `until`, in seconds of `clock`."""
    if clock is ALL_HOURS and not pauses:
        start = min(visit.started_at or until, until)
        return Split(clock.between(visit.entered_at, start), clock.between(start, until), 0, 0)
    waiting, in_hand, paused = split_time(visit, list(pauses), clock, until=until)
    asked = sum(
        clock.between(pause.from_at, min(pause.to_at or until, until))
        for pause in pauses
        if pause.waiting_on == WaitingOn.REQUESTER
    )
    return Split(waiting, in_hand, asked, paused - asked)
