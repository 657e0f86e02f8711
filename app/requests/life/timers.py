"""What will happen by itself, and when: reminders, the end of a wait, confirming.

Timers follow from the ledger like everything else that is stored. One that has fired left an
event, so that it is no timer any more; a worker that was down for hours fires each once, unless
another has overtaken it (`overtaking`), and the event keeps the time that was true. Nothing wakes
anybody at night: a timer lies in the working hours of the side that is waited for.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from app.requests.life.ledger import ConfirmationWait, Ledger, Pause
from app.requests.life.promises import DueClock
from app.requests.rules import (
    ANNOUNCE_CONFIRMING_AFTER,
    ASK_AGAIN_HOW_IT_WAS_AFTER,
    CONFIRM_AFTER,
    MOVING,
    OFFER_TO_CLOSE_AFTER,
    REMIND_ASKED_AFTER,
    SOON,
    Side,
    State,
    WaitingOn,
)
from app.worktime.days import end_of_day, opening_of_day

ANSWER_SOON: Final = "answer soon"
ANSWER_DUE: Final = "answer due"
LATE_SOON: Final = "late soon"
LATE: Final = "late"
REPLY_DUE: Final = "reply due"
PAUSE_ENDS: Final = "pause ends"
ANSWER_WANTED: Final = "answer wanted"
OFFER_TO_CLOSE: Final = "offer to close"
CONFIRM_SOON: Final = "confirm soon"
CONFIRM: Final = "confirm"
HOW_WAS_IT: Final = "how was it"

Clocks = Callable[[int], DueClock]
Found = Iterator[tuple[str, datetime | None]]


def timers_of(ledger: Ledger, clock_of: Clocks) -> dict[str, datetime]:
    """Return the instant (UTC) of each timer by its name; those that fired are left out."""
    return {
        what: at
        for what, at in _all(ledger, clock_of)
        if at is not None and what not in ledger.reminded
    }


def asks_for_a_word(ledger: Ledger, clock_of: Clocks, *, at: datetime) -> bool:
    """Say whether the promise is nearly used up at `at` (UTC), so that a word is due first."""
    soon = [due for what, due in _all(ledger, clock_of) if what.startswith(LATE_SOON)]
    return any(due is not None and due <= at for due in soon)


def _all(ledger: Ledger, clock_of: Clocks) -> Found:
    if ledger.state is State.DONE:
        yield from _confirming(ledger, clock_of(ledger.asking_team_id))
    elif ledger.state is State.CONFIRMED and ledger.rating is None and ledger.ended_at:
        asked = clock_of(ledger.asking_team_id)
        yield HOW_WAS_IT, opening_of_day(asked, ledger.ended_at, ASK_AGAIN_HOW_IT_WAS_AFTER)
    elif ledger.open_pause:
        yield from _answering(ledger.open_pause, clock_of(ledger.asking_team_id))
    if ledger.state in MOVING or ledger.state is State.WAITING:
        yield from _answer_owed(ledger, clock_of(ledger.visits[0].team_id))
    if ledger.state in MOVING and ledger.turn_side is Side.PROVIDING:
        yield from _work_owed(ledger, clock_of(ledger.visit.team_id))


def _answer_owed(ledger: Ledger, clock: DueClock) -> Found:
    if ledger.first_response_at is None and ledger.respond_by and ledger.raised_at:
        yield ANSWER_SOON, _soon(clock, ledger.raised_at, ledger.respond_by)
        yield ANSWER_DUE, ledger.respond_by
    if reply := ledger.open_reply:
        yield f"{REPLY_DUE} {reply.seq}", reply.due_at


def _work_owed(ledger: Ledger, clock: DueClock) -> Found:
    """Ask for a word before the promise is missed; after a second promise, before that one."""
    number = f" {ledger.second_promises}" if ledger.second_promises else ""
    since = ledger.promised_anew_at or ledger.raised_at
    if ledger.due_now and since:
        rested = rested_s(ledger, clock, since=since, until=ledger.due_now)
        yield LATE_SOON + number, _soon(clock, since, ledger.due_now, rested_s=rested)
        yield LATE + number, ledger.due_now


def rested_s(ledger: Ledger, clock: DueClock, *, since: datetime, until: datetime) -> int:
    """Return the working seconds of the rests that began from `since` to `until` and are over."""
    rests: list[Pause | ConfirmationWait] = [*ledger.pauses, *ledger.waits]
    over = [(rest.from_at, rest.to_at) for rest in rests if rest.to_at]
    return sum(clock.between(start, end) for start, end in over if since <= start <= until)


def _soon(clock: DueClock, since: datetime, due: datetime, *, rested_s: int = 0) -> datetime | None:
    """Return when four fifths of a promise are used up.

    Pauses and waits for the last word, which moved what is due, are no part of the promise.
    """
    whole = clock.between(since, due)
    left = round((1 - SOON) * max(0, whole - rested_s))
    return clock.add(since, whole - left)


def _answering(pause: Pause, asked: DueClock) -> Found:
    yield f"{PAUSE_ENDS} {pause.seq}", pause.until
    if pause.waiting_on == WaitingOn.REQUESTER:
        for number, days in enumerate(REMIND_ASKED_AFTER, start=1):
            at = opening_of_day(asked, pause.from_at, days)
            yield f"{ANSWER_WANTED} {pause.seq}.{number}", at
        at = opening_of_day(asked, pause.from_at, OFFER_TO_CLOSE_AFTER)
        yield f"{OFFER_TO_CLOSE} {pause.seq}", at


def _confirming(ledger: Ledger, asked: DueClock) -> Found:
    done_at = ledger.waits[-1].from_at
    yield CONFIRM_SOON, opening_of_day(asked, done_at, ANNOUNCE_CONFIRMING_AFTER)
    yield CONFIRM, end_of_day(asked, done_at, CONFIRM_AFTER)
