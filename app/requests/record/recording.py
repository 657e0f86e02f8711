"""How an act becomes rows: lock, look, append events, store what follows. One transaction.

Two people who act at once are put in line by a lock on the request's row (SQLite: by the one
write transaction); the second then finds a newer version and is told so instead of overwriting.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import has_one_writer
from app.language import gettext
from app.people.models import Person
from app.requests.life.history import apply, replay
from app.requests.life.ledger import Happening, Ledger
from app.requests.life.stored import rows_of
from app.requests.models import Event, Message, Request
from app.requests.queries import relation
from app.requests.record.earlier import happenings_of
from app.requests.record.keys import keep_key, refuse_repeat
from app.requests.record.storing import append, clocks, store
from app.requests.rights import Relation
from app.requests.rules import Kind, NotYours, Side, Stale
from app.rows import added


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
        clock_of = clocks(self.session)
        before = rows_of(self.ledger, clock_of)
        told = [(self._happen(step), step) for step in steps]
        events = [self._append(seq, step) for seq, step in told]
        rows = rows_of(self.ledger, clock_of)
        store(self.session, self.request, rows, clock_of, before=before)
        tell_observers(self.session, self.request, events)
        return events

    def _happen(self, step: Step) -> int:
        happening = Happening(self.at, step.kind, self.actor_id, self.side, step.data)
        apply(self.ledger, happening)
        self.happenings.append(happening)
        if step.kind is Kind.UNSAID:
            self.ledger = replay(self.happenings)
        return len(self.happenings)

    def _append(self, seq: int, step: Step) -> Event:
        happening, message = self.happenings[seq - 1], self._message(step)
        return append(self.session, self.request.id, seq, happening, message)

    def _message(self, step: Step) -> Message | None:
        if not step.words:
            return None
        return added(
            self.session,
            Message,
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
    lock(session, request)
    refuse_repeat(session, act.by, act.key)
    turning = _begun(session, request, act, may=may)
    if act.seen is not None and act.seen != request.version:
        raise Stale(gettext("Somebody has moved this request since you opened the page."))
    keep_key(session, act.by, act.key, request.id, at=act.at)
    return turning


def begin_beside(session: Session, request: Request, act: Act, *, may: May) -> ActTurning:
    """Begin on a second request that the same act moves. :raises NotYours: as `begin`."""
    lock(session, request)
    return _begun(session, request, act, may=may)


def _begun(session: Session, request: Request, act: Act, *, may: May) -> ActTurning:
    """Return the turning of a request that is locked."""
    relation_now = relation(session, request, act.by)
    if not may(relation_now):
        raise NotYours(gettext("This act is not yours on this request."))
    happenings = happenings_of(session, request.id)
    at, side, ledger = _in_order(act.at, happenings), relation_now.side, replay(happenings)
    where = (session, request, at, act.by.id, side, happenings, ledger)
    return ActTurning(*where, act, relation_now)


def begin_by_itself(
    session: Session, request: Request, *, at: datetime, by: Person | None = None
) -> Turning:
    """Lock `request` and look at it afresh for what happens by itself, at `at` (UTC).

    Or for what somebody outside of it decides, such as who does the work of one who leaves: `by`.
    """
    lock(session, request)
    happenings = happenings_of(session, request.id)
    at, actor_id = _in_order(at, happenings), by.id if by else None
    return Turning(session, request, at, actor_id, Side.NOBODY, happenings, replay(happenings))


def lock(session: Session, request: Request) -> None:
    """Put everybody in line who writes what follows from the events of `request`."""
    if not has_one_writer(session):
        session.refresh(request, with_for_update={"of": Request})


def lock_all(session: Session, requests: Iterable[Request]) -> None:
    """Put everybody in line for several requests at once.

    Rows are locked in the order of their ids, so that no two who do so wait for each other.
    """
    ids = {request.id for request in requests}
    session.execute(
        select(Request.id).where(Request.id.in_(ids)).order_by(Request.id).with_for_update()
    )


def _in_order(at: datetime, happenings: Sequence[Happening]) -> datetime:
    """Return when an act happens that began at `at`: not before those that it waited for."""
    return max(at, happenings[-1].at) if happenings else at
