"""Where somebody belongs, as it is known from the beginning for whoever is signed in."""

from datetime import datetime
from typing import NamedTuple

from app.worktime.queries import clock_written


class TeamPlace(NamedTuple):
    """What a membership says: columns, never whole rows."""

    team_id: int
    role: str
    team_name: str
    plan: str  # the document of its calendar, as it is written

    def zone_at(self, at: datetime) -> str:
        """Return the time zone of the team at an instant."""
        return clock_written(self.plan).plan.zone_at(at)
