"""What is to be counted anew: days of teams, and requests after a corrected calendar."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class ChangedDay(Base):
    """A local day of a team on which something that is counted has changed.

    `stage` is the stage whose visits changed, or empty for the requests themselves. The day lasted
    [begins_at, ends_at) (UTC) when it was marked; should the team have moved since, the days are
    meant in which those instants lie now. Rows are only added, never looked up first: two acts at
    once cannot get in each other's way, and whoever counts a day anew deletes just the rows they
    saw before counting, so that no change slips through in between.
    """

    __tablename__ = "changed_day"
    __table_args__ = (Index("ix_changed_day_team_day", "team_id", "day", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    day: Mapped[date]
    stage: Mapped[str] = mapped_column(String(12), default="")
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Recount(Base):
    """Hours that were changed; the worker lets requests follow that could not do so at once.

    Concerned are those that `teams` (ids) have carried or asked for and on which something happened
    from `since` (UTC; None: ever) on. It goes from the newest request to the oldest: what is left
    has an id below `below`, None says that nothing was looked at yet. Figures are `behind` where
    days have passed by other hours, and not only an act may have been under way.
    """

    __tablename__ = "recount"

    id: Mapped[int] = mapped_column(primary_key=True)
    teams: Mapped[list[Any]]
    since: Mapped[datetime | None]
    below: Mapped[int | None]
    behind: Mapped[bool]
    asked_at: Mapped[datetime]
