"""The text of a piece, frozen in numbered versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.documents.rules import Origin
from app.people.models import Person


class Version(Base):
    """Frozen Markdown. Never changed after it was made; a correction is the next version.

    `base_number` is the version it was made from; for a restored one, the version it restores.
    """

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("request_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(one_of("origin", Origin), name="origin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    words: Mapped[int]
    note: Mapped[str] = mapped_column(String(280), default="")
    origin: Mapped[str] = mapped_column(String(20), default=Origin.WRITTEN)
    base_number: Mapped[int] = mapped_column(default=0)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    made_by: Mapped[Person] = relationship()
    word: Mapped["ChangesAnswer | None"] = relationship()

    @property
    def is_unanswered(self) -> bool:
        """Whether the author has a word to say on the small changes it holds."""
        return self.origin == Origin.SMALL_CHANGES and self.word is None


class VersionFile(Base):
    """The file a version was read from, kept as it came, with what could not be carried over."""

    __tablename__ = "version_file"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))
    lost: Mapped[list[Any]] = mapped_column(default=list)  # sentences
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Look(Base):
    """The newest version that somebody has had before their eyes."""

    __tablename__ = "look"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    number: Mapped[int]
    at: Mapped[datetime]


class ChangesAnswer(Base):
    """The author's word on a version that somebody else made: confirmed, or what to look at again.

    `for_author` says that a lead spoke because the author is gone.
    """

    __tablename__ = "changes_answer"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    for_author: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]

    person: Mapped[Person] = relationship()
