"""What a corrected calendar changes about requests of the past, and nothing else."""

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.requests.intervals import StageVisit, Timer
from app.requests.models import Request
from app.requests.record.rebuilding import CHUNK, differences_of, repair


def recount(session: Session, team_id: int, since: datetime | None) -> int:
    """Make the stored seconds of requests of a team what its calendar says now.

    Looked at are requests the team has carried and on which something happened from `since` (UTC)
    on, and those that are open or have something to happen by itself, which it carries or asks
    for; None looks at all that it has carried. Returns how many were changed. The due times are
    kept with the events, so they stay.
    """
    carried = exists().where(StageVisit.request_id == Request.id, StageVisit.team_id == team_id)
    goes_on = or_(Request.ended_at.is_(None), exists().where(Timer.request_id == Request.id))
    query = select(Request.id).where(or_(carried, goes_on & (Request.asking_team_id == team_id)))
    if since is not None:
        query = query.where(or_(Request.last_event_at >= since, goes_on))
    ids = session.scalars(query.order_by(Request.id)).all()
    changed = 0
    for start in range(0, len(ids), CHUNK):
        found = differences_of(session, ids[start : start + CHUNK])
        for request_id in sorted({request_id for request_id, _ in found}):
            repair(session, request_id)
            changed += 1
    return changed
