"""From a mail that came in to a message, or to a kind refusal."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.notices.incoming import Incoming
from app.notices.models import Letter
from app.notices.tokens import read_reply_address
from app.people.models import Person
from app.people.queries import person_by_email
from app.people.rules import fold_email
from app.requests.acts.words import write_message
from app.requests.queries import find_visible
from app.requests.record.recording import Act, AlreadyDone
from app.requests.rules import NotNow, NotYours

ONCE_A: Final = timedelta(days=1)  # a stranger is answered once in this time, so that nothing loops


@dataclass(frozen=True)
class Came:
    """What became of a mail: "taken", "again", "dropped" or "refused", and why."""

    what: str
    why: str = ""


def receive(
    session: Session, mail: Incoming, *, secrets: list[str], url: str, own: str, at: datetime
) -> Came:
    """Take an answer, or refuse it kindly with a letter; `own` is the address Baton writes from.

    Taken is what comes to a signed address from the person it was made for. Automatic mail and our
    own is dropped without a word: answering it is how loops begin.
    """
    if mail.automatic or not mail.sender or fold_email(mail.sender) == fold_email(own):
        return Came("dropped", mail.automatic or "no sender, or our own")
    meant = next((r for a in mail.to if (r := read_reply_address(a, secrets=secrets))), None)
    if meant is None:
        return _refuse(session, mail, ASK.format(url=url), at=at)
    person = session.get(Person, meant[1])
    if person is None or not person.is_active or fold_email(mail.sender) != person.email:
        return _refuse(session, mail, NOT_YOU.format(url=url), at=at)
    if not mail.words:
        return _refuse(session, mail, EMPTY.format(url=url), at=at)
    request = find_visible(session, person, meant[0])
    if request is None:
        return _refuse(session, mail, ASK.format(url=url), at=at)
    try:
        write_message(session, request, words=mail.words, act=Act(person, at, mail.key))
    except AlreadyDone:
        return Came("again")
    except (NotNow, NotYours) as reason:
        return _refuse(session, mail, f"{reason} {url}/requests/{request.id}", at=at)
    return Came("taken")


ASK = """we could not tell which request your mail belongs to. If you would like to ask a team for
something, here is the way: {url}/ask"""
NOT_YOU = """this answer came from another address than the one we wrote to, so we did not take it.
Please answer from the address that got our mail, or here: {url}"""
EMPTY = (
    """there were no words of yours in your mail, only what it quoted. You can write here: {url}"""
)


def _refuse(session: Session, mail: Incoming, sentence: str, *, at: datetime) -> Came:
    known = person_by_email(session, mail.sender)
    recent = (
        select(func.count())
        .select_from(Letter)
        .where(Letter.to == mail.sender, Letter.reason.is_(None), Letter.person_id.is_(None))
        .where(Letter.created_at > at - ONCE_A)
    )
    if not session.scalar(recent):
        name = known.first_name if known else "there"
        session.add(
            Letter(
                to=mail.sender[:254],
                subject=f"Re: {mail.subject or 'your mail'}"[:300],
                body=f"Hello {name},\n\n{sentence}\n\nYour words:\n\n{mail.words[:5000]}\n",
                created_at=at,
                next_try_at=at,
            )
        )
        session.flush()
    return Came("refused", sentence.split(".")[0])
