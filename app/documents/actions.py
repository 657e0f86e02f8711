"""Freezing a new version, and the author's word on what somebody else changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.documents.models import ChangesAnswer, Look, Version, VersionFile
from app.documents.queries import authors_there, is_author, latest_number, version_numbered
from app.documents.rules import Origin, fingerprint, fit_text
from app.language import gettext
from app.requests import rights
from app.requests.models import Request
from app.requests.record.recording import Act, ActTurning, Step, begin
from app.requests.rules import Kind, NotNow, NotYours, Stale


@dataclass(frozen=True)
class Original:
    """The file a text was read from, and what could not be carried over (sentences)."""

    name: str
    media_type: str
    content: bytes
    lost: list[str]


@dataclass(frozen=True)
class NewVersion:
    """What is to be frozen.

    `based_on` is the number of the version the writer began with, 0 for the first; `restores` the
    one whose text comes back.
    """

    body: str
    based_on: int
    note: str = ""
    origin: Origin = Origin.WRITTEN
    restores: int | None = None
    original: Original | None = None


def make_version(session: Session, request: Request, new: NewVersion, *, act: Act) -> Version:
    """Freeze the next version of the piece. The turn stays where it is.

    After the author's stage it is a version with small changes, made by who holds the piece, and
    the author has a word on it.

    :raises UnfitText: when the text cannot be a version.
    :raises Stale: when a newer version exists than the one the writer began with.
    :raises NotNow: for anything but small changes outside the author's stage.
    """
    body = fit_text(new.body)
    turning = begin(session, request, act, may=rights.may_review)
    number = latest_number(session, request.id)
    if number != new.based_on:
        raise Stale(gettext("A newer version was saved since you opened the page."))
    version = Version(
        request_id=request.id,
        number=number + 1,
        body=body,
        sha256=fingerprint(body),
        words=len(body.split()),
        note=new.note,
        origin=_origin(turning, new.origin, number),
        base_number=new.based_on if new.restores is None else new.restores,
        made_by_id=act.by.id,
        created_at=act.at,
    )
    session.add(version)
    session.flush()
    if new.original:
        session.add(_file(version, new.original))
    turning.record(Step(Kind.VERSION_MADE, {"version": number + 1, "origin": version.origin}))
    return version


def _origin(turning: ActTurning, origin: Origin, number: int) -> Origin:
    if turning.request.stage == "author":
        return origin
    if origin is not Origin.WRITTEN or not number:
        raise NotNow(gettext("The text is changed in the author's stage."))
    return Origin.SMALL_CHANGES


def _file(version: Version, original: Original) -> VersionFile:
    return VersionFile(
        version_id=version.id,
        name=original.name[-200:],
        media_type=original.media_type,
        size=len(original.content),
        sha256=fingerprint(original.content),
        lost=original.lost,
        content=original.content,
    )


def answer_changes(
    session: Session, request: Request, number: int, *, confirmed: bool, words: str, act: Act
) -> None:
    """Say the author's word on version `number`; a lead may when no author is there any more.

    :raises NotYours: to anybody else, and to who made the version.
    :raises NotNow: when there is nothing to say a word on.
    """
    turning = begin(session, request, act, may=lambda relation: relation.sees)
    version = version_numbered(session, request.id, number)
    if version is None or version.origin != Origin.SMALL_CHANGES:
        raise NotNow(gettext("Nobody else changed anything in this version."))
    if session.get(ChangesAnswer, version.id):
        raise NotNow(gettext("Somebody has said a word on it already."))
    author = is_author(session, request.id, act.by.id)
    as_lead = not author and turning.relation.leads and not authors_there(session, request)
    if version.made_by_id == act.by.id or not (author or as_lead):
        raise NotYours(gettext("The author has the word on these changes."))
    session.add(
        ChangesAnswer(
            version_id=version.id,
            person_id=act.by.id,
            confirmed=confirmed,
            words=words,
            for_author=as_lead,
            at=act.at,
        )
    )
    data = {"version": number, "confirmed": confirmed, "as_lead": as_lead}
    data["maker"] = version.made_by_id
    turning.record(Step(Kind.CHANGES_ANSWERED, data))


def look(session: Session, request: Request, person_id: int, *, number: int, at: datetime) -> None:
    """Remember that somebody has had version `number` before their eyes."""
    mark = session.get(Look, (person_id, request.id))
    if mark is None:
        session.add(Look(person_id=person_id, request_id=request.id, number=number, at=at))
    elif number > mark.number:
        mark.number, mark.at = number, at
