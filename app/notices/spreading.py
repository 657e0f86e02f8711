"""From the events of an act to notices, inside the act's own transaction.

Only those who may see the request are told, and of its inner steps only those who carry it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy import (
    CompoundSelect,
    Integer,
    bindparam,
    delete,
    false,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.catalogue.rules import Visibility
from app.db import rows_of
from app.notices.models import Notice
from app.notices.rules import Around, Reason, Told, recipients
from app.notices.substitutes import add_substitutes
from app.notices.wanting import wanted_by
from app.people.models import Membership, Person
from app.people.rules import Role
from app.requests.attention import Watch
from app.requests.intervals import StageVisit
from app.requests.life.exchanges import moment
from app.requests.models import Event, Party, Request
from app.requests.rights import INNER
from app.requests.rules import UNSAY_SECONDS, Kind, Side
from app.rows import add_rows


@dataclass(frozen=True)
class Sides:
    """{person: {team: role}} of those around a request, the teams on the side that carries it.

    `asker` is the requester, while they are here to hear of it.
    """

    people: dict[int, dict[int, str]]
    carrying: set[int]
    watchers: list[int]
    asker: list[int]

    def instead(self, request: Request) -> Collection[int]:
        """Return who hears of it in place of a requester who is gone, as `Around.hands` does."""
        if self.asker:
            return ()
        team = request.asking_team_id
        theirs = {person: teams for person, teams in self.people.items() if team in teams}
        with_them = {p: teams[team] for p, teams in theirs.items() if request.team_id not in teams}
        leads = [person for person, role in with_them.items() if role == Role.LEAD]
        return leads or list(with_them)


HERE: Final = -1  # in place of a team
WITH_CARRIERS: Final = {Kind.THANKED, Kind.CONFIRMED, Kind.RATED}


def spread(session: Session, request: Request, events: Sequence[Event]) -> None:
    """Add the notices that follow from `events`; those of what was taken back are gone."""
    _forget_taken_back(session, request, events)
    sides = _sides(session, request)
    around = _around(session, request, sides, {Kind(event.kind) for event in events})
    told = [Told(Kind(e.kind), Side(e.side), e.data) for e in events]
    meant = recipients(told, around, actor=events[0].actor_id)
    add_substitutes(session, meant, events[0])
    found = {
        person: (events[place], reason)
        for person, (place, reason) in meant.items()
        if _may_know(request, events[place], sides, person)
    }
    _add(session, request, found)


def _sides(session: Session, request: Request) -> Sides:
    """Return the active members of the teams that are party to it, and who watches."""
    found = Sides(defaultdict(dict), set(), [], [])
    for person_id, team_id, role, asks in rows_of(session, _near(), {"request_id": request.id}):
        if team_id == HERE:
            found.asker.append(person_id)
            continue
        if not team_id:
            found.watchers.append(person_id)
            continue
        found.people[person_id][team_id] = role
        if not asks:
            found.carrying.add(team_id)
    return found


@cache
def _near() -> CompoundSelect[int, int, str, bool]:
    """Select the members of its teams, under 0 those who watch it, and a requester who is here."""
    this = bindparam("request_id", type_=Integer)
    members = (
        select(Membership.person_id, Membership.team_id, Membership.role, Party.asks)
        .join(Party, Party.team_id == Membership.team_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Party.request_id == this, Person.is_active)
    )
    watchers = select(Watch.person_id, literal(0), literal(""), false())
    here = (
        select(Request.requester_id, literal(HERE), literal(""), false())
        .join(Person, Person.id == Request.requester_id)
        .where(Request.id == this, Person.is_active)
    )
    return union_all(members, watchers.where(Watch.request_id == this), here)


def _around(session: Session, request: Request, sides: Sides, kinds: set[Kind]) -> Around:
    people = sides.people
    team = [person for person, teams in people.items() if request.team_id in teams]
    carriers = _carriers(session, request) if kinds & WITH_CARRIERS else ()
    # Who is gone holds nothing that anybody hears of; it is told as work that nobody holds.
    return Around(
        requester=request.requester_id,
        instead=sides.instead(request),
        holder=request.holder_id if request.holder_id in team else None,
        team=team,
        leads=[person for person in team if people[person][request.team_id] == Role.LEAD],
        carriers=carriers,
        watchers=sides.watchers,
        reopenings=request.reopenings,
    )


def _carriers(session: Session, request: Request) -> set[int]:
    visits = select(StageVisit.holder_id).where(StageVisit.request_id == request.id)
    return {person for person in session.scalars(visits) if person}


def _may_know(request: Request, event: Event, sides: Sides, person: int) -> bool:
    teams = sides.people.get(person, {})
    raised_it = person == request.requester_id
    if event.kind in INNER or (event.message and event.message.internal):
        asks = raised_it or person in sides.instead(request)
        reminded = event.kind == Kind.REMINDED and asks
        return reminded or (not raised_it and bool(sides.carrying & teams.keys()))
    asked = event.kind == Kind.APPROVAL_ASKED and event.data.get("holder") == person
    return asked or raised_it or bool(teams) or request.visibility == Visibility.OPEN


def _add(session: Session, request: Request, found: Mapping[int, tuple[Event, Reason]]) -> None:
    if not found:
        return
    wanted = wanted_by(session, found)
    rows = []
    for person, (event, reason) in found.items():
        ready = ready_at(event)
        rows.append(
            {
                "event_id": event.id,
                "request_id": request.id,
                "person_id": person,
                "reason": reason,
                "at": event.at,
                "ready_at": ready,
                "mail_at": wanted[person].mail_at(reason, ready),
            }
        )
    add_rows(session, Notice, rows)


def ready_at(event: Event) -> datetime:
    """Return from when on (UTC) it may be told: not while it can still be taken back."""
    if event.kind in (Kind.MESSAGE, Kind.NOTE):
        return event.at + timedelta(seconds=UNSAY_SECONDS)
    return moment(event.data.get("released_at")) or event.at


def _forget_taken_back(session: Session, request: Request, events: Sequence[Event]) -> None:
    for event in events:
        if event.kind in (Kind.UNSAID, Kind.TAKEN_BACK):
            one = Event.seq == event.data["seq"]
            taken = select(Event.id).where(Event.request_id == request.id, one)
            session.execute(delete(Notice).where(Notice.event_id.in_(taken)))
