"""Files that came with words. The bytes are in the storage, by their hash."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Attachment(Base):
    """One file: kept with a draft until its words are sent, then part of the request.

    `message_id` is the message it came with; without one it came with the request itself, as the
    answer to the question `field`.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("(form IS NULL) = (request_id IS NOT NULL)", name="draft_or_sent"),
        Index("ix_attachment_person_form", "person_id", "form"),
        Index("ix_attachment_request", "request_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    form: Mapped[str | None] = mapped_column(String(200))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    field: Mapped[str] = mapped_column(String(40), default="")
    name: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    internal: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
