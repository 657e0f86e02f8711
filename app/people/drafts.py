"""Words that are not sent yet, kept on the server: a closed laptop loses none of them."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Delete, Select, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from app.db import begins_with
from app.people.models import Draft
from app.rows import carry_out

LIMIT = 200_000


class TooMuch(ValueError):
    """More words than a draft keeps."""


def keep_draft(
    session: Session, person_id: int, form: str, fields: Sequence[tuple[str, str]], *, at: datetime
) -> None:
    """Keep what was typed into `form`; nothing but spaces is no draft.

    :raises TooMuch: beyond `LIMIT` characters.
    """
    if sum(len(name) + len(value) for name, value in fields) > LIMIT:
        raise TooMuch
    if not any(value.strip() for _, value in fields):
        drop_draft(session, person_id, form)
        return
    draft = session.get(Draft, (person_id, form)) or Draft(person_id=person_id, form=form)
    draft.fields, draft.saved_at = [list(pair) for pair in fields], at
    session.add(draft)


def drop_draft(session: Session, person_id: int, form: str) -> None:
    """Forget a draft: its words were sent, or are not wanted."""
    carry_out(session, _draft_gone(), {"owner": person_id, "address": form})


@cache
def _draft_gone() -> Delete:
    mine = Draft.person_id == bindparam("owner"), Draft.form == bindparam("address")
    return delete(Draft).where(*mine)


def drafts_below(session: Session, person_id: int, address: str) -> dict[str, Draft]:
    """Return a person's drafts by form, of `address` itself and the forms below it."""
    values = {"owner": person_id, "address": address, "below": f"{address}/"}
    return {draft.form: draft for draft in session.scalars(drafts_kept(), values)}


@cache
def drafts_kept() -> Select[Draft]:
    """Select the drafts of `owner` at `address` and `below` it; built once."""
    below = begins_with(Draft.form, "below")
    return select(Draft).where(
        Draft.person_id == bindparam("owner"), or_(Draft.form == bindparam("address"), below)
    )
