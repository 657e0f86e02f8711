"""What happens by itself: timers that have come, each fired once, in its own transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.acts.work import moved
from app.requests.intervals import Timer
from app.requests.life import overtaking, timers
from app.requests.life.promises import iso
from app.requests.models import Request
from app.requests.record.recording import Step, Turning, begin_by_itself
from app.requests.record.storing import clocks
from app.requests.rules import Kind


@dataclass(frozen=True)
class Due:
    """A timer that has come."""

    request_id: int
    what: str
    at: datetime


def timers_due(session: Session, *, at: datetime, limit: int) -> list[Due]:
    """Return at most `limit` timers that have come by `at` (UTC), the oldest first."""
    rows = session.execute(
        select(Timer.request_id, Timer.what, Timer.at)
        .where(Timer.at <= at)
        .order_by(Timer.at, Timer.request_id, Timer.what)
        .limit(limit)
    )
    return [Due(*row) for row in rows]


def oldest_due(session: Session) -> datetime | None:
    """Return the time (UTC) of the first timer of all; None when nothing will come by itself."""
    return session.scalar(select(Timer.at).order_by(Timer.at).limit(1))


def fire(session: Session, due: Due, *, at: datetime) -> bool:
    """Let happen what is due at `at` (UTC), or what has overtaken it.

    False when it is due no longer: somebody was faster.
    """
    request = session.get(Request, due.request_id)
    if request is None:
        return False
    turning = begin_by_itself(session, request, at=at)
    all_of_it = timers.timers_of(turning.ledger, clocks(session))
    come = {what: true_time for what, true_time in all_of_it.items() if true_time <= at}
    if due.what not in come:
        return False
    word = overtaking.word_for(due.what, come)
    turning.record(_step(turning, word, come[word.what]))
    return True


def _step(turning: Turning, word: overtaking.Word, true_time: datetime) -> Step:
    what = word.what
    if what == timers.CONFIRM:
        return Step(Kind.CONFIRMED, {"automatic": True, "due": iso(true_time)})
    if what.startswith(timers.PAUSE_ENDS):
        return _resumption(turning, true_time)
    data: dict[str, Any] = {"what": what, "due": iso(true_time)}
    if word.instead_of:
        data["instead_of"] = word.instead_of
    asked = clocks(turning.session)(turning.ledger.asking_team_id)
    if overtaking.is_too_late(what, true_time, asked, at=turning.at):
        data["untold"] = True
    return Step(Kind.REMINDED, data)


def _resumption(turning: Turning, true_time: datetime) -> Step:
    """The wait ended when its date came, also when the worker that says so was late."""
    last = turning.ledger.last_event_at
    turning.at = max(true_time, last) if last else true_time
    paused = turning.ledger.open_pause
    since = paused.from_at if paused else turning.at
    data: dict[str, Any] = {"how": "the date came", **moved(turning, since)}
    return Step(Kind.RESUMED, data)
