"""Counting from the rows themselves: whole stretches of time, or only the days that changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.orm import Session

from app.db import rows_of
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.rules import Outcome, State
from app.turnaround.changed import MOST, as_values, changed_days, size_for, table_of
from app.turnaround.tallies import Key, Tally
from app.worktime.walls import Wall

Tallies = dict[Key, Tally]
IN_BATCHES = {"yield_per": 10_000}
ENTERED = (StageVisit.round,)
LEFT = (StageVisit.entered_at, StageVisit.waiting_s, StageVisit.in_hand_s, StageVisit.paused_s)
RAISED = (Request.first_response_at, Request.done_at, Request.ended_at, Request.response_s)
DONE = (
    *(Request.raised_at, Request.state, Request.outcome, Request.source, Request.reopenings),
    *(Request.returns, Request.working_s, Request.paused_s),
)


@dataclass(frozen=True)
class Stretch:
    """A stretch of time [start, end) (UTC) of the teams in `walls`, by team id.

    `of` narrows the requests, `stage` the visits.
    """

    walls: Mapping[int, Wall]
    start: datetime
    end: datetime
    of: Sequence[ColumnElement[bool]] = ()
    stage: str | None = None


def count_stretch(session: Session, stretch: Stretch) -> Tallies:
    """Return what happened in a stretch of time by team, local day and stage. Four queries."""
    tallies: Tallies = {}
    for part in PARTS:
        rows: Any = session.execute(_in_stretch(stretch, part), execution_options=IN_BATCHES)
        for team_id, stage, at, *more in rows:
            key = team_id, stretch.walls[team_id].day_of(at), stage
            part.note(tallies.setdefault(key, Tally()), at, *more)
    return tallies


def count_changed(
    session: Session,
    changed: Select[Any],
    walls: Mapping[int, Wall],
    values: Mapping[str, Any] | None = None,
) -> Tallies:
    """Return the tallies of the days marked as changed; empty where nothing is left of a day.

    `changed` and `values` are those of `changed_days`. Five queries for up to `MOST` days, one
    when there are none. The days are sent along with each: a worker may settle their marks
    meanwhile, and they would seem to hold nothing.
    """
    days = changed_days(session, changed, walls, values)
    tallies: Tallies = {(team_id, day, stage): Tally() for team_id, day, stage, *_ in days}
    for start in range(0, len(days), MOST):
        these = days[start : start + MOST]
        size = size_for(these)
        sent = as_values(these, size)
        for number, part in enumerate(PARTS):
            for team_id, stage, day, at, *more in rows_of(session, _on_days(number, size), sent):
                part.note(tallies[team_id, day, stage], at, *more)
    return tallies


def _note_entered(tally: Tally, _at: datetime, rounds: int) -> None:
    tally.counts["entered"] += 1
    tally.counts["returned"] += rounds > 1


def _note_left(
    tally: Tally, at: datetime, entered_at: datetime, waiting: int, in_hand: int, paused: int
) -> None:
    tally.counts["finished"] += 1
    seconds = {"waiting": waiting, "in_hand": in_hand, "paused": paused}
    for name, value in seconds.items():
        tally.counts[f"{name}_total"] += value
        tally.note(name, value)
    tally.note("working", waiting + in_hand)
    tally.note("elapsed", _elapsed(entered_at, at))


def _note_raised(
    tally: Tally,
    at: datetime,
    answered_at: datetime | None,
    done_at: datetime | None,
    ended_at: datetime | None,
    working: int | None,
) -> None:
    tally.counts["raised"] += 1
    until, kind = answered_at or done_at or ended_at, "response"
    if answered_at is None:
        tally.counts["ended_unanswered"] += until is not None
        kind = "unanswered"
    if until is not None:
        tally.note(f"{kind}_working", working or 0)
        tally.note(f"{kind}_elapsed", _elapsed(at, until))


def _note_done(
    tally: Tally,
    at: datetime,
    raised_at: datetime,
    state: str,
    outcome: str | None,
    source: str | None,
    reopenings: int,
    returns: int,
    working: int | None,
    paused: int | None,
) -> None:
    counts = tally.counts
    counts["done"] += 1
    counts["confirmed"] += outcome == Outcome.YES
    counts["partly"] += outcome == Outcome.PARTLY
    counts["unconfirmed"] += state == State.DONE
    counts["imported"] += source is not None
    counts["reopened"] += reopenings > 0
    counts["reopenings"] += reopenings
    counts["returns"] += returns
    counts["working_total"] += working or 0
    counts["paused_total"] += paused or 0
    tally.note("done_working", working or 0)
    tally.note("done_elapsed", _elapsed(raised_at, at))


def _elapsed(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())


@dataclass(frozen=True)
class Part:
    """One kind of thing that is counted: the instant that dates it, what is read, and how."""

    at: Any
    columns: tuple[Any, ...]
    note: Callable[..., None]

    @property
    def model(self) -> Any:
        """The table it is read from."""
        return self.at.class_

    @property
    def stage(self) -> Any:
        """The stage of a visit; none for the requests themselves."""
        return StageVisit.stage if self.model is StageVisit else literal("")


PARTS = (
    Part(StageVisit.entered_at, ENTERED, _note_entered),
    Part(StageVisit.left_at, LEFT, _note_left),
    Part(Request.raised_at, RAISED, _note_raised),
    Part(Request.done_at, DONE, _note_done),
)


def _in_stretch(stretch: Stretch, part: Part) -> Select[Any]:
    query = select(part.model.team_id, part.stage, part.at, *part.columns).where(
        part.model.team_id.in_(sorted(stretch.walls)),
        part.at >= stretch.start,
        part.at < stretch.end,
        *stretch.of,
    )
    if part.model is StageVisit:
        if stretch.of:
            query = query.join(Request, Request.id == StageVisit.request_id)
        if stretch.stage:
            query = query.where(StageVisit.stage == stretch.stage)
    return query


@cache
def _on_days(number: int, size: int) -> Select[Any]:
    """Join so many changed days to what happened on them: one look into an index for each day."""
    part, day = PARTS[number], table_of(size)
    on = [part.model.team_id == day.team_id, part.at >= day.begins_at, part.at < day.ends_at]
    on.append(day.stage == part.stage)
    return select(day.team_id, day.stage, day.day, part.at, *part.columns).where(*on)
