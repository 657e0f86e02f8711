"""Where remarks stand in the text: their anchors, and the places of these in later versions."""

from sqlalchemy import CheckConstraint, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, one_of
from app.feedback.rules import Outcome


class Anchor(Base):
    """The passage a remark is about, in the version it was made on; kept for ever.

    Offsets count code points, half-open. A remark without one is about the whole piece.
    """

    __tablename__ = "anchor"
    __table_args__ = (CheckConstraint('0 <= "start" AND "start" < "end"', name="span"),)

    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(String(32))
    suffix: Mapped[str] = mapped_column(String(32))


class Placement(Base):
    """Where an anchor stands in a later version; `confirmed_by_id` is who said so by hand."""

    __tablename__ = "placement"
    __table_args__ = (
        UniqueConstraint("remark_id", "version_id"),
        CheckConstraint(one_of("outcome", Outcome), name="outcome"),
        CheckConstraint("(outcome = 'gone') = (\"start\" IS NULL)", name="gone_has_no_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("anchor.remark_id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    start: Mapped[int | None]
    end: Mapped[int | None]
    kept: Mapped[float] = mapped_column(Float)
    method: Mapped[str] = mapped_column(String(8))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class TakenSuggestion(Base):
    """A suggestion that became part of a version; the credit stays with who wrote the remark."""

    __tablename__ = "taken_suggestion"

    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
