"""Deriving every stored value anew from the events, to compare or to repair."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.intervals import (
    Approval,
    ConfirmationWait,
    Link,
    Pause,
    ReplyWait,
    StageVisit,
    Thanked,
    Timer,
)
from app.requests.life.history import replay
from app.requests.life.ledger import Happening
from app.requests.life.stored import StoredRows, rows_of
from app.requests.models import Event, Party, Request
from app.requests.record.earlier import happenings_of
from app.requests.record.recording import lock
from app.requests.record.storing import clocks, store
from app.requests.rules import Kind, Side
from app.requests.search.index import index_missing

CHUNK = 1000
INTERVALS = (
    ("visits", StageVisit),
    ("pauses", Pause),
    ("waits", ConfirmationWait),
    ("replies", ReplyWait),
    ("approvals", Approval),
    ("thanked", Thanked),
)


def differences(session: Session) -> Iterator[tuple[int, str]]:
    """Yield (request id, sentence) for every stored value that its events do not give."""
    last = 0
    while ids := ids_after(session, last):
        yield from differences_of(session, ids)
        last = ids[-1]


def ids_after(session: Session, last: int) -> Sequence[int]:
    """Return the ids of the next `CHUNK` requests behind the one with the id `last`."""
    query = select(Request.id).where(Request.id > last).order_by(Request.id).limit(CHUNK)
    return session.scalars(query).all()


def differences_of(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield (request id, sentence) for the requests with these ids, up to `CHUNK` of them."""
    clock_of = clocks(session)
    stored = _stored(session, ids)
    for request_id, happenings in _histories(session, ids).items():
        derived = rows_of(replay(happenings), clock_of)
        for sentence in _compare(stored[request_id], derived):
            yield request_id, sentence


def repair(session: Session, request_id: int) -> bool:
    """Store what the events of one request say; an act that is under way goes first."""
    request = session.get_one(Request, request_id)
    lock(session, request)
    ledger, clock_of = replay(happenings_of(session, request_id)), clocks(session)
    store(session, request, rows_of(ledger, clock_of), clock_of)
    return True


def give_words(session: Session, request_id: int) -> bool:
    """Index the words of one request, unless an act has just done so; say whether it was needed."""
    request = session.get_one(Request, request_id)
    lock(session, request)
    return index_missing(session, request)


def _histories(session: Session, ids: Sequence[int]) -> dict[int, list[Happening]]:
    histories: dict[int, list[Happening]] = {request_id: [] for request_id in ids}
    events = Event.__table__.c
    rows = session.execute(
        select(events.request_id, events.at, events.kind, events.actor_id, events.side, events.data)
        .where(events.request_id.in_(ids))
        .order_by(events.request_id, events.seq)
    )
    for request_id, at, kind, actor_id, side, data in rows:
        histories[request_id].append(Happening(at, Kind(kind), actor_id, Side(side), data))
    return histories


def _stored(session: Session, ids: Sequence[int]) -> dict[int, StoredRows]:
    parts: dict[str, dict[int, list[Any]]] = {}
    for name, model in (
        ("requests", Request),
        *INTERVALS,
        ("parties", Party),
        ("links", Link),
        ("timers", Timer),
    ):
        column = "id" if model is Request else "request_id"
        table = model.__table__
        grouped = defaultdict(list)
        for row in session.execute(select(table).where(table.c[column].in_(ids))):
            grouped[row._mapping[column]].append(dict(row._mapping))
        parts[name] = grouped
    return {
        request_id: StoredRows(
            request=parts["requests"][request_id][0],
            visits=parts["visits"][request_id],
            pauses=parts["pauses"][request_id],
            waits=parts["waits"][request_id],
            replies=parts["replies"][request_id],
            timers={row["what"]: row["at"] for row in parts["timers"][request_id]},
            approvals=parts["approvals"][request_id],
            thanked=parts["thanked"][request_id],
            parties={row["team_id"]: row["asks"] for row in parts["parties"][request_id]},
            links={(row["kind"], row["to_id"]) for row in parts["links"][request_id]},
        )
        for request_id in ids
    }


def _compare(stored: StoredRows, derived: StoredRows) -> Iterator[str]:
    yield from _compare_values("request", stored.request, derived.request)
    for name, _ in INTERVALS:
        have = {row["seq"]: row for row in getattr(stored, name)}
        want = {row["seq"]: row for row in getattr(derived, name)}
        for seq in sorted(have.keys() | want.keys()):
            if seq not in have or seq not in want:
                yield f"{name} {seq} is {'missing' if seq in want else 'too many'}"
            else:
                yield from _compare_values(f"{name} {seq}", have[seq], want[seq])
    if stored.parties != derived.parties:
        yield f"parties are {sorted(stored.parties)}, the events say {sorted(derived.parties)}"
    if stored.links != derived.links:
        yield f"links are {sorted(stored.links)}, the events say {sorted(derived.links)}"
    if stored.timers != derived.timers:
        yield f"timers are {sorted(stored.timers)}, the events say {sorted(derived.timers)}"


def _compare_values(what: str, have: dict[str, Any], want: dict[str, Any]) -> Iterator[str]:
    for name, value in want.items():
        if have[name] != value:
            yield f"{what}: {name} is {have[name]!r}, the events say {value!r}"
