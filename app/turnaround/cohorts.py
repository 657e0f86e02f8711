"""Which requests a figure counts, as conditions: lists and exports are taken from these."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, not_, or_, true

from app.language import gettext, gettext_noop
from app.language.writing import dated, day_of_month
from app.requests.models import Request
from app.requests.rules import Outcome, State
from app.turnaround.periods import periods_of
from app.turnaround.rules import BANDS, Choice, Window
from app.turnaround.staying import Condition, Row, visits, within

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
        visits(window),
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


def _open_now(now: datetime) -> Iterator[Row]:
    yield "open", gettext("Open now"), OPEN_NOW
    yield "late", gettext("Open now and past their due time"), late(now)
    yield "silent", gettext("Open now and past their promised first answer"), silent(now)
    both = and_(late(now), silent(now))
    yield "open-late-silent", gettext("Open now, late, and without any answer so far"), both
    waiting = and_(OPEN_NOW, Request.state == State.WAITING)
    yield "waiting", gettext("Open now, waiting for an answer"), waiting
    again = and_(OPEN_NOW, Request.reopenings > 0)
    yield "open-again", gettext("Open now, after a “not yet”"), again
    for key, _, where in aged(lambda seconds: now - timedelta(seconds=seconds)):
        yield key, gettext(AGED[key]), where


def _answers(window: Window, now: datetime) -> Iterator[Row]:
    raised, none = within(Request.raised_at, window), Request.first_response_at.is_(None)
    yield "response", gettext("Raised in these days"), raised
    answered = and_(raised, Request.first_response_at.is_not(None))
    yield "answered", gettext("Raised in these days, and answered"), answered
    unanswered = and_(raised, none, OPEN_NOW)
    yield "unanswered", gettext("Raised in these days, open, no answer yet"), unanswered
    overdue = and_(raised, silent(now))
    yield "unanswered-late", gettext("Raised in these days, answer overdue"), overdue
    over = or_(Request.done_at.is_not(None), Request.ended_at.is_not(None))
    about = gettext("Raised in these days, over without an answer")
    yield "ended-unanswered", about, and_(raised, none, over)


def _done(window: Window) -> Iterator[Row]:
    done, outcome = within(Request.done_at, window), Request.outcome
    yes, in_part, is_done = outcome == Outcome.YES, outcome == Outcome.PARTLY, State.DONE
    silent = and_(Request.state != is_done, or_(outcome.is_(None), not_(or_(yes, in_part))))
    for key, about, where in (
        ("turnaround", gettext("Done in these days"), true()),
        ("confirmed", gettext("Done, and confirmed"), yes),
        ("partly", gettext("Done, confirmed in part"), in_part),
        ("agreed", gettext("Done, and confirmed, wholly or in part"), or_(yes, in_part)),
        ("confirmable", gettext("Done, and could be confirmed"), Request.source.is_(None)),
        ("from-a-log", gettext("Done, by another tool’s log"), Request.source.is_not(None)),
        ("unconfirmed", gettext("Done, not confirmed yet"), Request.state == is_done),
        ("unspoken", gettext("Done, closed without a last word"), silent),
        ("reopened", gettext("Done, after a “not yet”"), Request.reopenings > 0),
        ("returned", gettext("Done, and handed back on the way"), Request.returns > 0),
    ):
        yield key, about, and_(done, where)


def _periods(window: Window) -> Iterator[Row]:
    raised, done = within(Request.raised_at, window), within(Request.done_at, window)
    yield "throughput", gettext("Raised or done in these days"), or_(raised, done)
    yield "arrivals", gettext("Raised in these days"), raised
    yield "completions", gettext("Done in these days"), done
    for first, last in periods_of(window):
        days = {"first": day_of_month(first), "last": dated(last)}
        came = _within(Request.raised_at, window, first, last)
        went = _within(Request.done_at, window, first, last)
        yield f"arrivals-{first}", gettext("Raised from %(first)s to %(last)s", **days), came
        yield f"completions-{first}", gettext("Done from %(first)s to %(last)s", **days), went


def _within(instant: Any, window: Window, first: date, last: date) -> Condition:
    begin, end = window.wall.begins(first), window.wall.begins(last + timedelta(days=1))
    return and_(instant >= begin, instant < end)
