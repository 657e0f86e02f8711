"""Rows of a request written: one event appended, and what follows from the ledger made equal."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from app.people.queries import team_clock
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
from app.requests.life.ledger import Happening
from app.requests.life.stored import StoredRows
from app.requests.models import Event, Message, Party, Request
from app.requests.record.marking import facts_of, mark, stored_request, versions, with_versions
from app.requests.record.syncing import SYNCS, sync_by_seq
from app.rows import added, change
from app.worktime.rules import WorkingClock

NONE_YET: Final[Mapping[int, WorkingClock]] = {}


def append(
    session: Session, request_id: int, seq: int, happening: Happening, message: Message | None
) -> Event:
    """Add one event row with its message, and return it."""
    event = added(
        session,
        Event,
        request_id=request_id,
        seq=seq,
        at=happening.at,
        kind=happening.kind,
        actor_id=happening.actor_id,
        side=happening.side,
        message_id=message.id if message else None,
        data=dict(happening.data),
    )
    set_committed_value(event, "message", message)
    return event


def clocks(
    session: Session, there: Mapping[int, WorkingClock] = NONE_YET
) -> Callable[[int], WorkingClock]:
    """Return a look-up of working clocks by team id, each read once; `there` holds known ones."""
    known = dict(there)

    def clock_of(team_id: int) -> WorkingClock:
        if team_id not in known:
            known[team_id] = team_clock(session, team_id)
        return known[team_id]

    return clock_of


def store(
    session: Session,
    request: Request,
    rows: StoredRows,
    clock_of: Callable[[int], WorkingClock],
    *,
    before: StoredRows | None = None,
) -> None:
    """Make the stored columns and intervals of `request` equal to `rows`; mark the changed days.

    `clock_of` gives the clocks by which `rows` were counted. `before` is what they are, where that
    is known: what stays as it is need not be read then.
    """
    stored = _stored(session, StageVisit, request.id, rows, before)
    visits: Sequence[dict[str, Any]] = rows.visits
    known = {visit.seq: _values(visit) for visit in stored or ()}
    # What is stored may be counted by other hours, if a change of these has not been followed yet.
    visits_then = known.values() if before is None or stored is not None else before.visits
    was_there = known if before is None else before.request
    were = facts_of(stored_request(request) if was_there else {}, visits_then)
    new = {name: v for name, v in rows.request.items() if getattr(request, name) != v}
    change(session, request, new)
    if stored is not None:
        visits = with_versions(rows, known, versions(session))
        sync_by_seq(session, StageVisit, request.id, visits, stored)
    for model, sync in SYNCS.items():
        there = _stored(session, model, request.id, rows, before)
        if there is not None:
            sync(session, model, request.id, getattr(rows, NAMES[model]), there)
    session.flush()
    session.expire(request, ("team", "asking_team", "holder"))  # what they are named by has changed
    mark(session, were ^ facts_of(rows.request, visits), clock_of)


NAMES: Final[Mapping[Any, str]] = {
    StageVisit: "visits",
    Pause: "pauses",
    ConfirmationWait: "waits",
    ReplyWait: "replies",
    Approval: "approvals",
    Thanked: "thanked",
    Link: "links",
    Timer: "timers",
    Party: "parties",
}


def _stored(
    session: Session, model: Any, request_id: int, rows: StoredRows, before: StoredRows | None
) -> Sequence[Any] | None:
    """Return the stored rows of one kind, or None when they are known to stay as they are."""
    if before is not None:
        were = getattr(before, NAMES[model])
        if were == getattr(rows, NAMES[model]):
            return None
        if not were:
            return []
    return session.scalars(_of(model), {"request_id": request_id}).all()


@cache
def _of(model: Any) -> Select[Any]:
    return select(model).where(model.request_id == bindparam("request_id"))


def _values(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}
