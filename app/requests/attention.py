"""What people have seen of a request, which they follow, and which of its forms they have used."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.people.models import Person
from app.rows import forget, put

HERE_FOR: Final = 45  # seconds after the last sign of life


class Seen(Base):
    """Up to when somebody has seen a request."""

    __tablename__ = "seen"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    at: Mapped[datetime]


class ActKey(Base):
    """The key of a form that has been acted on, so that a second click does nothing."""

    __tablename__ = "act_key"
    __table_args__ = (Index("ix_act_key_at", "at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    at: Mapped[datetime]


class Watch(Base):
    """Somebody who wants to hear of a request beyond their own part in it."""

    __tablename__ = "watch"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    since: Mapped[datetime]


class Presence(Base):
    """Somebody who has a request open right now. It is advice, never a lock."""

    __tablename__ = "presence"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]
    writing: Mapped[bool] = mapped_column(default=False)


def here_now(
    session: Session, request_id: int, *, but: int, at: datetime
) -> list[tuple[str, bool]]:
    """Return (name, whether they write) of those who have a request open, `but` one person."""
    rows = session.execute(
        select(Person.name, Presence.writing)
        .join(Person, Person.id == Presence.person_id)
        .where(
            Presence.request_id == request_id,
            Presence.person_id != but,
            Presence.at > at - timedelta(seconds=HERE_FOR),
        )
        .order_by(Person.name, Person.id)
        .limit(5)
    )
    return [(row[0], row[1]) for row in rows]


def be_here(
    session: Session, request_id: int, person_id: int, *, writing: bool, at: datetime
) -> None:
    """Say that somebody has a request open."""
    keys = {"request_id": request_id, "person_id": person_id}
    put(session, Presence, keys, at=at, writing=writing)


def forget_presence(session: Session, *, at: datetime) -> int:
    """Forget who was here more than a day before `at` (UTC); return how many.

    By no index: what is left is a day's, and each sign of life would have to be put into it.
    """
    return forget(session, Presence, Presence.at < at - timedelta(days=1), by=Presence.at)
