"""How many people work in each team, and in all of them: below five, times would be somebody's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, null, select, union_all
from sqlalchemy.orm import Session

from app.people.models import Membership, Person


@dataclass(frozen=True)
class People:
    """The active members of each team, by id; `everybody` counts nobody twice."""

    by_team: Mapping[int, int]
    everybody: int

    def of(self, team_id: int | None) -> int:
        """Return how many people a team has, or all of them together for none."""
        return self.everybody if team_id is None else self.by_team.get(team_id, 0)


def people_of(session: Session) -> People:
    """Count the people behind the figures. One query, over memberships alone."""
    by_team = select(Membership.team_id, func.count()).group_by(Membership.team_id)
    everybody = select(null(), func.count(Membership.person_id.distinct()))
    active = (query.join(Person).where(Person.is_active) for query in (by_team, everybody))
    rows: Any = session.execute(union_all(*active))
    found = {row[0]: row[1] for row in rows}
    return People({team: n for team, n in found.items() if team is not None}, found.get(None, 0))
