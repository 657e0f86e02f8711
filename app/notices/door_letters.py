"""Letters that let somebody in. They are no notices: they come at once and cannot be ended."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.notices.letters import sign_in_letter
from app.notices.models import Letter
from app.people.links import SignInLink, make_link


def write_link_letter(session: Session, asked: SignInLink, *, url: str, at: datetime) -> bool:
    """Write the letter that was asked for, unless nobody here has the address."""
    made = make_link(session, asked, at=at)
    if made is not None:
        person, token = made
        text = sign_in_letter(person.first_name, f"{url}/sign-in/links/{token}")
        session.add(
            Letter(
                to=person.email,
                subject=text.subject,
                body=text.body,
                created_at=at,
                next_try_at=at,
            )
        )
    return True
