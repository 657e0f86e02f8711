"""The stored intervals of a request's life; all of them copied from its ledger."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, only_where
from app.people.models import Person, Team


class StageVisit(Base):
    """One pass through one stage.

    The seconds are working seconds, set when the visit is left, with the version of the team's
    calendar they were counted by.
    """

    __tablename__ = "stage_visit"
    __table_args__ = (
        UniqueConstraint("request_id", "seq"),
        CheckConstraint("(left_at IS NULL) = (ended_by IS NULL)", name="left_has_its_reason"),
        CheckConstraint("(left_at IS NULL) = (waiting_s IS NULL)", name="left_is_measured"),
        CheckConstraint(
            "(left_at IS NULL) = (calendar_version IS NULL)", name="left_has_its_calendar"
        ),
        Index(
            "ix_stage_visit_team_left",
            *("team_id", "left_at", "stage"),
            **only_where("left_at IS NOT NULL"),
        ),
        Index(
            "ix_stage_visit_holder_entered",
            *("holder_id", "team_id", "entered_at"),
            **only_where("holder_id IS NOT NULL"),
        ),
        Index(
            "ix_stage_visit_holder_left",
            *("holder_id", "left_at"),
            **only_where("holder_id IS NOT NULL"),
        ),
        Index("ix_stage_visit_team_entered", "team_id", "entered_at", "stage", "round"),
        Index(
            "ix_stage_visit_open",
            "team_id",
            "stage",
            **only_where("left_at IS NULL"),
        ),
        Index(
            "uq_stage_visit_one_open", "request_id", unique=True, **only_where("left_at IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    seq: Mapped[int]
    stage: Mapped[str] = mapped_column(String(12))
    round: Mapped[int]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    from_team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(40))
    waiting_s: Mapped[int | None]
    in_hand_s: Mapped[int | None]
    paused_s: Mapped[int | None]
    calendar_version: Mapped[int | None]

    team: Mapped[Team] = relationship(foreign_keys=team_id)
    holder: Mapped[Person | None] = relationship()


class Pause(Base):
    """The wait for an answer, inside a visit."""

    __tablename__ = "pause"
    __table_args__ = (UniqueConstraint("request_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    seq: Mapped[int]
    visit_seq: Mapped[int]
    waiting_on: Mapped[str] = mapped_column(String(12))
    who: Mapped[str] = mapped_column(String(80), default="")
    until: Mapped[datetime | None]
    from_at: Mapped[datetime] = mapped_column(index=True)
    to_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(40))


class ConfirmationWait(Base):
    """From "done" to the requester's word."""

    __tablename__ = "confirmation_wait"
    __table_args__ = (UniqueConstraint("request_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    seq: Mapped[int]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(40))


class ReplyWait(Base):
    """From the first unanswered message of the asking side to the next answer.

    `working_s` are working seconds of the team that answered, set when it did.
    """

    __tablename__ = "reply_wait"
    __table_args__ = (UniqueConstraint("request_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    seq: Mapped[int]
    from_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    to_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(40))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    working_s: Mapped[int | None]


class Approval(Base):
    """One person asked to agree. Whoever is asked sees the request from then on."""

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("request_id", "seq"),
        Index("ix_approval_person_request", "person_id", "request_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    seq: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    agreed: Mapped[bool | None]


class Thanked(Base):
    """One person thanked for what they carried, by the event `event_seq` of the request."""

    __tablename__ = "thanked"
    __table_args__ = (
        UniqueConstraint("request_id", "seq"),
        Index("ix_thanked_person_at", "person_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    seq: Mapped[int]
    event_seq: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Link(Base):
    """How a request stands to another one: `request_id` is the `kind` of `to_id`."""

    __tablename__ = "link"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True, index=True)


class Timer(Base):
    """What will happen to a request by itself; gone when it has happened."""

    __tablename__ = "timer"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
