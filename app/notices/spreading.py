"""From the events of an act to notices, inside the act's own transaction.

Only those who may see the request are told, and of its inner steps only those who carry it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, joinedload

from app.catalogue.rules import Visibility
from app.notices.models import Notice, QuietHours, Wish
from app.notices.rules import USUAL, Around, How, Quiet, Reason, Told, after_quiet, recipients
from app.people.absences import away_among
from app.people.models import Membership, Person, Team
from app.people.rules import Role
from app.requests.attention import Watch
from app.requests.intervals import StageVisit
from app.requests.life.exchanges import moment
from app.requests.models import Event, Party, Request
from app.requests.rights import INNER
from app.requests.rules import UNSAY_SECONDS, Kind, Side
from app.worktime.days import opening_of_day
from app.worktime.queries import clock_of


@dataclass(frozen=True)
class Sides:
    """{person: {team: role}} of those around a request, and the teams that carry or carried it."""

    people: dict[int, dict[int, str]]
    carrying: set[int]


URGENT: Final = frozenset({Reason.TURN, Reason.QUESTION, Reason.REMINDER})
WITH_CARRIERS: Final = {Kind.THANKED, Kind.CONFIRMED, Kind.RATED}


def spread(session: Session, request: Request, events: Sequence[Event]) -> None:
    """Add the notices that follow from `events`; those of what was taken back are gone."""
    _forget_taken_back(session, request, events)
    sides = _sides(session, request)
    around = _around(session, request, sides, {Kind(event.kind) for event in events})
    told = [Told(Kind(e.kind), Side(e.side), e.data) for e in events]
    meant = recipients(told, around, actor=events[0].actor_id)
    _add_substitutes(session, meant, events[0])
    found = {
        person: (events[place], reason)
        for person, (place, reason) in meant.items()
        if _may_know(request, events[place], sides, person)
    }
    _add(session, request, found)


def _add_substitutes(session: Session, meant: dict[int, tuple[int, Reason]], event: Event) -> None:
    """Who stands in for somebody is told, beside them, of what cannot wait."""
    urgent = {person for person, (_, reason) in meant.items() if reason in URGENT}
    if not urgent:
        return
    for person, absence in away_among(session, urgent, on=event.at.date()).items():
        if absence.substitute_id and absence.substitute_id != event.actor_id:
            meant.setdefault(absence.substitute_id, meant[person])


def _sides(session: Session, request: Request) -> Sides:
    """Return the active members of the teams that are party to it, and which of those ask."""
    rows = session.execute(
        select(Membership.person_id, Membership.team_id, Membership.role, Party.asks)
        .join(Party, Party.team_id == Membership.team_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Party.request_id == request.id, Person.is_active)
    )
    found = Sides(defaultdict(dict), set())
    for person_id, team_id, role, asks in rows:
        found.people[person_id][team_id] = role
        if not asks:
            found.carrying.add(team_id)
    return found


def _around(session: Session, request: Request, sides: Sides, kinds: set[Kind]) -> Around:
    people = sides.people
    team = [person for person, teams in people.items() if request.team_id in teams]
    watchers = session.scalars(select(Watch.person_id).where(Watch.request_id == request.id)).all()
    visits = select(StageVisit.holder_id).where(StageVisit.request_id == request.id)
    carriers = session.scalars(visits).all() if kinds & WITH_CARRIERS else []
    return Around(
        requester=request.requester_id,
        holder=request.holder_id,
        team=team,
        leads=[person for person in team if people[person][request.team_id] == Role.LEAD],
        carriers={person for person in carriers if person},
        watchers=watchers,
        inner_watchers=watchers,
        reopenings=request.reopenings,
    )


def _may_know(request: Request, event: Event, sides: Sides, person: int) -> bool:
    teams = sides.people.get(person, {})
    raised_it = person == request.requester_id
    if event.kind in INNER or (event.message and event.message.internal):
        reminded = event.kind == Kind.REMINDED and raised_it
        return reminded or (not raised_it and bool(sides.carrying & teams.keys()))
    asked = event.kind == Kind.APPROVAL_ASKED and event.data.get("holder") == person
    return asked or raised_it or bool(teams) or request.visibility == Visibility.OPEN


def _add(session: Session, request: Request, found: Mapping[int, tuple[Event, Reason]]) -> None:
    if not found:
        return
    wishes = {
        (wish.person_id, wish.reason): How(wish.how)
        for wish in session.scalars(select(Wish).where(Wish.person_id.in_(found)))
    }
    quiet = {
        row.person_id: row
        for row in session.scalars(select(QuietHours).where(QuietHours.person_id.in_(found)))
    }
    teams = _first_teams(session, found)
    rows = []
    for person, (event, reason) in found.items():
        ready = ready_at(event)
        how = wishes.get((person, reason), USUAL[reason])
        rows.append(
            {
                "event_id": event.id,
                "request_id": request.id,
                "person_id": person,
                "reason": reason,
                "at": event.at,
                "ready_at": ready,
                "mail_at": _mail_at(how, ready, teams.get(person), quiet.get(person)),
            }
        )
    session.execute(insert(Notice), rows)


def ready_at(event: Event) -> datetime:
    """Return from when on (UTC) it may be told: not while it can still be taken back."""
    if event.kind in (Kind.MESSAGE, Kind.NOTE):
        return event.at + timedelta(seconds=UNSAY_SECONDS)
    return moment(event.data.get("released_at")) or event.at


def _first_teams(session: Session, people: Mapping[int, object]) -> dict[int, Team]:
    rows = session.scalars(
        select(Membership)
        .where(Membership.person_id.in_(people))
        .options(joinedload(Membership.team).joinedload(Team.calendar))
        .order_by(Membership.team_id.desc())
    )
    return {row.person_id: row.team for row in rows}


def _mail_at(
    how: How, ready_at: datetime, team: Team | None, hours: QuietHours | None
) -> datetime | None:
    if how is How.NEVER:
        return None
    zone = team.calendar.zone_at(ready_at) if team else "UTC"
    quiet = Quiet(hours.starts, hours.ends, zone) if hours else Quiet(zone=zone)
    if how is How.AT_ONCE or team is None:
        return after_quiet(ready_at, quiet)
    clock = clock_of(team.calendar)
    morning = opening_of_day(clock, ready_at - timedelta(days=1), 1)
    if morning is None or morning <= ready_at:
        morning = opening_of_day(clock, ready_at, 1)
    return after_quiet(morning or ready_at, quiet)


def _forget_taken_back(session: Session, request: Request, events: Sequence[Event]) -> None:
    for event in events:
        unsaid = event.data.get("seq") if event.kind == Kind.UNSAID else None
        if unsaid:
            words = select(Event.id).where(Event.request_id == request.id, Event.seq == unsaid)
            session.execute(delete(Notice).where(Notice.event_id.in_(words)))
        elif event.kind == Kind.TAKEN_BACK:
            early = Notice.ready_at > event.at
            session.execute(delete(Notice).where(Notice.request_id == request.id, early))
