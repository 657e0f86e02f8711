"""Remarks of a request, to those who may read them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, exists, func, literal, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.documents.models import Version
from app.documents.queries import writes
from app.feedback.models import Answer, Need, Remark, Verdict
from app.feedback.places import Placement
from app.feedback.rules import Audience, Reader, RemarkKind, Weight, may_read
from app.people.models import Membership, Person
from app.requests.happened import has_held
from app.requests.models import Event, Party, Request
from app.requests.rights import Relation
from app.requests.rules import Side


def reader_of(session: Session, request: Request, relation: Relation, person: Person) -> Reader:
    """Return how `person` stands to the feedback on the piece of `request`."""
    reader = literal(person.id)
    first = select(Event.data).where(Event.request_id == request.id, Event.seq == 1)
    carried, author, facts = session.execute(
        select(has_held(request.id, reader), writes(request.id, reader), first.scalar_subquery())
    ).one()
    return Reader(
        person_id=person.id,
        providing=relation.sees and relation.side is Side.PROVIDING,
        asking=relation.sees and relation.side is Side.ASKING,
        carried=carried,
        writes=author,
        leads=relation.leads,
        open_review=bool((facts or {}).get("open_review")),
    )


def readable(session: Session, request: Request, reader: Reader, *, at: datetime) -> list[Remark]:
    """Return the remarks that `reader` may read at `at`, in the order they were given."""
    found = list(session.scalars(remarks_of(request.id)))
    writers = {remark.writer_id for remark in found} if reader.leads else ()
    gone = gone_among(session, request, writers) if writers else ()
    return [
        remark
        for remark in found
        if may_read(
            reader,
            writer_id=remark.writer_id,
            writer_gone=remark.writer_id in gone,
            audience=remark.audience,
            released=remark.released_at <= at,
        )
    ]


def remarks_of(request_id: int) -> Select[Remark]:
    """Select the remarks of a request in the order they were given, with all that was said."""
    return (
        select(Remark)
        .where(Remark.request_id == request_id, Remark.withdrawn_at.is_(None))
        .options(
            joinedload(Remark.writer),
            joinedload(Remark.anchor),
            joinedload(Remark.taken),
            selectinload(Remark.answers).joinedload(Answer.person),
            selectinload(Remark.verdicts),
            selectinload(Remark.helped),
        )
        .order_by(Remark.id)
    )


def gone_among(session: Session, request: Request, people: Iterable[int]) -> set[int]:
    """Return who of `people` (ids) is no longer there: inactive, or in no team of the request."""
    there = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Party, Party.team_id == Membership.team_id)
        .where(Party.request_id == request.id, Person.is_active, Person.id.in_(people))
    )
    return set(people) - set(session.scalars(there))


def placements_on(session: Session, version: Version | None) -> dict[int, Placement]:
    """Return where the anchors of earlier versions stand in `version`, by remark id."""
    if version is None:
        return {}
    query = select(Placement).where(Placement.version_id == version.id)
    return {placement.remark_id: placement for placement in session.scalars(query)}


def open_musts(session: Session, request_id: int) -> int:
    """Count the must-remarks that wait for an answer: none yet, or found still open since."""
    again = exists().where(
        Verdict.remark_id == Answer.remark_id, ~Verdict.settled, Verdict.at >= Answer.at
    )
    answered = exists().where(Answer.remark_id == Remark.id, ~again)
    later = aliased(Verdict)
    reopened = exists().where(later.remark_id == Verdict.remark_id, later.id > Verdict.id)
    settled = exists().where(Verdict.remark_id == Remark.id, Verdict.settled, ~reopened)
    query = (
        select(func.count())
        .select_from(Remark)
        .where(
            Remark.request_id == request_id,
            Remark.withdrawn_at.is_(None),
            Remark.weight == Weight.MUST,
            Remark.kind != RemarkKind.STRENGTH,
            Remark.audience == Audience.AUTHOR,
            ~answered,
            ~settled,
        )
    )
    return session.scalar(query) or 0


def needs_told_to(session: Session, request_id: int, adviser: Person) -> list[Need]:
    """Return what authors would have needed of `adviser` on this piece; for the adviser alone."""
    query = (
        select(Need)
        .where(Need.request_id == request_id, Need.adviser_id == adviser.id)
        .options(joinedload(Need.person))
        .order_by(Need.id)
    )
    return list(session.scalars(query))


def is_first_piece(session: Session, author_id: int, request_id: int) -> bool:
    """Say whether nobody has remarked on another piece of this author before."""
    earlier = exists().where(
        Version.made_by_id == author_id,
        Version.request_id != request_id,
        Remark.request_id == Version.request_id,
        Remark.withdrawn_at.is_(None),
    )
    return not session.scalar(select(earlier))
