"""What one person wrote, raised, answered and set, for them alone, as one JSON document."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.archive.rows import as_object
from app.attachments.models import Attachment
from app.documents.models import Version
from app.feedback.models import Answer, Remark, Verdict
from app.notices.models import QuietHours, Wish
from app.people.models import Absence, Draft, LoginSession, Membership, Person, Team
from app.requests.attention import Watch
from app.requests.models import Brief, Message, Request
from app.requests.search.saved import SavedView

Columns = Sequence[InstrumentedAttribute[Any]]
# By name: whose it is, and what of it is told. Nobody else's words, and no key or hash.
OWN: Final[dict[str, tuple[InstrumentedAttribute[Any], Columns]]] = {
    "you": (
        Person.id,
        (Person.name, Person.email, Person.works, Person.language, Person.is_admin),
    ),
    "teams": (Membership.person_id, (Team.name, Membership.role)),
    "signed_in": (
        LoginSession.person_id,
        (
            LoginSession.created_at,
            LoginSession.seen_at,
            LoginSession.revoked_at,
            LoginSession.browser,
        ),
    ),
    "away": (Absence.person_id, (Absence.first_day, Absence.last_day)),
    "wishes": (Wish.person_id, (Wish.reason, Wish.how)),
    "quiet_hours": (QuietHours.person_id, (QuietHours.starts, QuietHours.ends)),
    "searches": (SavedView.person_id, (SavedView.name, SavedView.query)),
    "followed": (Watch.person_id, (Watch.request_id, Watch.since)),
    "drafts": (Draft.person_id, (Draft.form, Draft.fields, Draft.saved_at)),
    "requests": (
        Request.requester_id,
        (
            Request.id,
            Request.title,
            Request.state,
            Request.raised_at,
            Request.ended_at,
            Brief.details,
            Brief.answers,
        ),
    ),
    "messages": (
        Message.author_id,
        (Message.request_id, Message.at, Message.internal, Message.body),
    ),
    "versions": (
        Version.made_by_id,
        (Version.request_id, Version.number, Version.created_at, Version.note, Version.body),
    ),
    "remarks": (
        Remark.writer_id,
        (
            *(Remark.id, Remark.request_id, Remark.kind, Remark.weight, Remark.where),
            *(Remark.see, Remark.why, Remark.try_next, Remark.replacement, Remark.created_at),
        ),
    ),
    "answers": (
        Answer.person_id,
        (Answer.remark_id, Answer.kind, Answer.words, Answer.at),
    ),
    "verdicts": (Verdict.person_id, (Verdict.remark_id, Verdict.words, Verdict.at)),
    "files": (
        Attachment.person_id,
        (Attachment.request_id, Attachment.name, Attachment.size, Attachment.at),
    ),
}
AT_ONCE: Final = 200  # rows read at a time; a version may be long


def own_data(session: Session, person: Person) -> Iterator[str]:
    """Yield the document piece by piece, as it is read."""
    yield "{"
    for number, name in enumerate(OWN):
        yield f"{',' if number else ''}\n{json.dumps(name)}: ["
        for place, values in enumerate(_rows(session, name, person.id)):
            yield f"{',' if place else ''}\n  {json.dumps(values, ensure_ascii=False)}"
        yield "]"
    yield "\n}\n"


def _rows(session: Session, name: str, person_id: int) -> Iterator[dict[str, Any]]:
    owner, columns = OWN[name]
    query: Select[Any] = select(*columns).where(owner == person_id)
    if name == "teams":
        query = query.join_from(Membership, Team)
    elif name == "requests":
        query = query.join_from(Request, Brief, isouter=True)
    query = query.order_by(*owner.class_.__table__.primary_key.columns)
    rows = session.execute(query, execution_options={"yield_per": AT_ONCE})
    for row in rows.mappings():
        yield as_object(columns, row)  # type: ignore[arg-type]
