"""Versions of a piece."""

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, defer, joinedload

from app.documents.models import Version
from app.requests.intervals import StageVisit


def versions_of(request_id: int) -> Select[Version]:
    """Select the versions of a request, newest first, without their text."""
    return (
        select(Version)
        .where(Version.request_id == request_id)
        .options(defer(Version.body, raiseload=True), joinedload(Version.made_by))
        .order_by(Version.number.desc())
    )


def version_numbered(session: Session, request_id: int, number: int) -> Version | None:
    """Return one version with its text."""
    return session.scalar(
        select(Version)
        .where(Version.request_id == request_id, Version.number == number)
        .options(joinedload(Version.made_by))
    )


def latest_version(session: Session, request_id: int) -> Version | None:
    """Return the newest version with its text, or None when there is none yet."""
    return session.scalar(
        select(Version)
        .where(Version.request_id == request_id)
        .options(joinedload(Version.made_by))
        .order_by(Version.number.desc())
        .limit(1)
    )


def is_author(session: Session, request_id: int, person_id: int) -> bool:
    """Say whether this person wrote a version or holds, or held, the author's stage."""
    wrote = exists().where(Version.request_id == request_id, Version.made_by_id == person_id)
    held = exists().where(
        StageVisit.request_id == request_id,
        StageVisit.stage == "author",
        StageVisit.holder_id == person_id,
    )
    return bool(session.scalar(select(or_(wrote, held))))


def latest_number(session: Session, request_id: int) -> int:
    """Return the newest version's number; 0 when there is none."""
    query = select(func.max(Version.number)).where(Version.request_id == request_id)
    return session.scalar(query) or 0
