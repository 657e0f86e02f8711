"""Somebody leaves, or a team: their open work goes to colleagues or back to the line.

What they did stays. They go first and their work after them, so that those are told who are left.
What waits for a word of theirs goes on without it; a last word can be said by who asked with them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
from app.requests.acts.passing import go_on_without, pass_for
from app.requests.intervals import Approval
from app.requests.models import Request
from app.requests.record.recording import lock_all
from app.requests.rules import OPEN, Side, State


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


@dataclass(frozen=True)
class Asked:
    """What waits for a word of somebody, and what else they asked for; oldest first."""

    answers: list[Request]
    approvals: list[Request]
    last_words: list[Request]
    going_on: list[Request]

    @property
    def waiting(self) -> list[Request]:
        """What goes on without their word, each once."""
        each = {request.id: request for request in [*self.answers, *self.approvals]}
        return list(each.values())


def asked_of(session: Session, person: Person) -> Asked:
    """Return what waits for an answer, a yes or no, or the last word of `person`."""
    rows = (
        select(Request)
        .options(joinedload(Request.team), joinedload(Request.asking_team))
        .options(joinedload(Request.holder))
        .order_by(Request.raised_at, Request.id)
    )
    theirs = session.scalars(
        rows.where(Request.requester_id == person.id, Request.ended_at.is_(None))
    ).all()
    open_approvals = select(Approval.request_id).where(
        Approval.person_id == person.id, Approval.decided_at.is_(None)
    )
    to_agree = rows.where(Request.id.in_(open_approvals), Request.state.in_(OPEN))
    return Asked(
        answers=[each for each in theirs if _asks_back(each)],
        approvals=list(session.scalars(to_agree)),
        last_words=[each for each in theirs if each.state == State.DONE],
        going_on=[each for each in theirs if each.is_open and not _asks_back(each)],
    )


def _asks_back(request: Request) -> bool:
    return request.state == State.WAITING and request.turn_side == Side.ASKING


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
    waiting = asked_of(session, person).waiting
    lock_all(session, [*held, *waiting])
    person.is_active = False
    _hand_over(session, person, held, to, deed=deed)
    for request in waiting:
        go_on_without(session, request, of=person, at=deed.at)
    _shut_out(session, person, at=deed.at)
    after = {"is_active": False, "handed": {str(request.id): to[request.id] for request in held}}
    went_on = {"went_on": [request.id for request in waiting]} if waiting else {}
    note(session, deed, "left", person, before={"is_active": True}, after=after | went_on)


def _hand_over(
    session: Session,
    person: Person,
    held: Collection[Request],
    to: Mapping[int, int | None],
    *,
    deed: Deed,
) -> None:
    others = colleagues(session, person, {request.team_id for request in held})
    for request in held:
        known = {other.id: other for other in others[request.team_id]}
        chosen = to[request.id]
        if chosen is not None and (chosen not in known or chosen == request.requester_id):
            sentence = gettext("Please choose somebody of the team who did not ask.")
            raise Refused(str(request.id), sentence)
        successor = known[chosen] if chosen is not None else None
        pass_for(session, request, of=person, successor=successor, by=deed.by, at=deed.at)


def _shut_out(session: Session, person: Person, *, at: datetime) -> None:
    close_all_sessions(session, person, at=at)
    end_tokens(session, person, at=at)
    end_calendar(session, person)
    forget_links(session, person, at=at)


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
    lock_all(session, held)
    for request in held:
        pass_for(session, request, of=person, successor=None, by=by, at=at)
    return [request.id for request in held]
