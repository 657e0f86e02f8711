"""Rows of a request written: one event appended, and what follows from the ledger made equal."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import inspect, select
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
    stored = session.scalars(select(StageVisit).where(StageVisit.request_id == request.id)).all()
    known = {visit.seq: _values(visit) for visit in stored}
    before = facts_of(stored_request(request) if known else {}, known.values())
    visits = with_versions(rows, known, versions(session))
    for name, value in rows.request.items():
        setattr(request, name, value)
    session.flush()  # the request before what refers to it; closed visits before the open one
    _sync(session, StageVisit, request.id, visits)
    _sync(session, Pause, request.id, rows.pauses)
    _sync(session, ConfirmationWait, request.id, rows.waits)
    _sync(session, ReplyWait, request.id, rows.replies)
    _sync(session, Approval, request.id, rows.approvals)
    _sync_links(session, request.id, rows.links)
    _sync_timers(session, request.id, rows.timers)
    _sync_parties(session, request.id, rows.parties)
    session.flush()
    mark(session, before ^ facts_of(rows.request, visits))


def _values(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}


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


def _sync_parties(session: Session, request_id: int, teams: Mapping[int, bool]) -> None:
    rows = session.scalars(select(Party).where(Party.request_id == request_id))
    known = {row.team_id: row for row in rows}
    for team_id in known.keys() - teams.keys():
        session.delete(known[team_id])
    for team_id, asks in sorted(teams.items()):
        if team_id in known:
            known[team_id].asks = asks
        else:
            session.add(Party(request_id=request_id, team_id=team_id, asks=asks))


def _sync_links(session: Session, request_id: int, links: set[tuple[str, int]]) -> None:
    rows = session.scalars(select(Link).where(Link.request_id == request_id))
    known = {(row.kind, row.to_id): row for row in rows}
    for gone in known.keys() - links:
        session.delete(known[gone])
    session.add_all(
        Link(request_id=request_id, kind=kind, to_id=to_id)
        for kind, to_id in sorted(links - known.keys())
    )


def _sync_timers(session: Session, request_id: int, wanted: Mapping[str, Any]) -> None:
    stored_timers = session.scalars(select(Timer).where(Timer.request_id == request_id))
    known = {timer.what: timer for timer in stored_timers}
    for what in known.keys() - wanted.keys():
        session.delete(known[what])
    for what, at in wanted.items():
        if what in known:
            known[what].at = at
        else:
            session.add(Timer(request_id=request_id, what=what, at=at))
