"""Who is where."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.util import identity_key

from app.db import rows_of
from app.language.folding import folded
from app.people.models import Department, LoginSession, Membership, Person, Team
from app.people.names import Named
from app.people.rules import Role, fold_email
from app.worktime.models import Calendar
from app.worktime.queries import PLAN_TEXT, clock_of, clock_written
from app.worktime.rules import WorkingClock


def teams_of(person: Person) -> list[int]:
    """Return the ids of the teams that `person` belongs to."""
    return [place.team_id for place in person.places]


def leads(person: Person, team_id: int) -> bool:
    """Say whether `person` leads that team."""
    return any(p.team_id == team_id and p.role == Role.LEAD for p in person.places)


def person_by_email(session: Session, email: str) -> Person | None:
    """Return the person with this address, however it is written."""
    return session.scalar(select(Person).where(Person.email == fold_email(email)))


def half_signed_in(session: Session, key_hash: str, *, at: datetime) -> LoginSession | None:
    """Return the session that waits for its second step, while it may be done."""
    return session.scalar(
        select(LoginSession)
        .join(LoginSession.person)
        .where(
            LoginSession.key_hash == key_hash,
            LoginSession.revoked_at.is_(None),
            LoginSession.waits_until > at,
            Person.is_active,
        )
    )


def browsers_of(
    person: Person, *, seen_since: datetime, opened_since: datetime
) -> Select[LoginSession]:
    """Select the browsers where a person is signed in, the last used first."""
    return (
        select(LoginSession)
        .where(
            LoginSession.person_id == person.id,
            LoginSession.revoked_at.is_(None),
            LoginSession.waits_until.is_(None),
            LoginSession.seen_at >= seen_since,
            LoginSession.created_at > opened_since,
        )
        .order_by(LoginSession.seen_at.desc(), LoginSession.id)
    )


def people_called(session: Session, names: Collection[str]) -> set[str]:
    """Return those of `names` (folded) that are the whole name or address of somebody active."""
    if not names:
        return set()
    rows = session.execute(
        select(Person.folded_name, Person.email).where(
            Person.is_active, or_(Person.folded_name.in_(names), Person.email.in_(names))
        )
    )
    return {word for row in rows for word in row} & set(names)


def person_called(session: Session, typed: str) -> Person | None:
    """Return the one active person of this name or address; None for nobody, or for several."""
    name = folded(typed)
    some = session.scalars(
        select(Person)
        .where(Person.is_active, or_(Person.folded_name == name, Person.email == name))
        .limit(2)
    ).all()
    return some[0] if len(some) == 1 else None


def team_names(session: Session) -> list[Named]:
    """Return all teams in reading order, no more than their names."""
    return [Named(*row) for row in rows_of(session, _team_names())]


@cache
def _team_names() -> Select[int, str]:
    return select(Team.id, Team.name).join(Department).order_by(Department.name, Team.name, Team.id)


def members_of_any(team_ids: Collection[int]) -> Select[Person]:
    """Select the active people of these teams by name."""
    there = exists().where(Membership.person_id == Person.id, Membership.team_id.in_(team_ids))
    return select(Person).where(there, Person.is_active).order_by(Person.name, Person.id)


@cache
def everybody_by_team() -> Select[Team]:
    """Select all teams with their department, in reading order."""
    return (
        select(Team)
        .join(Department)
        .options(joinedload(Team.department))
        .order_by(Department.name, Team.name, Team.id)
    )


def team_clock(session: Session, team_id: int) -> WorkingClock:
    """Return the working clock of a team's calendar; a team that is read already is asked."""
    held = session.identity_map.get(identity_key(Team, team_id))
    if held is not None:
        return clock_of(held.calendar)
    return clock_written(rows_of(session, _plan(), {"team_id": team_id}).scalar_one())


@cache
def _plan() -> Select[str]:
    return select(PLAN_TEXT).join_from(Calendar, Team).where(Team.id == bindparam("team_id"))


@cache
def people_with_teams() -> Select[Person]:
    """Select all active people with their memberships and teams."""
    return (
        select(Person)
        .where(Person.is_active)
        .options(selectinload(Person.memberships).joinedload(Membership.team))
        .order_by(Person.name, Person.id)
    )


def people_by_department(
    session: Session,
) -> list[tuple[str, list[tuple[str, list[tuple[Person, str]]]]]]:
    """Return (department, [(team, [(person, role)])]) of all active people, in reading order."""
    rows = session.execute(
        select(Department.name, Team.name, Person, Membership.role)
        .join(Team, Team.department_id == Department.id)
        .join(Membership, Membership.team_id == Team.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.is_active)
        .order_by(Department.name, Team.name, Person.name, Person.id)
    )
    grouped: dict[str, dict[str, list[tuple[Person, str]]]] = {}
    for department, team, person, role in rows:
        grouped.setdefault(department, {}).setdefault(team, []).append((person, role))
    return [(department, list(teams.items())) for department, teams in grouped.items()]
