"""The shape of a request's life: what follows from its events.

From raised to its end the pieces tile the life of a request: at each instant it is in exactly one
open visit that is not paused, or one pause, or one wait for confirmation (`tiles`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.requests.rules import Kind, Side, State


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: what, when (UTC), who, on which side, and the facts that came with it."""

    at: datetime
    kind: Kind
    actor_id: int | None
    side: Side
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Visit:
    """One pass through one stage in one team's hands."""

    seq: int
    stage: str
    round: int
    team_id: int
    from_team_id: int | None
    holder_id: int | None
    entered_at: datetime
    due_at: datetime | None
    started_at: datetime | None = None
    left_at: datetime | None = None
    ended_by: str | None = None


@dataclass(slots=True)
class Pause:
    """An addressed question, or the wait for a named third party, inside a visit."""

    seq: int
    visit_seq: int
    waiting_on: str
    who: str
    until: datetime | None
    from_at: datetime
    to_at: datetime | None = None
    ended_by: str | None = None


@dataclass(slots=True)
class ReplyWait:
    """From the first unanswered message of the asking side to the next answer they can see."""

    seq: int
    from_at: datetime
    due_at: datetime | None
    to_at: datetime | None = None
    ended_by: str | None = None
    team_id: int | None = None


@dataclass(slots=True)
class Approval:
    """A question to one person, who agrees or does not."""

    seq: int
    person_id: int
    asked_by_id: int | None
    asked_at: datetime
    decided_at: datetime | None = None
    agreed: bool | None = None


@dataclass(slots=True)
class Thanked:
    """One person thanked for what they carried, by the event `event_seq`."""

    seq: int
    event_seq: int
    person_id: int
    at: datetime


@dataclass(slots=True)
class ConfirmationWait:
    """From the provider's "done" to the requester's word."""

    seq: int
    from_at: datetime
    to_at: datetime | None = None
    ended_by: str | None = None


@dataclass(slots=True)
class Ledger:
    """Everything that follows from the events of one request."""

    state: State = State.RAISED
    version: int = 0
    told: int = 0  # events so far; the `seq` of the last one
    asking_team_id: int = 0
    confidential: bool = False
    raiser_id: int | None = None
    first_due_at: datetime | None = None  # as it was promised when it was raised
    due_at: datetime | None = None
    respond_by: datetime | None = None
    reply_s: int | None = None
    raised_at: datetime | None = None
    first_response_at: datetime | None = None
    done_at: datetime | None = None
    ended_at: datetime | None = None
    last_event_at: datetime | None = None
    last_public_at: datetime | None = None
    released_at: datetime | None = None
    expected_at: datetime | None = None
    promised_anew_at: datetime | None = None
    second_promises: int = 0
    merged_into: int | None = None
    rating: str | None = None
    outcome: str | None = None
    reopenings: int = 0
    returns: int = 0
    turn_side: Side = Side.NOBODY
    turn_since: datetime | None = None
    teams: set[int] = field(default_factory=set)
    plan: list[Mapping[str, Any]] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    waits: list[ConfirmationWait] = field(default_factory=list)
    replies: list[ReplyWait] = field(default_factory=list)
    reminded: set[str] = field(default_factory=set)
    approvals: list[Approval] = field(default_factory=list)
    thanked: list[Thanked] = field(default_factory=list)
    links: set[tuple[str, int]] = field(default_factory=set)
    joined: dict[int, list[int]] = field(default_factory=dict)
    sent_back: set[int] = field(default_factory=set)
    checklist: list[str] = field(default_factory=list)
    ticked: set[str] = field(default_factory=set)

    @property
    def visit(self) -> Visit:
        """The open visit, or the last one when none is open."""
        return self.visits[-1]

    @property
    def open_reply(self) -> ReplyWait | None:
        """What the asking side wrote and still waits to be answered, if anything."""
        return self.replies[-1] if self.replies and self.replies[-1].to_at is None else None

    @property
    def due_now(self) -> datetime | None:
        """When the work is expected by the last word given: the second promise, else the first."""
        return self.expected_at or self.due_at

    @property
    def parties(self) -> dict[int, bool]:
        """Every team that is party to it, and whether it stands on the asking side.

        A confidential request lists its carriers only. The team that has it now provides, also
        when it asked.
        """
        asking = set() if self.confidential else {self.asking_team_id}
        asking.update(*self.joined.values())
        now = self.visit.team_id
        return {team: team in asking and team != now for team in self.teams | asking}

    @property
    def open_pause(self) -> Pause | None:
        """The pause that is running, if any."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].to_at is None else None


def tiles(ledger: Ledger, *, now: datetime) -> list[tuple[str, datetime, datetime]]:
    """Return (what, from, to) pieces of the request's life up to its end or `now`, in order.

    `what` is "visit", "pause" or "confirmation"; open pieces end at `now`. Empty pieces are left
    out.
    """
    pieces = []
    for visit in ledger.visits:
        at = visit.entered_at
        for pause in (p for p in ledger.pauses if p.visit_seq == visit.seq):
            pieces.append(("visit", at, pause.from_at))
            at = pause.to_at or now
            pieces.append(("pause", pause.from_at, at))
        pieces.append(("visit", at, visit.left_at or now))
    pieces += [("confirmation", wait.from_at, wait.to_at or now) for wait in ledger.waits]
    return sorted((p for p in pieces if p[1] < p[2]), key=lambda piece: piece[1])
