"""Stored calendars: one document each, in the shape that `rules.parse_plan` reads."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.worktime.document import parse_plan
from app.worktime.walls import Wall, wall_in


class Calendar(Base):
    """When a team works. `plan` is the document of `CalendarPlan`; `version` rises on change."""

    __tablename__ = "calendar"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    plan: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)

    def zone_at(self, at: datetime) -> str:
        """Return the IANA name of the zone in force at an instant."""
        zone: str = self.plan["tz"]
        return parse_plan(self.plan).zone_at(at) if self.plan.get("moves") else zone

    @property
    def wall(self) -> Wall:
        """The local days of whoever works by it."""
        return wall_in(self.plan)
