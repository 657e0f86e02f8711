"""Remarks and their answers, kept as pairs."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.feedback.places import Anchor, TakenSuggestion
from app.feedback.rules import AnswerKind, Audience, NeedKind, RemarkKind, Weight
from app.people.models import Person


class Remark(Base):
    """One item of feedback, given with one handoff. Its words never change afterwards.

    The author reads it from `released_at` on; `withdrawn_at` says that its handoff was taken back.
    `replacement` is the text its writer suggests for the passage it is anchored to.
    """

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
    replacement: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    released_at: Mapped[datetime] = mapped_column(index=True)
    withdrawn_at: Mapped[datetime | None]

    writer: Mapped[Person] = relationship()
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.id", back_populates="remark")
    verdicts: Mapped[list["Verdict"]] = relationship(order_by="Verdict.id")
    anchor: Mapped[Anchor | None] = relationship()
    helped: Mapped[list["Helped"]] = relationship()
    taken: Mapped[TakenSuggestion | None] = relationship()

    @property
    def answer(self) -> "Answer | None":
        """The author's last word on it."""
        return self.answers[-1] if self.answers else None

    @property
    def settled(self) -> bool:
        """Whether who wrote it (or the lead, when they are gone) has said that it is settled."""
        return bool(self.verdicts) and self.verdicts[-1].settled

    @property
    def asked_again_at(self) -> datetime | None:
        """When its writer last said "still open", None when nobody did."""
        again = [verdict.at for verdict in self.verdicts if not verdict.settled]
        return again[-1] if again else None

    @property
    def waits(self) -> bool:
        """Whether an answer is due: none yet, or none since it was found still open."""
        if self.settled:
            return False
        again = self.asked_again_at
        return self.answer is None or (again is not None and self.answer.at <= again)


class Answer(Base):
    """What the author says to a remark. Several may follow each other; the last one counts.

    An earlier one is `replaced`. `team_id` is the team that gave the remark: what came of its
    advice lies together, by its time. None is one that older code wrote, until `place_answers`.
    """

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint(one_of("kind", AnswerKind), name="kind"),
        CheckConstraint("kind IN ('taken', 'thanks') OR words <> ''", name="reason_given"),
        Index("ix_answer_team_at", "team_id", "replaced", "kind", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    replaced: Mapped[bool] = mapped_column(default=False, server_default=false())

    remark: Mapped[Remark] = relationship(back_populates="answers")
    person: Mapped[Person] = relationship()


class Verdict(Base):
    """Whether an answer settles a remark, said by who wrote it. The last word counts.

    `as_lead` says that a lead spoke because the writer is gone.
    """

    __tablename__ = "verdict"

    id: Mapped[int] = mapped_column(primary_key=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    settled: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    as_lead: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


class Helped(Base):
    """An author's "this helped" to one remark, which a team gave (`team_id`, as of an answer)."""

    __tablename__ = "helped"
    __table_args__ = (Index("ix_helped_team_at", "team_id", "at"),)

    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    at: Mapped[datetime]


class Need(Base):
    """What an author would have needed of the advice of one visit. Its adviser alone reads it."""

    __tablename__ = "need"
    __table_args__ = (
        UniqueConstraint("request_id", "visit_seq", "adviser_id", "person_id", "kind"),
        CheckConstraint(one_of("kind", NeedKind), name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    visit_seq: Mapped[int]
    adviser_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]

    person: Mapped[Person] = relationship(foreign_keys=person_id)


class NudgeCount(Base):
    """How often a hint was shown, and what came of it. No text, no person."""

    __tablename__ = "nudge_count"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(24), primary_key=True)
    shown: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)
