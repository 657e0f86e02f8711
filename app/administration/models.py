"""What those who look after an organisation have done: append-only."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.people.models import Person


class AdminEvent(Base):
    """One act: who, when, what, on whom or what, and how it was before and after.

    `by_id` is None for what was done on the command line. `key` is that of the form, so that a
    second click does nothing. `subject` is the kind of thing (person, team, department, calendar,
    log) and `name` what it was called then.
    """

    __tablename__ = "admin_event"
    __table_args__ = (
        UniqueConstraint("by_id", "key"),
        Index("ix_admin_event_subject_subject_id", "subject", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str] = mapped_column(String(64))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]

    by: Mapped[Person | None] = relationship()
