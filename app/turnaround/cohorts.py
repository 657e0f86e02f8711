"""Which requests a figure counts, as conditions: lists and exports are taken from these."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.rules import Outcome, State
from app.turnaround.rules import BANDS, STAGES, Choice, Window
from app.turnaround.statistics import weeks_of

Condition = ColumnElement[bool]

# Spelled like the partial index on open work; state, done and ended say the same (`models`).
OPEN_NOW = and_(Request.done_at.is_(None), Request.ended_at.is_(None))


@dataclass(frozen=True)
class Cohort:
    """A named set of requests, or of stage visits; `about` says in words what it holds."""

    key: str
    about: str
    where: Condition

    @property
    def of_visits(self) -> bool:
        """Whether it holds stage visits instead of requests."""
        return self.key.startswith("stage-")


def cohorts(window: Window, now: datetime) -> dict[str, Cohort]:
    """Return every cohort by key: what the window holds, and what is open at `now` (UTC)."""
    parts = (_open_now(now), _answers(window, now), _done(window), _weeks(window), _visits(window))
    return {key: Cohort(key, about, where) for part in parts for key, about, where in part}


def narrowed(choice: Choice) -> list[Condition]:
    """Return what a choice asks of the requests it counts.

    The `+ 0` keeps SQLite from an index that would walk all a type or a team has ever had, instead
    of the days that were chosen.
    """
    found: list[Condition] = []
    if choice.type_id:
        found.append(Request.type_id + 0 == choice.type_id)
    if choice.asking_team_id:
        found.append(Request.asking_team_id + 0 == choice.asking_team_id)
    if choice.stage:
        visit = aliased(StageVisit)  # the query around it may be about visits too
        found.append(exists().where(visit.request_id == Request.id, visit.stage == choice.stage))
    return found


def late(now: datetime) -> Condition:
    """Open work past its due time; not while it waits (as `rules.is_late`)."""
    return and_(OPEN_NOW, Request.state != State.WAITING, Request.due_at < now)


def silent(now: datetime) -> Condition:
    """Open work past its promised first answer without one (as `rules.is_silent`)."""
    return and_(OPEN_NOW, Request.first_response_at.is_(None), Request.respond_by < now)


def aged(now: datetime) -> Iterator[tuple[str, str, Condition]]:
    """Yield (key, label, condition) for each age band of open work."""
    above = 0
    for band in BANDS:
        parts = [OPEN_NOW]
        if above:
            parts.append(Request.raised_at <= now - timedelta(seconds=above))
        if band.below is not None:
            parts.append(Request.raised_at > now - timedelta(seconds=band.below))
        above = band.below or 0
        yield f"open-{band.key}", band.label, and_(*parts)


Row = tuple[str, str, Condition]


def _open_now(now: datetime) -> Iterator[Row]:
    yield "open", "Open now", OPEN_NOW
    yield "late", "Open now and past their due time", late(now)
    yield "silent", "Open now and past their promised first answer", silent(now)
    waiting = and_(OPEN_NOW, Request.state == State.WAITING)
    yield "waiting", "Open now, waiting for an answer", waiting
    yield "open-again", "Open now, after a “not yet”", and_(OPEN_NOW, Request.reopenings > 0)
    for key, label, where in aged(now):
        yield key, f"Open now, raised {label[0].lower()}{label[1:]} ago", where


def _answers(window: Window, now: datetime) -> Iterator[Row]:
    raised, none = _in(Request.raised_at, window), Request.first_response_at.is_(None)
    yield "response", "Raised in these days and answered", and_(raised, ~none)
    unanswered = and_(raised, none, OPEN_NOW)
    yield "unanswered", "Raised in these days, open, no answer yet", unanswered
    yield "unanswered-late", "Raised in these days, answer overdue", and_(raised, silent(now))
    over = or_(Request.done_at.is_not(None), Request.ended_at.is_not(None))
    about = "Raised in these days, over without an answer"
    yield "ended-unanswered", about, and_(raised, none, over)


def _done(window: Window) -> Iterator[Row]:
    done = _in(Request.done_at, window)
    yield "turnaround", "Done in these days", done
    yield "confirmed", "Done, and confirmed", and_(done, Request.outcome == Outcome.YES)
    yield "partly", "Done, confirmed in part", and_(done, Request.outcome == Outcome.PARTLY)
    yield "unconfirmed", "Done, not confirmed yet", and_(done, Request.state == State.DONE)
    yield "reopened", "Done, after a “not yet”", and_(done, Request.reopenings > 0)


def _weeks(window: Window) -> Iterator[Row]:
    raised, done = _in(Request.raised_at, window), _in(Request.done_at, window)
    yield "throughput", "Raised or done in these days", or_(raised, done)
    yield "arrivals", "Raised in these days", raised
    yield "completions", "Done in these days", done
    for first, last in weeks_of(window):
        days = f"from {first.day} {first:%B} to {last.day} {last:%B %Y}"
        came = _within(Request.raised_at, window, first, last)
        went = _within(Request.done_at, window, first, last)
        yield f"arrivals-{first}", f"Raised {days}", came
        yield f"completions-{first}", f"Done {days}", went


def _visits(window: Window) -> Iterator[Row]:
    for stage in STAGES:
        here, name = StageVisit.stage == stage, f"Stage visits: {stage}"
        left = and_(here, _in(StageVisit.left_at, window))
        yield f"stage-{stage}", f"{name}, left in these days", left
        running = and_(here, StageVisit.left_at.is_(None))
        yield f"stage-{stage}-now", f"{name}, running now", running


def _in(instant: Any, window: Window) -> Condition:
    return and_(instant >= window.start, instant < window.end)


def _within(instant: Any, window: Window, first: date, last: date) -> Condition:
    begin, end = window.wall.begins(first), window.wall.begins(last + timedelta(days=1))
    return and_(instant >= begin, instant < end)
