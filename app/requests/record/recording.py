"""How an act becomes rows: lock, look, append events, store what follows. One transaction.

Two people who act at once are put in line by a lock on the request's row (SQLite: by the one
write transaction); the second then finds a newer version and is told so instead of overwriting.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.language import gettext
from app.people.models import Person
from app.requests.happened import Happened
from app.requests.life.history import apply, replay
from app.requests.life.ledger import Happening, Ledger
from app.requests.life.stored import rows_of
from app.requests.models import ActKey, Event, Message, Request
from app.requests.queries import events_in_order, relation
from app.requests.record.storing import append, clocks, store
from app.requests.rights import Relation
from app.requests.rules import Kind, NotYours, Side, Stale


class AlreadyDone(RuntimeError):
    """A form that came in twice; `request_id` is what the first one acted on."""

    def __init__(self, request_id: int) -> None:
        super().__init__(f"this form has been acted on, see request {request_id}")
        self.request_id = request_id


@dataclass(frozen=True)
class Act:
    """Who acts, when (UTC), with which form key, seeing which version of the request.

    `seen` is None for talk, which never conflicts.
    """

    by: Person
    at: datetime
    key: str
    seen: int | None = None


@dataclass(frozen=True)
class Step:
    """One event to append, with the words that came with it."""

    kind: Kind
    data: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    internal: bool = False


May = Callable[[Relation], bool]
Observer = Callable[[Session, Request, Sequence[Event]], None]
_observers: list[Observer] = []


def observe(observer: Observer) -> None:
    """Let `observer` know of the events of each act, inside the act's own transaction."""
    if observer not in _observers:
        _observers.append(observer)


def tell_observers(session: Session, request: Request, events: Sequence[Event]) -> None:
    """Tell every observer what one act added; its rows are flushed, not committed."""
    for observer in _observers:
        observer(session, request, events)


@dataclass
class Turning:
    """A request while something happens to it, at `at` (UTC), by a person or by itself."""

    session: Session
    request: Request
    at: datetime
    actor_id: int | None
    side: Side
    happenings: list[Happening]
    ledger: Ledger

    def record(self, *steps: Step) -> list[Event]:
        """Append `steps` as events, with their messages, store what follows; return the events.

        :raises NotNow: when the state does not allow one of them; nothing is written then.
        """
        events = [self._append(step) for step in steps]
        store(self.session, self.request, rows_of(self.ledger, clocks(self.session)))
        tell_observers(self.session, self.request, events)
        return events

    def _append(self, step: Step) -> Event:
        happening = Happening(self.at, step.kind, self.actor_id, self.side, step.data)
        apply(self.ledger, happening)
        self.happenings.append(happening)
        if step.kind is Kind.UNSAID:
            self.ledger = replay(self.happenings)
        seq = len(self.happenings)
        return append(self.session, self.request.id, seq, happening, self._message(step))

    def _message(self, step: Step) -> Message | None:
        if not step.words:
            return None
        return Message(
            request_id=self.request.id,
            author_id=self.actor_id,
            side=self.side,
            internal=step.internal,
            body=step.words,
            at=self.at,
        )


@dataclass
class ActTurning(Turning):
    """A request while a person acts on it."""

    act: Act
    relation: Relation


def begin(session: Session, request: Request, act: Act, *, may: May) -> ActTurning:
    """Lock `request` and look at it afresh.

    :raises AlreadyDone: when this form was acted on before.
    :raises NotYours: when the relation of the actor does not allow the act.
    :raises Stale: when the request has moved since the page was opened.
    """
    session.refresh(request, with_for_update={"of": Request})
    refuse_repeat(session, act)
    turning = _begun(session, request, act, may=may)
    if act.seen is not None and act.seen != request.version:
        raise Stale(gettext("Somebody has moved this request since you opened the page."))
    session.add(ActKey(person_id=act.by.id, key=act.key, request_id=request.id, at=act.at))
    return turning


def begin_beside(session: Session, request: Request, act: Act, *, may: May) -> ActTurning:
    """Begin on a second request that the same act moves. :raises NotYours: as `begin`.

    Of two who act at once, the one whose turn comes later acts no earlier than the other did, even
    when their click came first: waiting in line is no reason to refuse anybody's words.
    """
    session.refresh(request, with_for_update={"of": Request})
    return _begun(session, request, act, may=may)


def _begun(session: Session, request: Request, act: Act, *, may: May) -> ActTurning:
    """Return the turning of a request that is locked."""
    relation_now = relation(session, request, act.by)
    if not may(relation_now):
        raise NotYours(gettext("This act is not yours on this request."))
    happenings = _happenings(session, request)
    at, side, ledger = _in_order(act.at, happenings), relation_now.side, replay(happenings)
    where = (session, request, at, act.by.id, side, happenings, ledger)
    return ActTurning(*where, act, relation_now)


def begin_by_itself(
    session: Session, request: Request, *, at: datetime, by: Person | None = None
) -> Turning:
    """Lock `request` and look at it afresh for what happens by itself, at `at` (UTC).

    Or for what somebody outside of it decides, such as who does the work of one who leaves: `by`.
    """
    session.refresh(request, with_for_update={"of": Request})
    happenings = _happenings(session, request)
    at, actor_id = _in_order(at, happenings), by.id if by else None
    return Turning(session, request, at, actor_id, Side.NOBODY, happenings, replay(happenings))


def _in_order(at: datetime, happenings: Sequence[Happening]) -> datetime:
    """Return when an act happens that began at `at`: not before those that it waited for."""
    return max(at, happenings[-1].at) if happenings else at


def _happenings(session: Session, request: Request) -> list[Happening]:
    events = session.scalars(events_in_order(), {"request_id": request.id})
    return [as_happening(event) for event in events]


def refuse_repeat(session: Session, act: Act) -> None:
    """:raises AlreadyDone: when `act` carries a key that its person has used before."""
    if used := session.get(ActKey, (act.by.id, act.key)):
        raise AlreadyDone(used.request_id)


def as_happening(event: Event | Happened) -> Happening:
    """Return the pure form of a stored event."""
    return Happening(event.at, Kind(event.kind), event.actor_id, Side(event.side), event.data)
