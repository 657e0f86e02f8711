"""The secret address by which a calendar reads what is due for somebody."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, selectinload

from app.db import Base
from app.people.actions import digest
from app.people.models import Membership, Person
from app.rows import put


class CalendarAddress(Base):
    """The secret by which a calendar reads what is due for a person."""

    __tablename__ = "calendar_address"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]


def renew_calendar(session: Session, person: Person, *, at: datetime) -> str:
    """Return the secret of a new calendar address; the one before leads nowhere from now on."""
    secret = secrets.token_urlsafe(32)
    put(session, CalendarAddress, {"person_id": person.id}, secret_hash=digest(secret), made_at=at)
    return secret


def end_calendar(session: Session, person: Person) -> None:
    """Let the calendar address of somebody lead nowhere."""
    session.execute(delete(CalendarAddress).where(CalendarAddress.person_id == person.id))


def whose_calendar(session: Session, secret: str) -> Person | None:
    """Return the active person whose calendar has this secret, with their teams, or None."""
    return session.scalar(
        select(Person)
        .join(CalendarAddress, CalendarAddress.person_id == Person.id)
        .where(CalendarAddress.secret_hash == digest(secret), Person.is_active)
        .options(selectinload(Person.memberships).joinedload(Membership.team))
    )
