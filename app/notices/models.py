"""Notices, how people want them, and letters on their way."""

from datetime import datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of, only_where
from app.notices.rules import How, Reason
from app.people.models import Person
from app.requests.models import Event, Request


class Notice(Base):
    """What one person is told of one event, and why.

    `ready_at` is when anybody may know; `mail_at` when it goes by mail (None: not), together with
    what else is due then; `letter_id` is the letter it went in.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", "reason"),
        CheckConstraint(one_of("reason", Reason), name="reason"),
        Index("ix_notice_person", "person_id", "read_at", "id"),
        Index("ix_notice_person_newest", "person_id", "id"),
        Index("ix_notice_mail", "letter_id", "mail_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    ready_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mail_at: Mapped[datetime | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))

    event: Mapped[Event] = relationship()
    request: Mapped[Request] = relationship()


class Wish(Base):
    """How somebody wants to hear of one reason, where it is not the usual way."""

    __tablename__ = "notice_wish"
    __table_args__ = (
        CheckConstraint(one_of("reason", Reason), name="reason"),
        CheckConstraint(one_of("how", How), name="how"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(12), primary_key=True)
    how: Mapped[str] = mapped_column(String(12))


class QuietHours(Base):
    """When nothing is sent to somebody, in their own zone, where it is not the usual night."""

    __tablename__ = "quiet_hours"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    starts: Mapped[time]
    ends: Mapped[time]


class Letter(Base):
    """One e-mail, on its way or sent. Claimed by moving `next_try_at` on; nothing is lost.

    Its words are forgotten some days after it was sent, or long after it was given up.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_next_try", "sent_at", "next_try_at"),
        Index("ix_letter_with_words", "created_at", **only_where("body <> ''")),
        Index("ix_letter_outside", "to", "created_at", **only_where("person_id IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    reason: Mapped[str | None] = mapped_column(String(12))
    in_reply_to: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(300), default="")

    person: Mapped[Person | None] = relationship()


class RefusedMail(Base):
    """The key of a mail of somebody's that was refused, so that it is not taken for another."""

    __tablename__ = "refused_mail"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]
