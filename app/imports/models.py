"""Logs that were uploaded, and what became of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.imports.rules import NAME_LIMIT, Ending
from app.people.models import Person


class LogImport(Base):
    """A log: uploaded, looked over, started by somebody, brought in by the worker, ended.

    `slot` is 1 until it ends, then NULL: there is one at a time. `content` is let go at the end.
    `cases_done` of `cases` are in the database; `report` says what became of every line.
    """

    __tablename__ = "log_import"
    __table_args__ = (
        UniqueConstraint("slot"),
        UniqueConstraint("by_id", "key"),
        CheckConstraint(one_of("ending", Ending), name="ending"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slot: Mapped[int | None] = mapped_column(default=1)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(NAME_LIMIT))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    mapping: Mapped[str] = mapped_column(Text)
    visibility: Mapped[str] = mapped_column(String(20))
    uploaded_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(10))
    error: Mapped[str] = mapped_column(String(300), default="")
    cases: Mapped[int] = mapped_column(default=0)
    cases_done: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)

    by: Mapped[Person] = relationship()
