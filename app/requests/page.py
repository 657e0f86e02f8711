"""Everything the page of one request shows, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import rows_of
from app.people.models import Person, Team
from app.people.names import Named
from app.requests.happened import Carried, Happened, Said, carried, happened
from app.requests.life.history import replay
from app.requests.life.ledger import Ledger
from app.requests.life.telling import tell
from app.requests.models import Brief, Request
from app.requests.record.earlier import as_happening
from app.requests.record.lifetimes import Totals, VisitTimes, totals, visit_times
from app.requests.rights import INNER, Relation
from app.requests.rules import Kind, Side

# Within one visit; whoever has it afterwards has said nothing yet.
TO_OTHER_HANDS: Final = {Kind.CLAIMED, Kind.TAKEN_OVER, Kind.GIVEN, Kind.STEPPED_ASIDE}


@dataclass(frozen=True)
class Story:
    """A request as its page tells it.

    `known` are the events that the reader may know, in order; `history` tells them, backwards.
    """

    brief: Brief | None
    ledger: Ledger
    known: list[Happened]
    talk: list[tuple[Happened, Said]]
    history: list[tuple[datetime, str]]
    visits: list[VisitTimes]
    totals: Totals
    carriers: list[Named]
    handoffs: dict[int, Happened]
    said_when: Happened | None
    missing: list[str]
    count: int

    @property
    def last_handoff(self) -> Happened | None:
        """The last handoff that was not taken back."""
        return self.handoffs[max(self.handoffs)] if self.handoffs else None


def story_of(session: Session, request: Request, relation: Relation, *, now: datetime) -> Story:
    """Return what the page shows to somebody who stands to the request like `relation`."""
    events, visits = happened(session, request.id), carried(session, request.id)
    ledger = replay(map(as_happening, events))
    known = known_to(events, inner=relation.side is Side.PROVIDING)
    return Story(
        brief=request.brief,
        ledger=ledger,
        known=known,
        talk=[(event, event.message) for event in known if event.message],
        history=history_of(session, known, visits),
        visits=visit_times(session, ledger, visits, now=now),
        totals=totals(ledger, now=request.ended_at or now),
        carriers=list({v.holder.id: v.holder for v in visits if v.holder}.values()),
        handoffs=handoffs_by_visit(events),
        said_when=said_when(events, ledger),
        missing=_missing(events),
        count=len(events),
    )


def known_to(events: list[Happened], *, inner: bool) -> list[Happened]:
    """Return what may be told: no inner steps to the asking side, no words that were taken back."""
    unsaid = {event.data["seq"] for event in events if event.kind == Kind.UNSAID}
    quiet = frozenset() if inner else INNER
    kept = [e for e in events if e.kind not in quiet and e.seq not in unsaid]
    return [e for e in kept if inner or not (e.message and e.message.internal)]


def said_when(events: list[Happened], ledger: Ledger) -> Happened | None:
    """Return the last word on when they will look of who holds it, since it came to them."""
    visit, word = ledger.visit, None
    for event in events:
        if event.kind in TO_OTHER_HANDS:
            word = None
        elif event.kind == Kind.SAID_WHEN and event.at >= visit.entered_at:
            word = event if event.actor_id == visit.holder_id else None
    return word


def _missing(events: list[Happened]) -> list[str]:
    """Return what the last pause waits for, when it went back with a list."""
    pauses = [event for event in events if event.kind == Kind.PAUSED]
    return pauses[-1].data.get("missing", []) if pauses else []


def handoffs_by_visit(events: list[Happened]) -> dict[int, Happened]:
    """Return the handoff that ended each visit, by the visit's seq; those taken back left out."""
    ended: dict[int, Happened] = {}
    seq = 1
    for event in events:
        if event.kind == Kind.HANDED:
            ended[seq] = event
        elif event.kind == Kind.TAKEN_BACK:
            ended.pop(seq - 1)
        seq += {Kind.HANDED: 1, Kind.REOPENED: 1, Kind.TAKEN_BACK: -1}.get(Kind(event.kind), 0)
    return ended


def history_of(
    session: Session, events: list[Happened], visits: list[Carried]
) -> list[tuple[datetime, str]]:
    """Return (when, what) of events in plain sentences, newest first; `visits` know some names."""
    met = [v.holder for v in visits] + [event.actor for event in events]
    known: dict[int | None, str] = {person.id: person.name for person in met if person}
    people = _names(session, Person, {e.data.get("holder") for e in events}, known=known)
    carried: dict[int | None, str] = {visit.team.id: visit.team.name for visit in visits}
    teams = _names(session, Team, {e.data.get("team") for e in events}, known=carried)
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


def _names(
    session: Session, model: Any, ids: set[int | None], *, known: Mapping[int | None, str]
) -> Mapping[int | None, str]:
    """Return the names by id, reading those that the page does not know by now."""
    rest = ids - {None} - known.keys()
    if not rest:
        return known
    rows = rows_of(session, select(model.id, model.name).where(model.id.in_(rest)))
    return {**known, **{row.id: row.name for row in rows}}
