"""What teams offer."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.called import Called
from app.catalogue.questions import Field, read_fields
from app.catalogue.rules import Routing, Visibility
from app.db import Base, one_of
from app.people.models import Team
from app.worktime.queries import clock_of
from app.worktime.rules import WorkingClock


class RequestType(Called, Base):
    """One thing a team does for others, with its form, its stages and its promise.

    `fields` holds `Field` documents and `stages` `StagePlan` documents (see rules). A promise is
    working seconds of the team's calendar (`…_s`), or by the end of the n-th working day
    (`…_days`, which wins); without either there is no promise, said in words.
    `keywords` are other words by which people look for it.
    `open_review` lets the asking side read the feedback too.
    A request keeps its own copy of all this, so a change here never touches what was raised.
    """

    __tablename__ = "request_type"
    __table_args__ = (
        UniqueConstraint("team_id", "name"),
        CheckConstraint(one_of("visibility", Visibility), name="visibility"),
        CheckConstraint("response_promise_s > 0", name="response_promise"),
        CheckConstraint("done_promise_s > 0", name="done_promise"),
        CheckConstraint("reply_promise_s > 0", name="reply_promise"),
        CheckConstraint("response_promise_days >= 0", name="response_promise_days"),
        CheckConstraint("done_promise_days >= 0", name="done_promise_days"),
        CheckConstraint(one_of("routing", Routing), name="routing"),
        CheckConstraint(
            "(routing = 'person') = (routed_to_id IS NOT NULL)", name="routed_to_a_person"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    name: Mapped[str] = mapped_column(String(80))
    summary: Mapped[str] = mapped_column(String(280), default="")
    how_we_work: Mapped[str] = mapped_column(Text, default="")
    fields: Mapped[list[Any]] = mapped_column(default=list)
    stages: Mapped[list[Any]] = mapped_column(default=list)
    keywords: Mapped[str] = mapped_column(String(300), default="")
    checklist: Mapped[list[Any]] = mapped_column(default=list)
    routing: Mapped[str] = mapped_column(String(12), default=Routing.QUEUE)
    routed_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    response_promise_s: Mapped[int | None]
    response_promise_days: Mapped[int | None]
    reply_promise_s: Mapped[int | None]
    done_promise_s: Mapped[int | None]
    done_promise_days: Mapped[int | None]
    visibility: Mapped[str] = mapped_column(String(12), default=Visibility.BOTH_TEAMS)
    open_review: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)

    team: Mapped[Team] = relationship()

    @property
    def questions(self) -> tuple[Field, ...]:
        """What its form asks."""
        return tuple(read_fields(self.fields))

    @property
    def clock(self) -> WorkingClock:
        """The working clock of its team."""
        return clock_of(self.team.calendar)


class PreparedAnswer(Base):
    """Words a team needs often, to begin an answer with; a person's own words go around them."""

    __tablename__ = "prepared_answer"
    __table_args__ = (UniqueConstraint("team_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    name: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)
