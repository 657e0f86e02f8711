"""Webhooks of teams, and their messages on the way."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.people.models import Person, Team
from app.requests.models import Event


class Webhook(Base):
    """An address that hears of a team's requests; `events` are the kinds it wants.

    The secret is kept as it is, because it signs; `form_key` makes a second click the same one, and
    `renewal_key` does so for a new secret, beside which the old one signs until `old_until`.
    """

    __tablename__ = "webhook"
    __table_args__ = (UniqueConstraint("team_id", "form_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    form_key: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(500))
    secret: Mapped[str] = mapped_column(String(80))
    old_secret: Mapped[str | None] = mapped_column(String(80))
    old_until: Mapped[datetime | None]
    renewal_key: Mapped[str | None] = mapped_column(String(64))
    events: Mapped[list[Any]]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship()
    made_by: Mapped[Person] = relationship()


class Delivery(Base):
    """One message to one webhook. Claimed by moving `next_try_at` on; None means no more tries."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhook_delivery_next_try_at", "next_try_at"),
        Index("ix_webhook_delivery_created_at", "webhook_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    taken_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(300), default="")

    webhook: Mapped[Webhook] = relationship()
    event: Mapped[Event] = relationship()

    @property
    def message_id(self) -> str:
        """The id a receiver sees; every try of one message carries the same."""
        return f"msg_{self.id}"

    @property
    def given_up(self) -> bool:
        """Whether nobody will try it again by themselves."""
        return self.taken_at is None and self.next_try_at is None
