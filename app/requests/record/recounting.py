"""What a corrected calendar changes about requests of the past, and nothing else.

The newest requests follow at once, all others a stretch at a time. The due times are kept with the
events, so they stay.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from app.db import has_one_writer, rows_of
from app.requests.intervals import StageVisit, Timer
from app.requests.marks import Recount
from app.requests.models import Request
from app.requests.record.rebuilding import differences_of, repair

AT_ONCE: Final = 300  # of the newest requests, while somebody waits for it
STRETCH: Final = 1000  # ids that are looked at in one go later
# An act that began before the hours were changed has come to its end by then, or never will.
SETTLED: Final = timedelta(seconds=30)
SOME_BEHIND: Final = select(exists().where(Recount.behind))


class Left(NamedTuple):
    """What is left of a `Recount`, as it was seen."""

    id: int
    teams: Sequence[int]
    since: datetime | None
    below: int | None


def follow_hours(
    session: Session, teams: Sequence[int], since: datetime | None, *, at: datetime
) -> None:
    """Let the requests of `teams` (ids) follow their hours of now, from `since` (UTC) on.

    To be called in the transaction that changes the hours. Looked at are requests that the teams
    have carried and on which something happened from then on, and those that are open or have
    something to happen by itself, which they carry or ask for; None looks at all that they carried.
    """
    newest = _newest(session)
    for request_id in _wrong(session, _concerned(teams, since), newest + 1 - AT_ONCE, newest + 1):
        repair(session, request_id)
    # Where others act meanwhile, one of them may have counted by the hours of before.
    some_left = newest > AT_ONCE
    if some_left or not has_one_writer(session):
        behind = some_left and (since is None or since <= at)
        session.add(Recount(teams=list(teams), since=since, asked_at=at, behind=behind))
        session.flush()


def is_recounting(session: Session) -> bool:
    """Say whether figures are behind, because requests still have to follow changed hours."""
    return bool(rows_of(session, SOME_BEHIND).scalar())


def next_recount(session: Session, *, at: datetime, but: Collection[int] = ()) -> Left | None:
    """Return what is to be gone on with at `at` (UTC), if anything `but` what has these ids."""
    columns = (Recount.id, Recount.teams, Recount.since, Recount.below)
    due = select(*columns).where(Recount.asked_at <= at - SETTLED, Recount.id.not_in(but))
    row = session.execute(due.order_by(Recount.id).limit(1)).one_or_none()
    return Left(*row) if row else None


def wrong_in_stretch(session: Session, left: Left) -> tuple[int, Sequence[int]]:
    """Return where the next stretch ends, and which requests in it have to follow."""
    top = left.below if left.below is not None else _newest(session) + 1
    low = max(top - STRETCH, 0)
    return low, _wrong(session, _concerned(left.teams, left.since), low, top)


def go_on(session: Session, left: Left, below: int) -> bool:
    """Note that all has followed from the id `below` on; False when another worker has done so."""
    seen = Recount.id == left.id, Recount.below.is_not_distinct_from(left.below)
    change = update(Recount).values(below=below) if below else delete(Recount)
    done = session.execute(change.where(*seen).execution_options(synchronize_session=False))
    return bool(done.rowcount)  # type: ignore[attr-defined]  # both have one


def forget_recounts(session: Session, *, before: datetime) -> None:
    """Forget what had settled by an instant (UTC) from which on all was compared."""
    session.execute(delete(Recount).where(Recount.asked_at <= before - SETTLED))


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(Request.id))) or 0


def _concerned(teams: Sequence[int], since: datetime | None) -> ColumnElement[bool]:
    carried = exists().where(StageVisit.request_id == Request.id, StageVisit.team_id.in_(teams))
    goes_on = or_(Request.ended_at.is_(None), exists().where(Timer.request_id == Request.id))
    concerned = or_(carried, goes_on & Request.asking_team_id.in_(teams))
    return concerned if since is None else concerned & or_(Request.last_event_at >= since, goes_on)


def _wrong(session: Session, concerned: ColumnElement[bool], low: int, top: int) -> Sequence[int]:
    """Return the ids in [low, top) of requests that are not what their events say now."""
    here = select(Request.id).where(Request.id >= low, Request.id < top, concerned)
    ids = session.scalars(here.order_by(Request.id)).all()
    return sorted({request_id for request_id, _ in differences_of(session, ids)})
