"""Where somebody belongs, as it is known from the beginning for whoever is signed in."""

from datetime import datetime
from typing import Any, NamedTuple

from app.worktime.models import zone_of


class TeamPlace(NamedTuple):
    """What a membership says: columns, never whole rows."""

    team_id: int
    role: str
    team_name: str
    plan: dict[str, Any]

    def zone_at(self, at: datetime) -> str:
        """Return the time zone of the team at an instant."""
        return zone_of(self.plan, at)
