"""How many people work in each team, and in all of them: below five, times would be somebody's."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import func, null, or_, select, union_all
from sqlalchemy.orm import Session

from app.db import rows_of
from app.people.models import Membership, Person
from app.people.rules import IMPORTED


@dataclass(frozen=True)
class People:
    """How many work in each team, by id; `everybody` counts nobody twice.

    Active members count, and those whom only another tool's log knows: they cannot sign in, but
    the work it tells of was theirs.
    """

    by_team: Mapping[int, int]
    everybody: int

    def of(self, team_id: int | None) -> int:
        """Return how many people a team has, or all of them together for none."""
        return self.everybody if team_id is None else self.by_team.get(team_id, 0)


def people_of(session: Session) -> People:
    """Count the people behind the figures. One query, over memberships alone."""
    found: dict[int | None, int] = dict(rows_of(session, _everybody()).all())
    return People({team: n for team, n in found.items() if team is not None}, found.get(None, 0))


@cache
def _everybody() -> Any:
    by_team = select(Membership.team_id, func.count()).group_by(Membership.team_id)
    everybody = select(null(), func.count(Membership.person_id.distinct()))
    works = or_(Person.is_active, Person.email.endswith(IMPORTED))
    return union_all(*(query.join(Person).where(works) for query in (by_team, everybody)))
