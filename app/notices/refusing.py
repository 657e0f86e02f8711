"""A kind word to whoever wrote a mail that is not taken: why not, and how to go on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.notices.door_words import refusal_letter
from app.notices.incoming import Incoming
from app.notices.models import Letter, RefusedMail
from app.people.models import Person
from app.people.rules import is_address

DAY: Final = timedelta(days=1)
COMES_AGAIN: Final = timedelta(days=14)  # no mail server tries for longer
ANSWERS_A_DAY: Final = {True: 5, False: 1}  # to a colleague, to a stranger: so that nothing loops


@dataclass(frozen=True)
class Came:
    """What became of a mail: "taken", "again", "dropped" or "refused", and why."""

    what: str
    why: str = ""


class Unwelcome(RuntimeError):
    """A mail that is not taken; `words` tell its sender how to go on, `why` our log, in English."""

    def __init__(self, words: str, why: str) -> None:
        super().__init__(why)
        self.words, self.why = words, why


def refuse(
    session: Session,
    mail: Incoming,
    sorry: Unwelcome,
    known: Person | None,
    *,
    proven: bool,
    at: datetime,
) -> Came:
    """Write why not. A sender is easily forged: without proof it brings nobody another's words."""
    if known is None and not is_address(mail.sender):
        return Came("dropped", "nobody can be written to there")
    if known:
        _remember(session, mail, known, at=at)
    if _answered(session, mail.sender, since=at - DAY) < ANSWERS_A_DAY[known is not None]:
        own = {"subject": mail.subject, "words": mail.words} if proven else {}
        text = refusal_letter(known and known.first_name, sorry.words, **own)
        session.add(
            Letter(
                to=mail.sender[:254],
                subject=text.subject[:300],
                body=text.body,
                created_at=at,
                next_try_at=at,
            )
        )
        session.flush()
    return Came("refused", sorry.why)


def _answered(session: Session, sender: str, *, since: datetime) -> int:
    recent = (
        select(func.count())
        .select_from(Letter)
        .where(Letter.to == sender, Letter.reason.is_(None), Letter.person_id.is_(None))
        .where(Letter.created_at > since)
    )
    return session.scalar(recent) or 0


def _remember(session: Session, mail: Incoming, known: Person, *, at: datetime) -> None:
    """Keep the key of a mail, which may be delivered again."""
    old = (RefusedMail.person_id == known.id, RefusedMail.at < at - COMES_AGAIN)
    session.execute(delete(RefusedMail).where(*old))
    session.add(RefusedMail(person_id=known.id, key=mail.key, at=at))
