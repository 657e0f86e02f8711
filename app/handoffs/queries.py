"""What a handoff looks up."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.documents.models import Version
from app.documents.rules import Origin
from app.language import gettext
from app.requests.intervals import StageVisit
from app.requests.models import Event
from app.requests.record.recording import ActTurning
from app.requests.rules import TALK, Kind


def changed_in_visit(turning: ActTurning) -> bool:
    """Say whether the actor made small changes while they hold the piece."""
    made = select(Version.id).where(
        Version.request_id == turning.request.id,
        Version.origin == Origin.SMALL_CHANGES,
        Version.made_by_id == turning.act.by.id,
        Version.created_at >= turning.ledger.visit.entered_at,
    )
    return turning.session.scalar(made.limit(1)) is not None


def visit_of(session: Session, request_id: int) -> StageVisit:
    """Return the open visit of a request, or its last one."""
    query = select(StageVisit).where(StageVisit.request_id == request_id)
    return session.scalars(query.order_by(StageVisit.seq.desc()).limit(1)).one()


def visits_of(session: Session, request_id: int) -> list[tuple[int, str, str | None]]:
    """Return (seq, stage, ended_by) of every visit of a request."""
    query = select(StageVisit.seq, StageVisit.stage, StageVisit.ended_by)
    rows = session.execute(query.where(StageVisit.request_id == request_id))
    return [(row.seq, row.stage, row.ended_by) for row in rows]


def wishes_of(session: Session, request_id: int) -> dict[str, str]:
    """Return what the author last said about the eyes they wish for: {"eyes", "keep", "who"}.

    What was said with a handoff that was taken back was never said.
    """
    query = (
        select(Event)
        .where(Event.request_id == request_id, Event.kind.in_((Kind.HANDED, Kind.TAKEN_BACK)))
        .options(joinedload(Event.actor))
        .order_by(Event.seq.desc())
        .limit(20)
    )
    taken_back = 0
    for event in session.scalars(query):
        if event.kind == Kind.TAKEN_BACK:
            taken_back += 1
            continue
        if taken_back:
            taken_back -= 1
            continue
        said = {name: event.data[name] for name in ("eyes", "keep") if event.data.get(name)}
        if said:
            return {**said, "who": event.actor.first_name if event.actor else gettext("The author")}
    return {}


def rounds_of(session: Session, request_id: int, stage: str) -> int:
    """Return how many rounds a stage has had."""
    query = select(func.count()).where(
        StageVisit.request_id == request_id, StageVisit.stage == stage
    )
    return session.scalar(query) or 0


def last_move(session: Session, request_id: int) -> Event | None:
    """Return the last event that was a move, not talk."""
    return session.scalar(
        select(Event)
        .where(Event.request_id == request_id, Event.kind.not_in(TALK))
        .order_by(Event.seq.desc())
        .limit(1)
    )
