"""What those who look after the organisation read."""

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.administration.models import AdminEvent
from app.language.folding import folded
from app.people.models import Department, Membership, Person, Team
from app.worktime.models import Calendar


def log(before_id: int | None, limit: int) -> Select[AdminEvent]:
    """Select what was done, the latest first, from before an event on."""
    query = select(AdminEvent).options(joinedload(AdminEvent.by)).order_by(AdminEvent.id.desc())
    if before_id is not None:
        query = query.where(AdminEvent.id < before_id)
    return query.limit(limit)


def everybody(words: str, after_id: int | None, limit: int) -> Select[Person]:
    """Select people, also those who left, by name from after one on; `words` stand in it.

    Of people with one name the id says who comes next.
    """
    query = (
        select(Person)
        .options(selectinload(Person.memberships).joinedload(Membership.team))
        .order_by(Person.name, Person.id)
        .limit(limit)
    )
    if words:
        found = (Person.folded_name, Person.email)
        wanted = {"other": folded(words), "autoescape": True}
        query = query.where(or_(*(column.contains(**wanted) for column in found)))
    if after_id is None:
        return query
    last = select(Person.name).where(Person.id == after_id).correlate(None).scalar_subquery()
    namesakes = and_(Person.name == last, Person.id > after_id)
    return query.where(or_(Person.name > last, namesakes))


def departments() -> Select[Department]:
    """Select all departments by name."""
    return select(Department).order_by(Department.name, Department.id)


def calendars() -> Select[Calendar]:
    """Select all calendars by name."""
    return select(Calendar).order_by(Calendar.name, Calendar.id)


def all_teams() -> Select[Team]:
    """Select all teams with their calendars by name."""
    return select(Team).options(joinedload(Team.calendar)).order_by(Team.name, Team.id)
