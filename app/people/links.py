"""Links that let somebody in once, within ten minutes.

Asking for one does the same whoever is asked for, so that neither the answer nor its time tells who
has an account; only the worker looks who it is.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, String, delete, false, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from app.db import Base
from app.people.actions import Unusable, digest
from app.people.models import Invitation, Person
from app.people.queries import person_by_email
from app.people.rules import Door, fold_email
from app.rows import forget_first

GOOD_FOR: Final = timedelta(minutes=10)
KEPT_FOR: Final = timedelta(days=1)


class SignInLink(Base):
    """Somebody asked for a link to sign in. `there` is where they wanted to go.

    Without `token_hash` the worker did not write its letter yet. One made on the command line opens
    also where only a provider lets in.
    """

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    there: Mapped[str] = mapped_column(String(300), default="")
    asked_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    from_command: Mapped[bool] = mapped_column(default=False, server_default=false())

    person: Mapped[Person | None] = relationship()

    @property
    def door(self) -> Door:
        """The door that it is."""
        return Door.COMMAND if self.from_command else Door.LINK


def ask_link(session: Session, *, email: str, there: str, at: datetime) -> None:
    """Ask for a link for whoever has this address, if anybody."""
    there = there if len(there) <= 300 else ""
    session.add(SignInLink(email=fold_email(email), there=there, asked_at=at))


def links_asked(session: Session, *, limit: int) -> Sequence[SignInLink]:
    """Return the links that were asked for and not made yet, the oldest first."""
    return session.scalars(
        select(SignInLink)
        .where(SignInLink.token_hash.is_(None))
        .order_by(SignInLink.id)
        .limit(limit)
    ).all()


def make_link(session: Session, asked: SignInLink, *, at: datetime) -> tuple[Person, str] | None:
    """Return whom a link is for and its token, good until 10 minutes after `at` (UTC).

    None for an address that nobody here has, and when another worker was faster.
    """
    person = person_by_email(session, asked.email)
    waiting = (SignInLink.id == asked.id, SignInLink.token_hash.is_(None))
    if person is None or not person.is_active or asked.asked_at < at - KEPT_FOR:
        session.execute(delete(SignInLink).where(*waiting))
        return None
    token = secrets.token_urlsafe(32)
    made = session.execute(
        update(SignInLink)
        .where(*waiting)
        .values(token_hash=digest(token), person_id=person.id, expires_at=at + GOOD_FOR)
        .execution_options(synchronize_session=False)
    )
    return (person, token) if made.rowcount else None  # type: ignore[attr-defined]  # an UPDATE


def let_in(session: Session, person: Person, *, at: datetime) -> str:
    """Return the token of a link for `person`, made on the command line."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignInLink(
            email=person.email,
            asked_at=at,
            person_id=person.id,
            token_hash=digest(token),
            expires_at=at + GOOD_FOR,
            from_command=True,
        )
    )
    return token


def find_link(session: Session, token: str, *, at: datetime) -> tuple[SignInLink, Person]:
    """Return a usable link and whom it is for. :raises Unusable: when there is none."""
    link = session.scalar(
        select(SignInLink)
        .where(SignInLink.token_hash == digest(token))
        .options(joinedload(SignInLink.person))
    )
    if link is None or link.used_at is not None or not _is_good(link, at):
        raise Unusable("This link was used already, or it is older than 10 minutes.")
    if link.person is None or not link.person.is_active:
        raise Unusable("This link is for nobody who can sign in.")
    return link, link.person


def use_link(session: Session, link: SignInLink, *, at: datetime) -> None:
    """Use a link up. :raises Unusable: when somebody was faster."""
    used = session.execute(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
        .values(used_at=at)
        .execution_options(synchronize_session=False)
    )
    if not used.rowcount:  # type: ignore[attr-defined]  # an UPDATE has one
        raise Unusable("This link was used already.")


def forget_old_links(session: Session, *, at: datetime) -> int:
    """Forget links that were asked for so long ago that they open nothing; return how many."""
    return forget_first(session, SignInLink, SignInLink.asked_at < at - KEPT_FOR)


def forget_links(session: Session, person: Person, *, at: datetime) -> None:
    """End every link of a person that is still on its way, invitations too."""
    session.execute(delete(SignInLink).where(SignInLink.person_id == person.id))
    open_ones = (Invitation.person_id == person.id, Invitation.expires_at > at)
    session.execute(update(Invitation).where(*open_ones).values(expires_at=at))


def _is_good(link: SignInLink, at: datetime) -> bool:
    return link.expires_at is not None and at < link.expires_at
