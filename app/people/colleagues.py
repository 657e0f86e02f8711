"""The people of a team where one of them is chosen, with who of them is away."""

from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import Date, Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.db import rows_of
from app.people.absences import lasts_over
from app.people.models import Absence, Membership, Person


class Colleague(NamedTuple):
    """Somebody of a team, and the last day on which they are away, if they are."""

    id: int
    name: str
    away_until: date | None


def colleagues_in(session: Session, team_id: int, *, on: date) -> list[Colleague]:
    """Return the active people of a team by name, with who is away on that day."""
    values = {"team_id": team_id, "today": on}
    return [Colleague(*row) for row in rows_of(session, _colleagues(), values)]


@cache
def _colleagues() -> Select[int, str, date | None]:
    today = bindparam("today", type_=Date)
    until = select(func.max(Absence.last_day)).where(
        Absence.person_id == Person.id, *lasts_over(today)
    )
    return (
        select(Person.id, Person.name, until.scalar_subquery())
        .join(Membership)
        .where(Membership.team_id == bindparam("team_id"), Person.is_active)
        .order_by(Person.name, Person.id)
    )
