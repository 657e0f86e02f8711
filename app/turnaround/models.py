"""Pages of exact figures: one team's day, and thirty days, counted from the visits and requests.

A page is never incremented: it is counted anew whenever its day is marked as changed. `span` is 1
or 30 days from `day` on, on the wall of the team's own time zone. Seconds are stored ascending,
four bytes each (`tallies.Tally.packed`).
"""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class StagePage(Base):
    """The visits of one stage: entered on these days, and left on them with all their seconds."""

    __tablename__ = "stage_page"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    span: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(String(12), primary_key=True)
    entered: Mapped[int]
    finished: Mapped[int]
    returned: Mapped[int]
    waiting_total: Mapped[int] = mapped_column(BigInteger)
    in_hand_total: Mapped[int] = mapped_column(BigInteger)
    paused_total: Mapped[int] = mapped_column(BigInteger)
    working: Mapped[bytes]
    elapsed: Mapped[bytes]
    waiting: Mapped[bytes]
    in_hand: Mapped[bytes]
    paused: Mapped[bytes]


class TeamPage(Base):
    """The requests: raised on these days with their first answers, and done on them.

    `unanswered_…` are those that were over without an answer, for how long they had been there.
    Of the done ones `imported` came from another tool's log, where nobody could confirm them.
    """

    __tablename__ = "team_page"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    span: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    raised: Mapped[int]
    ended_unanswered: Mapped[int]
    done: Mapped[int]
    confirmed: Mapped[int]
    partly: Mapped[int]
    unconfirmed: Mapped[int]
    imported: Mapped[int]
    reopened: Mapped[int]
    reopenings: Mapped[int]
    returns: Mapped[int]
    working_total: Mapped[int] = mapped_column(BigInteger)
    paused_total: Mapped[int] = mapped_column(BigInteger)
    done_working: Mapped[bytes]
    done_elapsed: Mapped[bytes]
    response_working: Mapped[bytes]
    response_elapsed: Mapped[bytes]
    unanswered_working: Mapped[bytes]
    unanswered_elapsed: Mapped[bytes]


class WeekTold(Base):
    """Somebody was told of the week before the Monday `week`, and will not be told twice."""

    __tablename__ = "week_told"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
