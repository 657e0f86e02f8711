"""Rows of a request written: one event appended, and what follows from the ledger made equal."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Executable, Integer, Select, bindparam, exists, inspect, select
from sqlalchemy.orm import Session

from app.people.queries import team_clock
from app.requests.intervals import (
    Approval,
    ConfirmationWait,
    Link,
    Pause,
    ReplyWait,
    StageVisit,
    Timer,
)
from app.requests.life.ledger import Happening
from app.requests.life.stored import StoredRows
from app.requests.models import Event, Message, Party, Request
from app.requests.record.marking import facts_of, mark, stored_request, versions, with_versions


def append(
    session: Session, request_id: int, seq: int, happening: Happening, message: Message | None
) -> Event:
    """Add one event row with its message, and return it."""
    event = Event(
        request_id=request_id,
        seq=seq,
        at=happening.at,
        kind=happening.kind,
        actor_id=happening.actor_id,
        side=happening.side,
        message=message,
        data=dict(happening.data),
    )
    session.add(event)
    return event


def clocks(session: Session) -> Callable[[int], Any]:
    """Return a look-up of working clocks by team id, each read once."""
    known: dict[int, Any] = {}

    def clock_of(team_id: int) -> Any:
        if team_id not in known:
            known[team_id] = team_clock(session, team_id)
        return known[team_id]

    return clock_of


def store(session: Session, request: Request, rows: StoredRows) -> None:
    """Make the stored columns and intervals of `request` equal to `rows`; mark the changed days."""
    stored = session.scalars(_of(StageVisit), {"request_id": request.id}).all()
    known = {visit.seq: _values(visit) for visit in stored}
    filled = _filled(session, request.id)
    before = facts_of(stored_request(request) if known else {}, known.values())
    visits = with_versions(rows, known, versions(session))
    for name, value in rows.request.items():
        setattr(request, name, value)
    session.flush()  # the request before what refers to it; closed visits before the open one
    _sync(session, StageVisit, request.id, visits, stored)
    intervals = {
        Pause: rows.pauses,
        ConfirmationWait: rows.waits,
        ReplyWait: rows.replies,
        Approval: rows.approvals,
    }
    for model, wanted in intervals.items():
        _sync(session, model, request.id, wanted, _stored(session, model, request.id, filled))
    _sync_links(session, request.id, rows.links, _stored(session, Link, request.id, filled))
    _sync_timers(session, request.id, rows.timers)
    _sync_parties(session, request.id, rows.parties)
    session.flush()
    mark(session, before ^ facts_of(rows.request, visits))


# Most requests have none of most of these: one look says which are worth reading.
SELDOM: Final = (Pause, ConfirmationWait, ReplyWait, Approval, Link)


@cache
def _looked_at() -> Executable:
    this = bindparam("request_id", type_=Integer)
    return select(*(exists().where(model.request_id == this) for model in SELDOM))


def _filled(session: Session, request_id: int) -> frozenset[type]:
    """Return of which kinds the request has any rows."""
    found = session.execute(_looked_at(), {"request_id": request_id}).one()
    return frozenset(model for model, some in zip(SELDOM, found, strict=True) if some)


@cache
def _of(model: Any) -> Select[Any]:
    return select(model).where(model.request_id == bindparam("request_id"))


def _stored(session: Session, model: Any, request_id: int, filled: frozenset[type]) -> list[Any]:
    if model not in filled:
        return []
    return list(session.scalars(_of(model), {"request_id": request_id}))


def _values(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}


def _sync(
    session: Session,
    model: Any,  # one of the kinds of intervals
    request_id: int,
    rows: Sequence[Mapping[str, Any]],
    there: Sequence[Any],
) -> None:
    known = {row.seq: row for row in there}
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


def _sync_parties(session: Session, request_id: int, teams: Mapping[int, bool]) -> None:
    rows = session.scalars(_of(Party), {"request_id": request_id})
    known = {row.team_id: row for row in rows}
    for team_id in known.keys() - teams.keys():
        session.delete(known[team_id])
    for team_id, asks in sorted(teams.items()):
        if team_id in known:
            known[team_id].asks = asks
        else:
            session.add(Party(request_id=request_id, team_id=team_id, asks=asks))


def _sync_links(
    session: Session, request_id: int, links: set[tuple[str, int]], there: Sequence[Link]
) -> None:
    known = {(row.kind, row.to_id): row for row in there}
    for gone in known.keys() - links:
        session.delete(known[gone])
    session.add_all(
        Link(request_id=request_id, kind=kind, to_id=to_id)
        for kind, to_id in sorted(links - known.keys())
    )


def _sync_timers(session: Session, request_id: int, wanted: Mapping[str, Any]) -> None:
    stored_timers = session.scalars(_of(Timer), {"request_id": request_id})
    known = {timer.what: timer for timer in stored_timers}
    for what in known.keys() - wanted.keys():
        session.delete(known[what])
    for what, at in wanted.items():
        if what in known:
            known[what].at = at
        else:
            session.add(Timer(request_id=request_id, what=what, at=at))
