"""Which files there are; who may see a request sees its files, but for those of inner notes."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.attachments.models import Attachment
from app.db import begins_with
from app.requests.models import Request
from app.requests.rights import Relation
from app.requests.rules import Side


def files_of(
    session: Session, request: Request, relation: Relation
) -> Mapping[int | None, Sequence[Attachment]]:
    """Return the files that somebody who stands to the request like `relation` may have.

    They come by the id of their message; under None those that came with the request.
    """
    chosen = _files(inner=relation.side is Side.PROVIDING)
    rows = session.scalars(chosen, {"request_id": request.id}).all()
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row.message_id)}


@cache
def _files(*, inner: bool) -> Select[Attachment]:
    chosen = all_files()
    if not inner:
        chosen = chosen.where(Attachment.internal.is_(False))
    return chosen.order_by(Attachment.message_id, Attachment.id)


@cache
def all_files() -> Select[Attachment]:
    """Select every file of `request_id`, those of inner notes too; built once."""
    return select(Attachment).where(Attachment.request_id == bindparam("request_id"))


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
    values = {"owner": person_id, "below": f"{address}/"}
    rows = session.scalars(files_kept(), values)
    found: dict[str, list[Attachment]] = {}
    for row in rows:
        found.setdefault(row.form or "", []).append(row)
    return found


@cache
def files_kept() -> Select[Attachment]:
    """Select the files of `owner` kept `below` an address; built once."""
    below = begins_with(Attachment.form, "below")
    return (
        select(Attachment)
        .where(Attachment.person_id == bindparam("owner"), below)
        .order_by(Attachment.id)
    )


def kept_files(session: Session, person_id: int, form: str) -> Sequence[Attachment]:
    """Return the files kept with a draft, in the order they came."""
    return session.scalars(
        select(Attachment)
        .where(Attachment.person_id == person_id, Attachment.form == form)
        .order_by(Attachment.id)
    ).all()
