"""Stored rows of one kind made equal to what the ledger of their request says."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from app.requests.intervals import (
    Approval,
    ConfirmationWait,
    Link,
    Pause,
    ReplyWait,
    Thanked,
    Timer,
)
from app.requests.models import Party
from app.rows import add_rows


def sync_by_seq(
    session: Session,
    model: Any,  # one of the kinds of intervals
    request_id: int,
    rows: Sequence[Mapping[str, Any]],
    there: Sequence[Any],
) -> None:
    """Make `there`, the stored intervals of one kind, equal to `rows`, each known by its `seq`."""
    known = {row.seq: row for row in there}
    for seq in known.keys() - {values["seq"] for values in rows}:
        session.delete(known[seq])
        session.flush()  # first: only one visit may be open
    for values in rows:
        if stored := known.get(values["seq"]):
            for name, value in values.items():
                setattr(stored, name, value)
            session.flush()
    _add(session, model, request_id, [row for row in rows if row["seq"] not in known])


def _add(session: Session, model: Any, request_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        add_rows(session, model, [{"request_id": request_id, **row} for row in rows])


def _sync_parties(
    session: Session,
    model: type[Party],
    request_id: int,
    teams: Mapping[int, bool],
    there: Sequence[Party],
) -> None:
    known = {row.team_id: row for row in there}
    for team_id in known.keys() - teams.keys():
        session.delete(known[team_id])
    for team_id in known.keys() & teams.keys():
        known[team_id].asks = teams[team_id]
    new = sorted(teams.keys() - known.keys())
    _add(session, model, request_id, [{"team_id": one, "asks": teams[one]} for one in new])


def _sync_links(
    session: Session,
    model: type[Link],
    request_id: int,
    links: set[tuple[str, int]],
    there: Sequence[Link],
) -> None:
    known = {(row.kind, row.to_id): row for row in there}
    for gone in known.keys() - links:
        session.delete(known[gone])
    new = sorted(links - known.keys())
    _add(session, model, request_id, [{"kind": kind, "to_id": to_id} for kind, to_id in new])


def _sync_timers(
    session: Session,
    model: type[Timer],
    request_id: int,
    wanted: Mapping[str, Any],
    there: Sequence[Timer],
) -> None:
    known = {timer.what: timer for timer in there}
    for what in known.keys() - wanted.keys():
        session.delete(known[what])
    for what in known.keys() & wanted.keys():
        known[what].at = wanted[what]
    new = wanted.keys() - known.keys()
    _add(session, model, request_id, [{"what": what, "at": wanted[what]} for what in new])


SYNCS: Final[Mapping[Any, Callable[..., None]]] = {
    Pause: sync_by_seq,
    ConfirmationWait: sync_by_seq,
    ReplyWait: sync_by_seq,
    Approval: sync_by_seq,
    Thanked: sync_by_seq,
    Link: _sync_links,
    Timer: _sync_timers,
    Party: _sync_parties,
}
