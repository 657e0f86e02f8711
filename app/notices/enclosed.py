"""Files that came along with a mail: attached by the rules of the browser, or said to be left out.

Their bytes are stored before (`store`), since that may take a while and needs no transaction.
"""

from collections.abc import Sequence
from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attachments.models import Attachment
from app.attachments.rules import WrongFile, check_file, safe_name
from app.attachments.storage import Storage
from app.language import gettext, ngettext
from app.notices.incoming import Incoming
from app.notices.parts import File
from app.requests.models import Message, Request
from app.requests.record.recording import Act


def store(storage: Storage, mail: Incoming) -> None:
    """Keep the bytes of what can be attached."""
    for file in fit_files(mail)[0]:
        storage.put(BytesIO(file.content))


def fit_files(mail: Incoming) -> tuple[list[File], list[str]]:
    """Return the files that can be attached, and for each other one why it cannot."""
    fit: list[File] = []
    wrong = []
    for file in mail.files:
        try:
            check_file(safe_name(file.name), len(file.content), already=len(fit))
        except WrongFile as reason:
            wrong.append(str(reason))
        else:
            fit.append(file)
    return fit, wrong


def words_with_notes(mail: Incoming, wrong: Sequence[str]) -> str:
    """Return the words of a mail, and below them what of it was left out."""
    notes = []
    if mail.cut:
        notes.append(gettext("The end of it was too long and was left out."))
    if mail.too_large:
        notes.append(
            gettext(
                "What came along by mail was too large and was left out; "
                "please add it in the browser."
            )
        )
    if wrong:
        said = ngettext(
            "%(num)s file came along by mail and was left out: %(why)s",
            "%(num)s files came along by mail and were left out: %(why)s",
            len(wrong),
            why=" ".join(dict.fromkeys(wrong)),
        )
        notes.append(said)
    return "\n\n".join([mail.words, *notes])


def attach(
    session: Session, files: Sequence[File], request: Request, message: Message | None, act: Act
) -> None:
    """Attach files to a message, or to the request itself.

    A picture in the words that the request has already is left: signatures bring theirs each time.
    """
    known = set(
        session.scalars(select(Attachment.sha256).where(Attachment.request_id == request.id))
    )
    session.add_all(
        Attachment(
            person_id=act.by.id,
            request_id=request.id,
            message_id=message.id if message else None,
            name=safe_name(file.name),
            size=len(file.content),
            sha256=file.sha256,
            at=act.at,
        )
        for file in files
        if not (file.within and file.sha256 in known)
    )
    session.flush()
