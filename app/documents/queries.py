"""Versions of a piece."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session, defer, joinedload

from app.documents.models import ChangesAnswer, Look, Version, VersionFile
from app.documents.rules import Origin
from app.people.models import Membership, Person
from app.requests.happened import has_held
from app.requests.intervals import StageVisit
from app.requests.models import Event, Party, Request


def versions_of(request_id: int) -> Select[Version]:
    """Select the versions of a request, newest first, without their text."""
    return (
        select(Version)
        .where(Version.request_id == request_id)
        .options(
            defer(Version.body, raiseload=True),
            joinedload(Version.made_by),
            joinedload(Version.word),
        )
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


def writes(request_id: Any, person_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Return the condition that this person is an author: wrote it, or has held that stage.

    Small changes make nobody an author. `request_id` is an id or a column of ids.
    """
    wrote = exists().where(
        Version.request_id == request_id,
        Version.made_by_id == person_id,
        Version.origin != Origin.SMALL_CHANGES,
    )
    return or_(wrote, has_held(request_id, person_id, StageVisit.stage == "author"))


def is_author(session: Session, request_id: int, person_id: int) -> bool:
    """Say whether this person wrote a version or holds, or held, the author's stage."""
    return bool(session.scalar(select(writes(request_id, literal(person_id)))))


def authors_there(session: Session, request: Request) -> bool:
    """Say whether an author of the piece is still active in a team that is party to it."""
    query = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Party, Party.team_id == Membership.team_id)
        .where(
            Party.request_id == request.id,
            Person.is_active,
            writes(request.id, Person.id),
        )
        .limit(1)
    )
    return session.scalar(query) is not None


def unanswered_changes(session: Session, request_id: int) -> list[int]:
    """Return the numbers of versions with small changes on which the author has not said a word."""
    answered = exists().where(ChangesAnswer.version_id == Version.id)
    query = (
        select(Version.number)
        .where(
            Version.request_id == request_id,
            Version.origin == Origin.SMALL_CHANGES,
            ~answered,
        )
        .order_by(Version.number)
    )
    return list(session.scalars(query))


def latest_number(session: Session, request_id: int) -> int:
    """Return the newest version's number; 0 when there is none."""
    query = select(func.max(Version.number)).where(Version.request_id == request_id)
    return session.scalar(query) or 0


def file_of(session: Session, version: Version) -> VersionFile | None:
    """Return what is known of the file a version was read from, without its bytes."""
    return session.get(VersionFile, version.id)


def last_looked(session: Session, request_id: int, person_id: int) -> int:
    """Return the newest version this person has had before their eyes; 0 when none.

    That is what their browser told, or what stood there when they last did something.
    """
    told = session.get(Look, (person_id, request_id))
    acted = select(func.max(Event.at)).where(
        Event.request_id == request_id, Event.actor_id == person_id
    )
    query = select(func.max(Version.number)).where(
        Version.request_id == request_id, Version.created_at <= acted.scalar_subquery()
    )
    return max(told.number if told else 0, session.scalar(query) or 0)
