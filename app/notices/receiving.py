"""From a mail that came in to a message or a request, or to a kind refusal."""

import re
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.catalogue.offered import find_offer
from app.language import gettext, gettext_noop, ngettext, speaking
from app.notices.enclosed import attach, fit_files, words_with_notes
from app.notices.incoming import Incoming
from app.notices.models import RefusedMail
from app.notices.refusing import Came, Unwelcome, refuse
from app.notices.tokens import Meant, read_address
from app.people.drafts import TooMuch, keep_draft
from app.people.models import Draft, Person
from app.people.queries import person_by_email, teams_of
from app.people.rules import fold_email
from app.requests.acts.raising import Wish, raise_request
from app.requests.acts.words import write_message
from app.requests.queries import find_visible
from app.requests.record.keys import AlreadyDone
from app.requests.record.recording import Act
from app.requests.rules import NotNow, NotYours


def receive(
    session: Session, mail: Incoming, *, secrets: list[str], url: str, own: str, at: datetime
) -> Came:
    """Take an answer or a new request, or refuse it kindly; `own` is where Baton writes from.

    Taken is what comes to a signed address from the person it was made for. Automatic mail and our
    own is dropped without a word: answering it is how loops begin.
    """
    if mail.automatic or not mail.sender or fold_email(mail.sender) == fold_email(own):
        return Came("dropped", mail.automatic or "no sender, or our own")
    meant = next((m for a in mail.to if (m := read_address(a, secrets=secrets))), None)
    known = person_by_email(session, mail.sender)
    with speaking(known.language if known else None):
        return _take(session, mail, meant, known, url, at)


def _take(
    session: Session,
    mail: Incoming,
    meant: Meant | None,
    known: Person | None,
    url: str,
    at: datetime,
) -> Came:
    """Take a mail, or refuse it in the language of its sender, `known` when they are here."""
    if known and session.get(RefusedMail, (known.id, mail.key)):
        return Came("again")
    try:
        person = _sender(session, mail, meant, url)
        if meant and meant.request_id:
            _answer(session, mail, meant.request_id, Act(person, at, mail.key), url)
        elif meant and meant.type_id:
            _raise(session, mail, meant.type_id, Act(person, at, mail.key), url)
    except AlreadyDone:
        return Came("again")
    except Unwelcome as sorry:
        proven = known is not None and meant is not None and meant.person_id == known.id
        return refuse(session, mail, sorry, known, proven=proven, at=at)
    return Came("taken")


def _unwelcome(sentence: str, url: str, **values: str) -> Unwelcome:
    return Unwelcome(gettext(sentence, url=url, **values), sentence.split(".")[0])


def _sender(session: Session, mail: Incoming, meant: Meant | None, url: str) -> Person:
    """Return the person whose address it is. :raises Unwelcome: when somebody else wrote."""
    if meant is None:
        raise _unwelcome(ASK, url)
    person = session.get(Person, meant.person_id)
    if person is None or not person.is_active or fold_email(mail.sender) != person.email:
        raise _unwelcome(NOT_YOU, url)
    if not mail.words:
        raise _unwelcome(EMPTY, url)
    return person


def _answer(session: Session, mail: Incoming, request_id: int, act: Act, url: str) -> None:
    request = find_visible(session, act.by, request_id)
    if request is None:
        raise _unwelcome(ASK, url)
    files, wrong = fit_files(mail)
    try:
        said = words_with_notes(mail, wrong)
        message = write_message(session, request, words=said, act=act)
    except (NotNow, NotYours) as reason:
        words = f"{reason} {url}/requests/{request.id}"
        raise Unwelcome(words, "the request takes no words from them now") from reason
    attach(session, files, request, message, act)


def _raise(session: Session, mail: Incoming, type_id: int, act: Act, url: str) -> None:
    """Raise a request; where its form asks for more than a mail says, words wait in the form."""
    offered = find_offer(session, type_id)
    if offered is None:
        raise _unwelcome(ASK, url)
    title = AGAIN.sub("", mail.subject).strip() or mail.words.splitlines()[0]
    mine = sorted(teams_of(act.by))
    if len(mine) == 1 and not any(question.required for question in offered.questions):
        files, wrong = fit_files(mail)
        wish = Wish(title[:200], words_with_notes(mail, wrong), [], mine[0])
        attach(session, files, raise_request(session, offered, wish, act=act), None, act)
        return
    form = f"/ask/types/{offered.id}"
    try:
        _keep(session, act, form, title=title[:200], details=words_with_notes(mail, []))
    except TooMuch:
        raise _unwelcome(TOO_MUCH, url, form=form) from None
    raise _unwelcome(MORE, url, form=form, files=_without_files(len(mail.files)))


def _without_files(count: int) -> str:
    said = ngettext(
        "%(num)s file that came along could not wait with them; please add it there.",
        "%(num)s files that came along could not wait with them; please add them there.",
        count,
    )
    return f"\n{said}" if count else ""


def _keep(session: Session, act: Act, form: str, *, title: str, details: str) -> None:
    """Keep words in a form that is not sent yet; what stands there already stays before them.

    :raises TooMuch: where the form holds as many words as it can.
    """
    draft = session.get(Draft, (act.by.id, form))
    there = dict(draft.fields) if draft else {}
    before = there.get("details", "")
    words = {"title": title, **there, "details": f"{before}\n\n{details}".strip()}
    keep_draft(session, act.by.id, form, list(words.items()), at=act.at)


AGAIN: Final = re.compile(r"^((re|fwd?|aw|wg)\s*:\s*)+", re.I)
ASK: Final = gettext_noop(
    "We could not tell which request your mail belongs to. If you would like to ask a team for\n"
    "something, here is the way: %(url)s/ask"
)
NOT_YOU: Final = gettext_noop(
    "This answer came from another address than the one we wrote to, so we did not take it.\n"
    "Please answer from the address that got our mail, or here: %(url)s"
)
MORE: Final = gettext_noop(
    "There are a few more questions to it. Your words wait for you in the form, and are sent\n"
    "from there: %(url)s%(form)s%(files)s"
)
TOO_MUCH: Final = gettext_noop(
    "There are a few more questions to it, and the form holds too many words already, so that\n"
    "yours were not kept. Please put them in there yourself: %(url)s%(form)s"
)
EMPTY: Final = gettext_noop(
    "There were no words of yours in your mail, only what it quoted. You can write here: %(url)s"
)
