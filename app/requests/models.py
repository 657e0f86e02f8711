"""The stored request: its events, and what follows from them, kept for speed.

`event` and `message` are append-only. Every column of `request` below the line, every row
of `party` and every stored interval (`intervals`) is copied from `life.ledger.Ledger`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.catalogue.models import RequestType
from app.catalogue.rules import Visibility
from app.db import Base, one_of, only_where
from app.people.models import Person, Team
from app.requests.rules import OPEN, Kind, Side, State

OPEN_ONLY = only_where("ended_at IS NULL")
ASKED_BACK_ONLY = only_where(f"turn_side = '{Side.ASKING}' AND ended_at IS NULL")
DONE_ONLY, HELD_ONLY = only_where("done_at IS NOT NULL"), only_where("holder_id IS NOT NULL")
ASKED_ONLY = only_where("asked_id IS NOT NULL")
MERGED_ONLY = only_where("merged_into_id IS NOT NULL")
# Promises of what is over: those of open work have an index of their own, of few rows.
OVER_ONLY = only_where("done_at IS NOT NULL OR ended_at IS NOT NULL")


class Request(Base):
    """One piece of service, asked by one team of another. Bodies live in `Brief`, never here."""

    __tablename__ = "request"
    __table_args__ = (
        CheckConstraint(one_of("state", State), name="state"),
        CheckConstraint(one_of("visibility", Visibility), name="visibility"),
        CheckConstraint(
            "(done_at IS NOT NULL) OR state NOT IN ('done', 'confirmed')", name="done_has_its_time"
        ),
        CheckConstraint(
            "(ended_at IS NOT NULL) = (state IN ('confirmed', 'declined', 'withdrawn', 'merged'))",
            name="ended_has_its_time",
        ),
        UniqueConstraint("source", "source_ref"),
        Index("ix_request_team_state", "team_id", "state", "raised_at", "id"),
        Index("ix_request_holder_state", "holder_id", "state", "turn_since", **HELD_ONLY),
        Index("ix_request_team_done", "team_id", "done_at", **DONE_ONLY),
        Index("ix_request_type_done", "type_id", "done_at", **DONE_ONLY),
        Index("ix_request_team_raised", "team_id", "raised_at"),
        Index("ix_request_team_due", "team_id", "due_at", **OVER_ONLY),
        Index("ix_request_team_respond", "team_id", "respond_by", **OVER_ONLY),
        # Lists that go on for ever, in the order in which they are read.
        Index("ix_request_team_ended", "team_id", "ended_at", "id"),
        Index("ix_request_requester_raised", "requester_id", "raised_at", "id"),
        Index("ix_request_raised", "raised_at", "id"),
        Index("ix_request_requester_merged", "requester_id", "raised_at", "id", **MERGED_ONLY),
        Index("ix_request_holder_raised", "holder_id", "raised_at", "id", **HELD_ONLY),
        Index("ix_request_type_raised", "type_id", "raised_at", "id"),
        Index("ix_request_asking_raised", "asking_team_id", "raised_at", "id"),
        # What is open stays few however long the archive grows.
        Index("ix_request_open", "raised_at", "id", **OPEN_ONLY),
        Index("ix_request_requester_open", "requester_id", "raised_at", "id", **OPEN_ONLY),
        Index("ix_request_asked_to_agree", "asked_id", **ASKED_ONLY),
        Index("ix_request_asked_back", "requester_id", "state", **ASKED_BACK_ONLY),
        Index(
            "ix_request_team_open",
            *("team_id", "done_at", "ended_at", "raised_at", "id", "state"),
            *("due_at", "respond_by", "first_response_at", "reopenings"),
            **only_where("done_at IS NULL AND ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    type_id: Mapped[int] = mapped_column(ForeignKey("request_type.id"))
    requester_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    visibility: Mapped[str] = mapped_column(String(12), default=Visibility.BOTH_TEAMS)
    source: Mapped[str | None] = mapped_column(String(40))
    source_ref: Mapped[str | None] = mapped_column(String(80))
    # ---- what follows from the events
    version: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(12))
    asking_team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    stage: Mapped[str] = mapped_column(String(12))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    turn_side: Mapped[str] = mapped_column(String(12), default=Side.PROVIDING)
    turn_since: Mapped[datetime]
    raised_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    respond_by: Mapped[datetime | None]
    first_response_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    last_event_at: Mapped[datetime]
    last_public_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    expected_at: Mapped[datetime | None]
    stage_due_at: Mapped[datetime | None]  # of the open stage, never after the promise
    second_promises: Mapped[int] = mapped_column(default=0)
    waits_for: Mapped[str | None] = mapped_column(String(80))  # "": for its own parts
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # to agree
    unanswered_since: Mapped[datetime | None]
    reply_by: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    rating: Mapped[str | None] = mapped_column(String(12))
    outcome: Mapped[str | None] = mapped_column(String(12))
    reopenings: Mapped[int] = mapped_column(default=0)
    returns: Mapped[int] = mapped_column(default=0)
    response_s: Mapped[int | None]
    working_s: Mapped[int | None]
    paused_s: Mapped[int | None]

    type: Mapped[RequestType] = relationship()
    requester: Mapped[Person] = relationship(foreign_keys=requester_id)
    asking_team: Mapped[Team] = relationship(foreign_keys=asking_team_id)
    team: Mapped[Team] = relationship(foreign_keys=team_id)
    holder: Mapped[Person | None] = relationship(foreign_keys=holder_id)
    brief: Mapped["Brief | None"] = relationship(viewonly=True)

    @property
    def due_now(self) -> datetime | None:
        """When it is expected by the last word given: the second promise, else the first."""
        return self.expected_at or self.due_at

    @property
    def is_open(self) -> bool:
        """Whether the providing side still has something to do or to wait for."""
        return self.state in OPEN


class Brief(Base):
    """What was asked, word for word, with the form as it was then."""

    __tablename__ = "brief"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    details: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[list[Any]] = mapped_column(default=list)  # [{"label": …, "text": …}]


class Message(Base):
    """Words of a person. Append-only; `internal` ones are for the providing side alone."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    side: Mapped[str] = mapped_column(String(12))
    internal: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    author: Mapped[Person | None] = relationship()


class Event(Base):
    """One thing that happened. Append-only; the truth of which all else is derived."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("request_id", "seq"),
        Index("ix_event_kind_at", "kind", "at"),
        CheckConstraint(one_of("kind", Kind), name="kind"),
        CheckConstraint(one_of("side", Side), name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    seq: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    side: Mapped[str] = mapped_column(String(12))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)

    actor: Mapped[Person | None] = relationship()
    message: Mapped[Message | None] = relationship()


class Party(Base):
    """A team that asked for a request or has carried it; whoever was party stays able to read.

    `asks` says on which side it stands.
    """

    __tablename__ = "party"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True, index=True)
    asks: Mapped[bool] = mapped_column(default=False)
