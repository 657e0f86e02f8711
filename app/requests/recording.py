"""How an act becomes rows: lock, look, append events, store what follows. One transaction.

Two people who act at once are put in line by a lock on the request's row (SQLite: by the one
write transaction); the second then finds a newer version and is told so instead of overwriting.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.people.models import Person
from app.people.queries import team_clock
from app.requests.history import apply, replay
from app.requests.intervals import ConfirmationWait, Pause, StageVisit
from app.requests.ledger import Happening, Ledger
from app.requests.models import ActKey, Event, Message, Party, Request
from app.requests.queries import events_of, relation
from app.requests.rights import Relation
from app.requests.rules import Kind, NotYours, Side, Stale
from app.requests.stored import StoredRows, rows_of


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


@dataclass
class Turning:
    """A request while somebody acts on it."""

    session: Session
    request: Request
    act: Act
    relation: Relation
    ledger: Ledger
    count: int

    @property
    def side(self) -> Side:
        """The side that acts."""
        return self.relation.side

    def record(self, *steps: Step) -> None:
        """Append `steps` as events, with their messages, and store what follows.

        :raises NotNow: when the state does not allow one of them; nothing is written then.
        """
        for step in steps:
            happening = Happening(self.act.at, step.kind, self.act.by.id, self.side, step.data)
            apply(self.ledger, happening)
            self.count += 1
            append(self.session, self.request.id, self.count, happening, self._message(step))
        store(self.session, self.request, rows_of(self.ledger, clocks(self.session)))

    def _message(self, step: Step) -> Message | None:
        if not step.words:
            return None
        return Message(
            request_id=self.request.id,
            author_id=self.act.by.id,
            side=self.side,
            internal=step.internal,
            body=step.words,
            at=self.act.at,
        )


def begin(
    session: Session, request: Request, act: Act, *, may: Callable[[Relation], bool]
) -> Turning:
    """Lock `request` and look at it afresh.

    :raises AlreadyDone: when this form was acted on before.
    :raises NotYours: when the relation of the actor does not allow the act.
    :raises Stale: when the request has moved since the page was opened.
    """
    session.refresh(request, with_for_update={"of": Request})
    refuse_repeat(session, act)
    relation_now = relation(session, request, act.by)
    if not may(relation_now):
        raise NotYours("This act is not yours on this request.")
    if act.seen is not None and act.seen != request.version:
        raise Stale("Somebody has moved this request since you opened the page.")
    session.add(ActKey(person_id=act.by.id, key=act.key, request_id=request.id, at=act.at))
    happenings = [as_happening(event) for event in session.scalars(events_of(request.id))]
    return Turning(session, request, act, relation_now, replay(happenings), len(happenings))


def refuse_repeat(session: Session, act: Act) -> None:
    """:raises AlreadyDone: when `act` carries a key that its person has used before."""
    if used := session.get(ActKey, (act.by.id, act.key)):
        raise AlreadyDone(used.request_id)


def as_happening(event: Event) -> Happening:
    """Return the pure form of a stored event."""
    return Happening(event.at, Kind(event.kind), event.actor_id, Side(event.side), event.data)


def append(
    session: Session, request_id: int, seq: int, happening: Happening, message: Message | None
) -> None:
    """Add one event row with its message."""
    session.add(
        Event(
            request_id=request_id,
            seq=seq,
            at=happening.at,
            kind=happening.kind,
            actor_id=happening.actor_id,
            side=happening.side,
            message=message,
            data=dict(happening.data),
        )
    )


def clocks(session: Session) -> Callable[[int], Any]:
    """Return a look-up of working clocks by team id, each read once."""
    known: dict[int, Any] = {}

    def clock_of(team_id: int) -> Any:
        if team_id not in known:
            known[team_id] = team_clock(session, team_id)
        return known[team_id]

    return clock_of


def store(session: Session, request: Request, rows: StoredRows) -> None:
    """Make the stored columns and intervals of `request` equal to `rows`."""
    for name, value in rows.request.items():
        setattr(request, name, value)
    session.flush()  # the request before what refers to it; closed visits before the open one
    _sync(session, StageVisit, request.id, rows.visits)
    _sync(session, Pause, request.id, rows.pauses)
    _sync(session, ConfirmationWait, request.id, rows.waits)
    _sync_parties(session, request.id, rows.parties)
    session.flush()


def _sync(
    session: Session,
    model: Any,  # one of the three kinds of intervals
    request_id: int,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    stored_rows = session.scalars(select(model).where(model.request_id == request_id))
    known = {row.seq: row for row in stored_rows}
    for seq in known.keys() - {values["seq"] for values in rows}:
        session.delete(known[seq])  # first: only one visit may be open
    session.flush()
    for values in rows:
        stored = known.get(values["seq"])
        if stored is None:
            session.add(model(request_id=request_id, **values))
            continue
        for name, value in values.items():
            setattr(stored, name, value)
        session.flush()


def _sync_parties(session: Session, request_id: int, teams: set[int]) -> None:
    known = set(session.scalars(select(Party.team_id).where(Party.request_id == request_id)))
    session.add_all(Party(request_id=request_id, team_id=team) for team in sorted(teams - known))
    if known - teams:
        session.execute(
            delete(Party).where(Party.request_id == request_id, Party.team_id.in_(known - teams))
        )
