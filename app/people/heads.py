"""What the pages of a team say of it at their top."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.db import rows_of
from app.people.models import Department, Team
from app.people.names import Named
from app.worktime.models import Calendar
from app.worktime.queries import PLAN_TEXT, clock_written
from app.worktime.rules import WorkingClock


class TeamHead(NamedTuple):
    """What the head of a team's page says, and its calendar: columns, never whole rows."""

    id: int
    name: str
    purpose: str
    department: Named
    calendar_id: int
    plan: str  # its document, as it is written

    @property
    def clock(self) -> WorkingClock:
        """Its working clock."""
        return clock_written(self.plan)


def team_head(session: Session, team_id: int) -> TeamHead | None:
    """Return what its pages say of a team, or None when there is none."""
    row = rows_of(session, _team_head(), {"team_id": team_id}).one_or_none()
    return TeamHead._make((*row[:3], Named(*row[3:5]), *row[5:])) if row else None


@cache
def _team_head() -> Select[Any]:
    return (
        select(Team.id, Team.name, Team.purpose, Department.id, Department.name)
        .add_columns(Calendar.id, PLAN_TEXT)
        .join(Department)
        .join(Calendar)
        .where(Team.id == bindparam("team_id"))
    )
