"""Everything the page of one request shows, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.people.models import Person, Team
from app.requests.history import replay
from app.requests.intervals import StageVisit
from app.requests.ledger import Ledger, tiles
from app.requests.models import Brief, Event, Message, Request
from app.requests.queries import events_of
from app.requests.recording import as_happening
from app.requests.rights import INNER, Relation
from app.requests.rules import Kind, Side
from app.requests.stored import split_time
from app.requests.storing import clocks
from app.requests.telling import tell


@dataclass(frozen=True)
class VisitTimes:
    """One visit for the track; working seconds, counted up to now while it is open."""

    stage: str
    round: int
    team: Team
    holder: Person | None
    entered_at: datetime
    left_at: datetime | None
    due_at: datetime | None
    waiting_s: int
    in_hand_s: int
    paused_s: int
    elapsed: timedelta


@dataclass(frozen=True)
class Totals:
    """The whole life by what happened in it: elapsed time, and the age of the request."""

    visits: timedelta
    pauses: timedelta
    confirmation: timedelta

    @property
    def age(self) -> timedelta:
        """The sum of the pieces, which is the whole life."""
        return self.visits + self.pauses + self.confirmation


@dataclass(frozen=True)
class Story:
    """A request as its page tells it."""

    brief: Brief | None
    ledger: Ledger
    talk: list[tuple[Event, Message]]
    history: list[tuple[datetime, str]]
    visits: list[VisitTimes]
    totals: Totals
    carriers: list[Person]
    handoffs: dict[int, Event]
    said_when: Event | None
    count: int

    @property
    def last_handoff(self) -> Event | None:
        """The last handoff that was not taken back."""
        return self.handoffs[max(self.handoffs)] if self.handoffs else None


def story_of(session: Session, request: Request, relation: Relation, *, now: datetime) -> Story:
    """Return what the page shows to somebody who stands to the request like `relation`."""
    events = list(
        session.scalars(
            events_of(request.id).options(
                joinedload(Event.actor), joinedload(Event.message).joinedload(Message.author)
            )
        )
    )
    ledger = replay(map(as_happening, events))
    stored = list(
        session.scalars(
            select(StageVisit)
            .where(StageVisit.request_id == request.id)
            .options(joinedload(StageVisit.team), joinedload(StageVisit.holder))
            .order_by(StageVisit.seq)
        )
    )
    known = _known(events, inner=relation.side is Side.PROVIDING)
    return Story(
        brief=session.get(Brief, request.id),
        ledger=ledger,
        talk=[(event, event.message) for event in known if event.message],
        history=_history(session, known),
        visits=_visits(session, ledger, stored, now=now),
        totals=_totals(ledger, now=request.ended_at or now),
        carriers=list({v.holder.id: v.holder for v in stored if v.holder}.values()),
        handoffs=handoffs_by_visit(events),
        said_when=said_when(events, ledger),
        count=len(events),
    )


def _known(events: list[Event], *, inner: bool) -> list[Event]:
    """Return what may be told: no inner steps to the asking side, no words that were taken back."""
    unsaid = {event.data["seq"] for event in events if event.kind == Kind.UNSAID}
    quiet = frozenset() if inner else INNER | {Kind.UNSAID}
    kept = [e for e in events if e.kind not in quiet and e.seq not in unsaid]
    return [e for e in kept if inner or not (e.message and e.message.internal)]


def said_when(events: list[Event], ledger: Ledger) -> Event | None:
    """Return when the holder of the open visit said they will look, the last word first."""
    words = [
        event
        for event in events
        if event.kind == Kind.SAID_WHEN
        and event.at >= ledger.visit.entered_at
        and event.actor_id == ledger.visit.holder_id
    ]
    return words[-1] if words else None


def handoffs_by_visit(events: list[Event]) -> dict[int, Event]:
    """Return the handoff that ended each visit, by the visit's seq; those taken back left out."""
    ended: dict[int, Event] = {}
    seq = 1
    for event in events:
        if event.kind == Kind.HANDED:
            ended[seq] = event
        elif event.kind == Kind.TAKEN_BACK:
            ended.pop(seq - 1)
        seq += {Kind.HANDED: 1, Kind.REOPENED: 1, Kind.TAKEN_BACK: -1}.get(Kind(event.kind), 0)
    return ended


def _history(session: Session, events: list[Event]) -> list[tuple[datetime, str]]:
    people = _names(session, Person, {e.data.get("holder") for e in events})
    teams = _names(session, Team, {e.data.get("team") for e in events})
    return [
        (
            event.at,
            tell(
                event.kind,
                event.data,
                who=event.actor.name if event.actor else "Baton",
                holder=people.get(event.data.get("holder")),
                team=teams.get(event.data.get("team")),
            ),
        )
        for event in reversed(events)
    ]


def _names(session: Session, model: Any, ids: set[int | None]) -> Mapping[int | None, str]:
    if not ids - {None}:
        return {}
    rows = session.execute(select(model.id, model.name).where(model.id.in_(ids - {None})))
    return {row.id: row.name for row in rows}


def _visits(
    session: Session, ledger: Ledger, stored: list[StageVisit], *, now: datetime
) -> list[VisitTimes]:
    clock_of = clocks(session)
    found = []
    for visit, row in zip(ledger.visits, stored, strict=True):
        pauses = [pause for pause in ledger.pauses if pause.visit_seq == visit.seq]
        until = visit.left_at or now
        waiting, in_hand, paused = split_time(visit, pauses, clock_of(visit.team_id), until=until)
        found.append(
            VisitTimes(
                stage=visit.stage,
                round=visit.round,
                team=row.team,
                holder=row.holder,
                entered_at=visit.entered_at,
                left_at=visit.left_at,
                due_at=visit.due_at,
                waiting_s=waiting,
                in_hand_s=in_hand,
                paused_s=paused,
                elapsed=until - visit.entered_at,
            )
        )
    return found


def _totals(ledger: Ledger, *, now: datetime) -> Totals:
    sums = dict.fromkeys(("visit", "pause", "confirmation"), timedelta())
    for what, start, end in tiles(ledger, now=now):
        sums[what] += end - start
    return Totals(sums["visit"], sums["pause"], sums["confirmation"])
