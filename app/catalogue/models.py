"""What teams offer."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.catalogue.rules import Visibility
from app.db import Base, one_of
from app.people.models import Team


class RequestType(Base):
    """One thing a team does for others, with its form, its stages and its promise.

    `fields` holds `Field` documents and `stages` `StagePlan` documents (see rules). The promises
    are working seconds of the team's calendar; None means "no promise", said in words.
    `open_review` lets the asking side read the feedback too.
    A request keeps its own copy of all this, so a change here never touches what was raised.
    """

    __tablename__ = "request_type"
    __table_args__ = (
        UniqueConstraint("team_id", "name"),
        CheckConstraint(one_of("visibility", Visibility), name="visibility"),
        CheckConstraint("response_promise_s > 0", name="response_promise"),
        CheckConstraint("done_promise_s > 0", name="done_promise"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    name: Mapped[str] = mapped_column(String(80))
    summary: Mapped[str] = mapped_column(String(280), default="")
    how_we_work: Mapped[str] = mapped_column(Text, default="")
    fields: Mapped[list[Any]] = mapped_column(default=list)
    stages: Mapped[list[Any]] = mapped_column(default=list)
    response_promise_s: Mapped[int | None]
    done_promise_s: Mapped[int | None]
    visibility: Mapped[str] = mapped_column(String(12), default=Visibility.BOTH_TEAMS)
    open_review: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)

    team: Mapped[Team] = relationship()
