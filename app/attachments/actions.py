"""Keeping files with a draft, letting them go, and sending them along."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import IO

from sqlalchemy import Update, bindparam, update
from sqlalchemy.orm import Session

from app.attachments.models import Attachment
from app.attachments.queries import kept_files
from app.attachments.rules import check_file, safe_name
from app.attachments.storage import Storage
from app.requests.models import Message, Request
from app.rows import carry_out


@dataclass(frozen=True)
class Stored:
    """A file whose bytes are in the storage, and of which no row knows yet."""

    name: str
    size: int
    sha256: str


def store_file(storage: Storage, *, name: str, source: IO[bytes], already: int = 0) -> Stored:
    """Store what is to be kept beside `already` others. It takes a while, so not in a transaction.

    :raises WrongFile: when it is not taken; nothing refers to it then.
    """
    name = safe_name(name)
    check_file(name, 1, already=already)
    sha256, size = storage.put(source)
    check_file(name, size)
    return Stored(name, size, sha256)


def keep_file(
    session: Session, stored: Stored, *, person_id: int, form: str, field: str = "", at: datetime
) -> Attachment:
    """Keep a file with the draft of `form` until its words are sent.

    :raises WrongFile: when there are too many by now.
    """
    others = kept_files(session, person_id, form)
    for other in others:
        if (other.name, other.sha256, other.field) == (stored.name, stored.sha256, field):
            return other  # sent twice by a page that had kept it already
    check_file(stored.name, stored.size, already=len(others))
    kept = Attachment(person_id=person_id, form=form, field=field, at=at, **asdict(stored))
    session.add(kept)
    session.flush()
    return kept


def drop_file(session: Session, person_id: int, attachment_id: int) -> bool:
    """Let a file go that was not sent yet; False when there is no such file of theirs."""
    kept = session.get(Attachment, attachment_id)
    if kept is None or kept.person_id != person_id or kept.form is None:
        return False
    session.delete(kept)
    return True


def give_files_back(session: Session, message: Message, form: str) -> None:
    """Put the files of a message that was taken back into its draft again."""
    session.execute(
        update(Attachment)
        .where(Attachment.message_id == message.id)
        .values(form=form, request_id=None, message_id=None, internal=False)
    )


def send_kept(
    session: Session, person_id: int, form: str, request: Request, message: Message | None
) -> None:
    """Send the files that are kept with the draft of `form` along with a message."""
    values = {
        "owner": person_id,
        "address": form,
        "sent_with": request.id,
        "said": message.id if message else None,
        "inner": message.internal if message else False,
    }
    carry_out(session, _kept_sent(), values)


@cache
def _kept_sent() -> Update:
    kept = Attachment.person_id == bindparam("owner"), Attachment.form == bindparam("address")
    return (
        update(Attachment)
        .where(*kept)
        .values(
            form=None,
            request_id=bindparam("sent_with"),
            message_id=bindparam("said"),
            internal=bindparam("inner"),
        )
    )


def send_files(
    session: Session, files: Sequence[Attachment], request: Request, message: Message | None
) -> None:
    """Send kept files along with a message, or with the request itself."""
    if not files:
        return
    session.flush()
    session.execute(
        update(Attachment)
        .where(Attachment.id.in_([kept.id for kept in files]), Attachment.form.is_not(None))
        .values(
            form=None,
            request_id=request.id,
            message_id=message.id if message else None,
            internal=message.internal if message else False,
        )
    )
