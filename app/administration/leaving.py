"""Somebody leaves, or a team: their open work goes to colleagues or back to the line.

What they did stays. They go first and their work after them, so that those are told who are left.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.administration.actions import Refused, membership_of, refuse_last_admin
from app.administration.journal import Deed, begin, note
from app.language import gettext
from app.people.actions import close_all_sessions
from app.people.calendar_feed import end_calendar
from app.people.links import forget_links
from app.people.models import Membership, Person, Team
from app.people.programs import end_tokens
from app.requests.acts.passing import pass_for
from app.requests.models import Request
from app.requests.rules import OPEN


class WorkMoved(RuntimeError):
    """What the person holds is not what the page showed; it has to be looked over again."""


def open_work(person: Person) -> Select[Request]:
    """Select what somebody holds and has not finished, oldest first."""
    return (
        select(Request)
        .where(Request.holder_id == person.id, Request.state.in_(OPEN))
        .options(joinedload(Request.team))
        .order_by(Request.raised_at, Request.id)
    )


def colleagues(session: Session, person: Person, team_ids: set[int]) -> dict[int, list[Person]]:
    """Return by team the active others who could take over work there, by name."""
    rows = session.execute(
        select(Membership.team_id, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.team_id.in_(team_ids), Person.is_active, Person.id != person.id)
        .order_by(Person.name, Person.id)
    )
    found: dict[int, list[Person]] = {team_id: [] for team_id in team_ids}
    for team_id, other in rows:
        found[team_id].append(other)
    return found


def leave(session: Session, person: Person, to: Mapping[int, int | None], *, deed: Deed) -> None:
    """Deactivate somebody; `to` names a colleague's id for each request held, or None: the line.

    :raises Refused: for the last admin.
    :raises WorkMoved: when they hold something that `to` does not name.
    """
    begin(session, deed)
    session.refresh(person)
    if not person.is_active:
        return
    refuse_last_admin(session, person)
    held = list(session.scalars(open_work(person)))
    if {request.id for request in held} - to.keys():
        raise WorkMoved
    others = colleagues(session, person, {request.team_id for request in held})
    person.is_active = False
    for request in held:
        known = {other.id: other for other in others[request.team_id]}
        chosen = to[request.id]
        if chosen is not None and (chosen not in known or chosen == request.requester_id):
            sentence = gettext("Please choose somebody of the team who did not ask.")
            raise Refused(str(request.id), sentence)
        successor = known[chosen] if chosen is not None else None
        pass_for(session, request, of=person, successor=successor, by=deed.by, at=deed.at)
    close_all_sessions(session, person, at=deed.at)
    end_tokens(session, person, at=deed.at)
    end_calendar(session, person)
    forget_links(session, person, at=deed.at)
    handed = {str(request.id): to[request.id] for request in held}
    before = {"is_active": True}
    note(session, deed, "left", person, before=before, after={"is_active": False, "handed": handed})


def displace(session: Session, person: Person, team: Team, *, deed: Deed) -> None:
    """Take somebody out of a team; what they hold there goes back to its line.

    Nothing for one who is not in it.
    """
    begin(session, deed)
    found = membership_of(session, person, team)
    if found is None:
        return
    session.delete(found)
    handed = back_to_the_line(session, person, {team.id}, by=deed.by, at=deed.at)
    before = {"team": team.name, "role": found.role}
    after = {"handed": dict.fromkeys(map(str, handed))} if handed else {}
    note(session, deed, "taken out", person, before=before, after=after)


def back_to_the_line(
    session: Session, person: Person, team_ids: Collection[int], *, by: Person, at: datetime
) -> list[int]:
    """Give what somebody holds in teams they have left back to the line; return which it was."""
    held = session.scalars(open_work(person).where(Request.team_id.in_(team_ids))).all()
    for request in held:
        pass_for(session, request, of=person, successor=None, by=by, at=at)
    return [request.id for request in held]
