"""The requests and visits behind the deeper figures: three queries, whatever they find."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.requests.intervals import Pause, StageVisit
from app.requests.life.stored import split_time
from app.requests.models import Request
from app.requests.rules import OPEN, WaitingOn
from app.turnaround.lives import Life, Split, Visit
from app.turnaround.reading import GIVER, Reading

COUNTED = {"mine", "working_s", "elapsed_s", "response_s", "response_elapsed_s"}


class AllHours:
    """A clock that never stands still."""

    def between(self, start: datetime, end: datetime) -> int:
        """Return the seconds from start to end; 0 when the end is not after the start."""
        return max(int((end - start).total_seconds()), 0)


ALL_HOURS = AllHours()


def lives(reading: Reading, visits: Iterable[Visit]) -> list[Life]:
    """Return the requests that were open or promised in the window, or are open now.

    `visits` hold the open visit of each open one, for how long it has taken so far.
    """
    first, now = aliased(StageVisit), reading.now
    names = [f.name for f in fields(Life) if f.name not in COUNTED]
    columns = [getattr(Request, name) for name in names]
    over = func.coalesce(Request.done_at, Request.ended_at)
    rows = reading.session.execute(
        select(*columns, reading.mine, Request.working_s, Request.response_s, first.team_id)
        .join(first, and_(first.request_id == Request.id, first.seq == 1))
        .where(*reading.requests())
        .where(
            or_(
                Request.state.in_(OPEN),
                reading.overlaps(Request.raised_at, over),
                reading.within(Request.due_at),
                reading.within(Request.respond_by),
            )
        )
        .order_by(Request.raised_at, Request.id)
    )
    so_far = _so_far(reading, visits)
    return [_life(names, row, so_far, reading.clocks, now) for row in rows]


def _life(
    names: list[str], row: Any, so_far: Mapping[int, int], clocks: Mapping[int, Any], now: datetime
) -> Life:
    *values, mine, working_s, response_s, first_team = row
    known = dict(zip(names, values, strict=True))
    raised, ended = known["raised_at"], known["done_at"] or known["ended_at"]
    answered = known["first_response_at"] or ended or now
    if response_s is None:
        response_s = clocks[first_team].between(raised, answered)
    return Life(
        **known,
        mine=bool(mine),
        working_s=so_far.get(known["id"], 0) if working_s is None else working_s,
        elapsed_s=ALL_HOURS.between(raised, ended or now),
        response_s=response_s,
        response_elapsed_s=ALL_HOURS.between(raised, answered),
    )


def _so_far(reading: Reading, visits: Iterable[Visit]) -> dict[int, int]:
    """Return the working seconds of the open requests: their past visits and the running one."""
    rows = reading.session.execute(
        select(StageVisit.request_id, func.sum(StageVisit.waiting_s + StageVisit.in_hand_s))
        .join(Request)
        .where(*reading.requests(), Request.state.in_(OPEN), StageVisit.left_at.is_not(None))
        .group_by(StageVisit.request_id)
    )
    sums: dict[int, int] = defaultdict(int, {row[0]: int(row[1] or 0) for row in rows})
    for visit in visits:
        if visit.left_at is None:
            sums[visit.request_id] += visit.working.waiting + visit.working.in_hand
    return sums


def visits(reading: Reading) -> list[Visit]:
    """Return the visits that touch the window or run now, with what happened in them."""
    touching = reading.overlaps(StageVisit.entered_at, StageVisit.left_at)
    return _read(reading, or_(StageVisit.left_at.is_(None), touching))


def running(reading: Reading) -> list[Visit]:
    """Return the visits that run now: all that is needed to say how old open work is."""
    return _read(reading, StageVisit.left_at.is_(None))


def _read(reading: Reading, which: ColumnElement[bool]) -> list[Visit]:
    wanted = [*reading.visits(), which]
    pauses: dict[tuple[int, int], list[Pause]] = defaultdict(list)
    joined = and_(StageVisit.request_id == Pause.request_id, StageVisit.seq == Pause.visit_seq)
    for pause in reading.session.scalars(
        select(Pause).join(StageVisit, joined).join(Request).where(*wanted).order_by(Pause.seq)
    ):
        pauses[pause.request_id, pause.visit_seq].append(pause)
    about = (Request.type_id, Request.asking_team_id, Request.raised_at)
    rows = reading.session.execute(
        select(StageVisit, GIVER, *about, reading.mine)
        .join(Request)
        .where(*wanted)
        .order_by(Request.raised_at, Request.id, StageVisit.seq)
    )
    return [_visit(row, pauses[row[0].request_id, row[0].seq], reading) for row in rows]


def _visit(row: Any, pauses: Sequence[Pause], reading: Reading) -> Visit:
    visit, giver, type_id, asking, raised, mine = row
    until, clock = visit.left_at or reading.now, reading.clocks[visit.team_id]
    if visit.left_at is not None and not pauses:
        working = Split(visit.waiting_s, visit.in_hand_s, 0, 0)
    else:
        working = split(visit, pauses, clock, until)
    return Visit(
        request_id=visit.request_id,
        seq=visit.seq,
        type_id=type_id,
        asking_team_id=asking,
        stage=visit.stage,
        round=visit.round,
        team_id=visit.team_id,
        giver_id=giver,
        raised_at=raised,
        entered_at=visit.entered_at,
        started_at=visit.started_at,
        left_at=visit.left_at,
        ended_by=visit.ended_by,
        mine=bool(mine),
        working=working,
        elapsed=split(visit, pauses, ALL_HOURS, until),
        pauses=tuple((p.from_at, p.to_at, p.waiting_on) for p in pauses),
    )


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
