"""Remarks and their answers, kept as pairs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.feedback.rules import AnswerKind, Audience, RemarkKind, Weight
from app.people.models import Person


class Remark(Base):
    """One item of feedback, given with one handoff. Never changed afterwards."""

    __tablename__ = "remark"
    __table_args__ = (
        CheckConstraint(one_of("kind", RemarkKind), name="kind"),
        CheckConstraint(one_of("weight", Weight), name="weight"),
        CheckConstraint(one_of("audience", Audience), name="audience"),
        CheckConstraint("kind <> 'strength' OR weight = 'could'", name="strength_asks_nothing"),
        CheckConstraint("kind <> 'strength' OR why <> ''", name="strength_has_its_why"),
        CheckConstraint(
            "kind <> 'problem' OR weight = 'could' OR why <> ''", name="problem_has_its_why"
        ),
        Index("ix_remark_request", "request_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    visit_seq: Mapped[int]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))
    writer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    weight: Mapped[str] = mapped_column(String(8))
    audience: Mapped[str] = mapped_column(String(8), default=Audience.AUTHOR)
    where: Mapped[str] = mapped_column(Text, default="")
    see: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text, default="")
    try_next: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    writer: Mapped[Person] = relationship()
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.id", back_populates="remark")

    @property
    def answer(self) -> "Answer | None":
        """The author's last word on it."""
        return self.answers[-1] if self.answers else None


class Answer(Base):
    """What the author says to a remark. Several may follow each other; the last one counts."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint(one_of("kind", AnswerKind), name="kind"),
        CheckConstraint("kind = 'taken' OR words <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]

    remark: Mapped[Remark] = relationship(back_populates="answers")
    person: Mapped[Person] = relationship()
