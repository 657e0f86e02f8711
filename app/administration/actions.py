"""People and their places in teams, looked after by admins, and by leads for their own team."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.administration.journal import Deed, begin, note
from app.language import gettext
from app.people.actions import add_person, close_all_sessions, invite
from app.people.links import forget_links
from app.people.models import Membership, Person, Team
from app.people.queries import person_by_email
from app.people.rules import Role, fold_email


class Refused(ValueError):
    """What cannot be; `part` is the field that the sentence is about."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part


def invite_person(
    session: Session,
    *,
    name: str,
    email: str,
    team: Team | None,
    role: Role,
    is_admin: bool,
    deed: Deed,
) -> tuple[Person, str]:
    """Add somebody and return them with the token of their invitation.

    :raises Refused: when the address belongs to somebody.
    """
    begin(session, deed)
    if person_by_email(session, email):
        raise Refused("email", gettext("Somebody with this address is here already."))
    places = [(team, role)] if team else []
    person = add_person(session, name=name, email=email, teams=places, is_admin=is_admin)
    where = {"team": team.name, "role": role.value} if team else {}
    after = {"email": person.email, "is_admin": is_admin, **where}
    note(session, deed, "invited", person, after=after)
    return person, invite(session, person, at=deed.at)


def invite_again(session: Session, person: Person, *, deed: Deed) -> str:
    """Return the token of a fresh invitation, for who has not come yet or lost a password.

    :raises Refused: for somebody who has left.
    """
    begin(session, deed)
    session.refresh(person)
    if not person.is_active:
        raise Refused("name", gettext("They have left; bring them back first."))
    note(session, deed, "invited again", person)
    return invite(session, person, at=deed.at)


def change_person(
    session: Session, person: Person, *, name: str, email: str, is_admin: bool, deed: Deed
) -> str:
    """Change a name, an address, and whether somebody looks after the organisation.

    Returns the address that was theirs; links on their way there end when it changes.

    :raises Refused: when nobody active would look after it any more, or for another's address.
    """
    begin(session, deed)
    session.refresh(person)
    if person.is_admin and not is_admin:
        refuse_last_admin(session, person)
    other = person_by_email(session, email)
    if other is not None and other.id != person.id:
        raise Refused("email", gettext("Somebody with this address is here already."))
    before = {"name": person.name, "email": person.email, "is_admin": person.is_admin}
    person.name, person.email, person.is_admin = name, fold_email(email), is_admin
    after = {"name": name, "email": person.email, "is_admin": is_admin}
    if before["email"] != person.email:
        forget_links(session, person, at=deed.at)
    _note_changed(session, deed, person, before, after)
    return str(before["email"])


def refuse_last_admin(session: Session, person: Person) -> None:
    """:raises Refused: when no other active person is an admin."""
    others = select(func.count()).where(Person.is_admin, Person.is_active, Person.id != person.id)
    if person.is_admin and not session.scalar(others):
        raise Refused("is_admin", gettext("Nobody else looks after Baton; name somebody first."))


def place(session: Session, person: Person, team: Team, role: Role, *, deed: Deed) -> None:
    """Make somebody a member or lead of a team. :raises Refused: for somebody who has left."""
    begin(session, deed)
    session.refresh(person)
    if not person.is_active:
        raise Refused("person", gettext("They have left; bring them back first."))
    found = membership_of(session, person, team)
    before = {"role": found.role} if found else {}
    if found is None:
        session.add(Membership(person_id=person.id, team_id=team.id, role=role))
    else:
        found.role = role
    if before != {"role": role.value}:
        after = {"team": team.name, "role": role.value}  # the team is said also where it stays
        note(session, deed, "placed", person, before=before, after=after)


def bring_back(session: Session, person: Person, *, deed: Deed) -> None:
    """Let somebody who left in again."""
    begin(session, deed)
    session.refresh(person)
    before = {"is_active": person.is_active}
    person.is_active = True
    _note_changed(session, deed, person, before, {"is_active": True}, act="brought back")


def end_browsers(session: Session, person: Person, *, deed: Deed) -> None:
    """End every browser of somebody, because one of them was lost."""
    begin(session, deed)
    close_all_sessions(session, person, at=deed.at)
    note(session, deed, "signed out", person)


def membership_of(session: Session, person: Person, team: Team) -> Membership | None:
    """Return the place that somebody has in a team, if any."""
    return session.scalar(
        select(Membership).where(Membership.person_id == person.id, Membership.team_id == team.id)
    )


def _note_changed(
    session: Session,
    deed: Deed,
    person: Person,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    act: str = "changed",
) -> None:
    if before != after:
        note(session, deed, act, person, before=before, after=after)
