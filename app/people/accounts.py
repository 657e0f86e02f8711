"""Accounts at an OpenID provider: who is meant, and which teams their groups stand for.

Somebody is known by (issuer, subject) alone. An e-mail address is looked at once, at the first
sign-in, and only when the provider says that it is verified.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from app.db import Base
from app.people.actions import add_person
from app.people.models import Membership, Person, Team
from app.people.queries import person_by_email
from app.people.rules import Role


class ProviderAccount(Base):
    """Whom a provider means by (issuer, subject), the only pair that never changes."""

    __tablename__ = "provider_account"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("person_id", "issuer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


@dataclass(frozen=True)
class Claims:
    """What a provider says of somebody; `groups` is None when it says nothing of groups."""

    issuer: str
    subject: str
    name: str
    email: str
    email_verified: bool
    groups: frozenset[str] | None


@dataclass(frozen=True)
class Move:
    """A place in a team that a group has given, changed or taken: the role before and after."""

    team_id: int
    team: str
    before: str | None
    after: str | None


class Unknown(ValueError):
    """An account that belongs to nobody here."""


def account_of(session: Session, claims: Claims) -> ProviderAccount | None:
    """Return the account that `claims` are about, if it belongs to somebody here."""
    return session.scalar(
        select(ProviderAccount)
        .where(ProviderAccount.issuer == claims.issuer, ProviderAccount.subject == claims.subject)
        .options(joinedload(ProviderAccount.person))
    )


def person_of(session: Session, claims: Claims, *, may_add: bool, at: datetime) -> Person:
    """Return whom `claims` mean; at their first sign-in the account is linked.

    `may_add` lets somebody new in as a person of no team.

    :raises Unknown: for an account that belongs to nobody here, or to somebody who left.
    """
    account = account_of(session, claims)
    person = account.person if account else _linked(session, claims, may_add=may_add, at=at)
    if not person.is_active:
        raise Unknown
    return person


def _linked(session: Session, claims: Claims, *, may_add: bool, at: datetime) -> Person:
    if not (claims.email and claims.email_verified):
        raise Unknown
    person = person_by_email(session, claims.email)
    if person is None and may_add:
        name = (claims.name.strip() or claims.email.partition("@")[0])[:80]
        person = add_person(session, name=name, email=claims.email, teams=[], is_admin=False)
    # An address may be given to somebody new; the account of who had it before is not theirs.
    if person is None or _has_account(session, person, claims.issuer):
        raise Unknown
    session.add(
        ProviderAccount(
            person_id=person.id, issuer=claims.issuer, subject=claims.subject, created_at=at
        )
    )
    return person


def _has_account(session: Session, person: Person, issuer: str) -> bool:
    query = select(ProviderAccount.id).where(
        ProviderAccount.person_id == person.id, ProviderAccount.issuer == issuer
    )
    return session.scalar(query) is not None


def follow_groups(
    session: Session,
    person: Person,
    groups: Collection[str] | None,
    places: Mapping[str, tuple[str, str]],
) -> list[Move]:
    """Make the memberships of `person` what their `groups` say, and return what changed.

    `places` maps a group to (team, role). Teams that no group stands for are left alone, and
    everything is, when the provider says nothing of groups.
    """
    if groups is None or not places:
        return []
    teams = _teams_named(session, {team for team, _ in places.values()})
    wanted: dict[int, str] = {}
    for group in sorted(groups & places.keys()):
        team, role = places[group]
        if team in teams and wanted.get(teams[team]) != Role.LEAD:
            wanted[teams[team]] = role
    there = {m.team_id: m for m in person.memberships if m.team_id in teams.values()}
    names = {team_id: name for name, team_id in teams.items()}
    moves = []
    for team_id in sorted(there.keys() | wanted.keys()):
        before = there[team_id].role if team_id in there else None
        after = wanted.get(team_id)
        if before != after:
            _move(session, person, team_id, there.get(team_id), after)
            moves.append(Move(team_id, names[team_id], before, after))
    return moves


def _move(
    session: Session, person: Person, team_id: int, there: Membership | None, role: str | None
) -> None:
    if there is None:
        session.add(Membership(person_id=person.id, team_id=team_id, role=role))
    elif role is None:
        session.delete(there)
    else:
        there.role = role


def _teams_named(session: Session, names: Collection[str]) -> dict[str, int]:
    teams = session.scalars(select(Team).where(Team.name.in_(names)))
    return {team.name: team.id for team in teams}
