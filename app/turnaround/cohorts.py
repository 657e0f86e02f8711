"""Which requests a figure counts, as conditions: lists and exports are taken from these."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from app.catalogue.rules import stage_word
from app.language import gettext, gettext_noop
from app.language.writing import dated, day_of_month
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.rules import Outcome, State
from app.turnaround.periods import periods_of
from app.turnaround.rules import BANDS, STAGES, Choice, Window

Condition = ColumnElement[bool]

# Spelled like the partial index on open work; state, done and ended say the same (`models`).
OPEN_NOW = and_(Request.done_at.is_(None), Request.ended_at.is_(None))
AGED = {
    "open-day": gettext_noop("Open now, raised under a day ago"),
    "open-3-days": gettext_noop("Open now, raised 1 to 3 days ago"),
    "open-week": gettext_noop("Open now, raised 3 to 7 days ago"),
    "open-2-weeks": gettext_noop("Open now, raised 1 to 2 weeks ago"),
    "open-4-weeks": gettext_noop("Open now, raised 2 to 4 weeks ago"),
    "open-older": gettext_noop("Open now, raised over 4 weeks ago"),
}


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

    @property
    def of_open_work(self) -> bool:
        """Whether it holds what is open now, whatever the days."""
        return self.key.startswith("open") or self.key in ("late", "silent", "waiting")


def cohorts(window: Window, now: datetime) -> dict[str, Cohort]:
    """Return every cohort by key: what the window holds, and what is open at `now` (UTC)."""
    parts = (
        _open_now(now),
        _answers(window, now),
        _done(window),
        _periods(window),
        _visits(window),
    )
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
    return found


def at_stage(choice: Choice) -> list[Condition]:
    """Return what the stage of a choice asks of open work: that it is there now.

    Of visits it asks that they are to that stage. Of a whole request, from raised to done, it asks
    nothing: those that came as far as a stage are a choice of the quick ones.
    """
    return [Request.stage == choice.stage] if choice.stage else []


def late(now: Any) -> Condition:
    """Open work past its due time; not while it waits (as `rules.is_late`)."""
    return and_(OPEN_NOW, Request.state != State.WAITING, Request.due_at < now)


def silent(now: Any) -> Condition:
    """Open work past its promised first answer without one (as `rules.is_silent`)."""
    return and_(OPEN_NOW, Request.first_response_at.is_(None), Request.respond_by < now)


def aged(ago: Callable[[int], Any]) -> Iterator[tuple[str, str, Condition]]:
    """Yield (key, label, condition) for each age band of open work.

    `ago` returns the instant so many seconds ago.
    """
    above = 0
    for band in BANDS:
        parts = [OPEN_NOW]
        if above:
            parts.append(Request.raised_at <= ago(above))
        if band.below is not None:
            parts.append(Request.raised_at > ago(band.below))
        above = band.below or 0
        yield f"open-{band.key}", band.label, and_(*parts)


Row = tuple[str, str, Condition]


def _open_now(now: datetime) -> Iterator[Row]:
    yield "open", gettext("Open now"), OPEN_NOW
    yield "late", gettext("Open now and past their due time"), late(now)
    yield "silent", gettext("Open now and past their promised first answer"), silent(now)
    waiting = and_(OPEN_NOW, Request.state == State.WAITING)
    yield "waiting", gettext("Open now, waiting for an answer"), waiting
    again = and_(OPEN_NOW, Request.reopenings > 0)
    yield "open-again", gettext("Open now, after a “not yet”"), again
    for key, _, where in aged(lambda seconds: now - timedelta(seconds=seconds)):
        yield key, gettext(AGED[key]), where


def _answers(window: Window, now: datetime) -> Iterator[Row]:
    raised, none = _in(Request.raised_at, window), Request.first_response_at.is_(None)
    yield "response", gettext("Raised in these days"), raised
    unanswered = and_(raised, none, OPEN_NOW)
    yield "unanswered", gettext("Raised in these days, open, no answer yet"), unanswered
    overdue = and_(raised, silent(now))
    yield "unanswered-late", gettext("Raised in these days, answer overdue"), overdue
    over = or_(Request.done_at.is_not(None), Request.ended_at.is_not(None))
    about = gettext("Raised in these days, over without an answer")
    yield "ended-unanswered", about, and_(raised, none, over)


def _done(window: Window) -> Iterator[Row]:
    done = _in(Request.done_at, window)
    yield "turnaround", gettext("Done in these days"), done
    yield "confirmed", gettext("Done, and confirmed"), and_(done, Request.outcome == Outcome.YES)
    in_part = and_(done, Request.outcome == Outcome.PARTLY)
    yield "partly", gettext("Done, confirmed in part"), in_part
    said = or_(Request.outcome == Outcome.YES, Request.outcome == Outcome.PARTLY)
    yield "agreed", gettext("Done, and confirmed, wholly or in part"), and_(done, said)
    here = and_(done, Request.source.is_(None))
    yield "confirmable", gettext("Done, and could be confirmed"), here
    unspoken = and_(done, Request.state == State.DONE)
    yield "unconfirmed", gettext("Done, not confirmed yet"), unspoken
    yield "reopened", gettext("Done, after a “not yet”"), and_(done, Request.reopenings > 0)


def _periods(window: Window) -> Iterator[Row]:
    raised, done = _in(Request.raised_at, window), _in(Request.done_at, window)
    yield "throughput", gettext("Raised or done in these days"), or_(raised, done)
    yield "arrivals", gettext("Raised in these days"), raised
    yield "completions", gettext("Done in these days"), done
    for first, last in periods_of(window):
        days = {"first": day_of_month(first), "last": dated(last)}
        came = _within(Request.raised_at, window, first, last)
        went = _within(Request.done_at, window, first, last)
        yield f"arrivals-{first}", gettext("Raised from %(first)s to %(last)s", **days), came
        yield f"completions-{first}", gettext("Done from %(first)s to %(last)s", **days), went


def _visits(window: Window) -> Iterator[Row]:
    for stage in STAGES:
        here, name = StageVisit.stage == stage, stage_word(stage)
        left = and_(here, _in(StageVisit.left_at, window))
        about = gettext("Stage visits: %(stage)s, left in these days", stage=name)
        yield f"stage-{stage}", about, left
        running = and_(here, StageVisit.left_at.is_(None))
        about = gettext("Stage visits: %(stage)s, running now", stage=name)
        yield f"stage-{stage}-now", about, running


def _in(instant: Any, window: Window) -> Condition:
    return and_(instant >= window.start, instant < window.end)


def _within(instant: Any, window: Window, first: date, last: date) -> Condition:
    begin, end = window.wall.begins(first), window.wall.begins(last + timedelta(days=1))
    return and_(instant >= begin, instant < end)
