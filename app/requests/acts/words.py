"""Messages that both sides read, notes of those who carry it, and taking a message back."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.language import gettext
from app.people.queries import team_clock
from app.requests import rights
from app.requests.acts.mentions import mentioned
from app.requests.acts.work import moved
from app.requests.happened import Happened
from app.requests.life.exchanges import opens_reply
from app.requests.life.promises import due, iso
from app.requests.models import Event, Message, Request
from app.requests.queries import events_of, people_around
from app.requests.record.recording import Act, Step, Turning, begin
from app.requests.rules import UNSAY_SECONDS, Kind, NotNow, NotYours, Side, WaitingOn


def write_message(session: Session, request: Request, *, words: str, act: Act) -> Message | None:
    """Say something to both sides; return the message.

    The awaited answer of the asking side ends its pause.
    """
    turning = begin(session, request, act, may=rights.may_talk)
    data = {**_reply_promise(turning), **_mentions(turning, words, inner=False)}
    steps = [Step(Kind.MESSAGE, data, words=words)]
    pause = turning.ledger.open_pause
    if pause and turning.side is Side.ASKING and pause.waiting_on == WaitingOn.REQUESTER:
        steps.append(Step(Kind.RESUMED, {"how": "answered", **moved(turning, pause.from_at)}))
    return turning.record(*steps)[0].message


def _reply_promise(turning: Turning) -> dict[str, str | None]:
    """Return by when a message of the asking side should be answered, if it begins that wait."""
    ledger = turning.ledger
    if not opens_reply(ledger, turning.side) or ledger.reply_s is None:
        return {}
    clock = team_clock(turning.session, turning.request.team_id)
    return {"reply_by": iso(due(clock, turning.at, ledger.reply_s))}


def write_note(session: Session, request: Request, *, words: str, act: Act) -> Message | None:
    """Write an internal note, read by those who provide or provided; return it."""
    turning = begin(session, request, act, may=rights.may_note)
    data = _mentions(turning, words, inner=True)
    return turning.record(Step(Kind.NOTE, data, words=words, internal=True))[0].message


def _mentions(turning: Turning, words: str, *, inner: bool) -> dict[str, list[int]]:
    """Return who is mentioned, of those who may read it."""
    if "@" not in words:
        return {}
    people = turning.session.execute(people_around(turning.request, inner=inner))
    found = mentioned(words, [(row[0], row[1]) for row in people])
    return {"mentions": found} if found else {}


def unsay(session: Session, request: Request, *, seq: int, act: Act) -> Message:
    """Take back what one has just written, within its seconds; return it.

    The words stay stored, and nobody reads them; what they answered waits again.

    :raises NotYours: for somebody else's words.
    :raises NotNow: when the seconds are over, or the words have moved the request on.
    """
    turning = begin(session, request, act, may=rights.may_talk)
    event = session.scalar(events_of(request.id).where(Event.seq == seq))
    if event is None or event.message is None or event.actor_id != act.by.id:
        raise NotYours(gettext("These are not your words."))
    if not may_unsay(event, newest=len(turning.happenings), at=turning.at):
        raise NotNow(gettext("It is too late to take it back; people may have read it."))
    turning.record(Step(Kind.UNSAID, {"seq": seq}))
    return event.message


def may_unsay(event: Event | Happened, *, newest: int, at: datetime) -> bool:
    """Say whether the words of `event` can still be taken back at `at` (UTC).

    They must be the last that happened (`newest` is its number): others have been answered, or
    have moved something.
    """
    words = event.kind in (Kind.MESSAGE, Kind.NOTE) and event.seq == newest
    return words and (at - event.at).total_seconds() <= UNSAY_SECONDS
