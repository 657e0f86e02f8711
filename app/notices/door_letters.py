"""Letters that let somebody in, or tell that the way in changed.

They are no notices: they come at once and cannot be ended.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.language import speaking
from app.notices.door_words import changed_letter, sign_in_letter
from app.notices.letters import Text
from app.notices.models import Letter
from app.people.links import SignInLink, make_link
from app.people.models import Person
from app.people.rules import DoorChange


def write_link_letter(session: Session, asked: SignInLink, *, url: str, at: datetime) -> bool:
    """Write the letter that was asked for, unless nobody here has the address."""
    made = make_link(session, asked, at=at)
    if made is not None:
        person, token = made
        with speaking(person.language):
            text = sign_in_letter(person.first_name, f"{url}/sign-in/links/{token}")
        _post(session, person.email, text, at=at)
    return True


def write_change_letter(
    session: Session,
    person: Person,
    change: DoorChange,
    what: str,
    *,
    to: str,
    url: str,
    at: datetime,
) -> None:
    """Tell somebody at the address `to` what changed about how they come in."""
    with speaking(person.language):
        text = changed_letter(person.first_name, change, what, url=url)
    _post(session, to, text, at=at)


def _post(session: Session, to: str, text: Text, *, at: datetime) -> None:
    session.add(Letter(to=to, subject=text.subject, body=text.body, created_at=at, next_try_at=at))
