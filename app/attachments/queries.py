"""Which files there are; who may see a request sees its files, but for those of inner notes."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attachments.models import Attachment
from app.requests.models import Request
from app.requests.rights import Relation
from app.requests.rules import Side


def files_of(
    session: Session, request: Request, relation: Relation
) -> Mapping[int | None, Sequence[Attachment]]:
    """Return the files that somebody who stands to the request like `relation` may have.

    They come by the id of their message; under None those that came with the request.
    """
    chosen = select(Attachment).where(Attachment.request_id == request.id)
    if relation.side is not Side.PROVIDING:
        chosen = chosen.where(Attachment.internal.is_(False))
    rows = session.scalars(chosen.order_by(Attachment.message_id, Attachment.id)).all()
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row.message_id)}


def find_file(
    session: Session, request: Request, relation: Relation, attachment_id: int
) -> Attachment | None:
    """Return one file of the request, None when there is none that may be had."""
    found = session.get(Attachment, attachment_id)
    if found is None or found.request_id != request.id:
        return None
    return found if not found.internal or relation.side is Side.PROVIDING else None


def kept_below(session: Session, person_id: int, address: str) -> dict[str, list[Attachment]]:
    """Return a person's kept files by form, for the forms below `address`."""
    rows = session.scalars(
        select(Attachment)
        .where(
            Attachment.person_id == person_id,
            Attachment.form.startswith(f"{address}/", autoescape=True),
        )
        .order_by(Attachment.id)
    )
    found: dict[str, list[Attachment]] = {}
    for row in rows:
        found.setdefault(row.form or "", []).append(row)
    return found


def kept_files(session: Session, person_id: int, form: str) -> Sequence[Attachment]:
    """Return the files kept with a draft, in the order they came."""
    return session.scalars(
        select(Attachment)
        .where(Attachment.person_id == person_id, Attachment.form == form)
        .order_by(Attachment.id)
    ).all()
