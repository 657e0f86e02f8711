"""The rows that follow from a ledger: the one place that decides what is stored about a request.

Working seconds are counted in the calendar of the team whose visit it is. A visit's time splits
into waiting (entered to started), in hand (started to left) and paused; pauses are taken out of
the first two, and kept beside them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.requests.life.ledger import (
    Approval,
    ConfirmationWait,
    Ledger,
    Pause,
    ReplyWait,
    Thanked,
    Visit,
)
from app.requests.life.promises import DueClock
from app.requests.life.timers import Clocks, timers_of
from app.requests.rules import WaitingOn


@dataclass(frozen=True)
class StoredRows:
    """Column values by table; the interval rows carry `seq`, unique within their request."""

    request: dict[str, Any]
    visits: list[dict[str, Any]]
    pauses: list[dict[str, Any]]
    waits: list[dict[str, Any]]
    replies: list[dict[str, Any]]
    approvals: list[dict[str, Any]]
    thanked: list[dict[str, Any]]
    parties: dict[int, bool]
    links: set[tuple[str, int]]
    timers: dict[str, datetime]


NOTHING: Final = StoredRows({}, [], [], [], [], [], [], {}, set(), {})


def rows_of(ledger: Ledger, clock_of: Clocks) -> StoredRows:
    """Return everything stored about the request of `ledger`; `clock_of` takes a team's id."""
    visits = [_visit_row(ledger, visit, clock_of(visit.team_id)) for visit in ledger.visits]
    return StoredRows(
        request=_request_row(ledger, visits, clock_of),
        visits=visits,
        pauses=[_columns(pause) for pause in ledger.pauses],
        waits=[_columns(wait) for wait in ledger.waits],
        replies=[_reply_row(reply, clock_of) for reply in ledger.replies],
        approvals=[_columns(approval) for approval in ledger.approvals],
        thanked=[_columns(thanked) for thanked in ledger.thanked],
        parties=ledger.parties,
        links=set(ledger.links),
        timers=timers_of(ledger, clock_of),
    )


def _columns(
    piece: Visit | Pause | ConfirmationWait | ReplyWait | Approval | Thanked,
) -> dict[str, Any]:
    return {name: getattr(piece, name) for name in piece.__slots__}


def _reply_row(reply: ReplyWait, clock_of: Clocks) -> dict[str, Any]:
    """The working time until the answer is that of the team which gave it."""
    working = None
    if reply.to_at and reply.team_id:
        working = clock_of(reply.team_id).between(reply.from_at, reply.to_at)
    return {**_columns(reply), "working_s": working}


def _visit_row(ledger: Ledger, visit: Visit, clock: DueClock) -> dict[str, Any]:
    row = {**_columns(visit), "waiting_s": None, "in_hand_s": None, "paused_s": None}
    if visit.left_at is not None:
        pauses = [pause for pause in ledger.pauses if pause.visit_seq == visit.seq]
        row["waiting_s"], row["in_hand_s"], row["paused_s"] = split_time(
            visit, pauses, clock, until=visit.left_at
        )
    return row


def split_time(
    visit: Visit, pauses: list[Pause], clock: DueClock, *, until: datetime
) -> tuple[int, int, int]:
    """Return working seconds (waiting, in hand, paused) of `visit` up to `until`."""
    start = min(visit.started_at or until, until)
    waiting, in_hand = clock.between(visit.entered_at, start), clock.between(start, until)
    paused = 0
    for pause in pauses:
        to_at = min(pause.to_at or until, until)
        seconds = clock.between(pause.from_at, to_at)
        paused += seconds
        early = clock.between(pause.from_at, min(to_at, start))
        waiting -= early
        in_hand -= seconds - early
    return waiting, in_hand, paused


def _request_row(ledger: Ledger, visits: list[dict[str, Any]], clock_of: Clocks) -> dict[str, Any]:
    closed = ledger.done_at is not None or ledger.ended_at is not None
    return {
        "version": ledger.version,
        "state": ledger.state.value,
        "asking_team_id": ledger.asking_team_id,
        "team_id": ledger.visit.team_id,
        "stage": ledger.visit.stage,
        "holder_id": ledger.visit.holder_id,
        "turn_side": ledger.turn_side.value,
        "turn_since": ledger.turn_since,
        "stage_due_at": _stage_due(ledger),
        **{name: getattr(ledger, name) for name in COPIED},
        **_awaited(ledger),
        "unanswered_since": ledger.open_reply and ledger.open_reply.from_at,
        "reply_by": ledger.open_reply and ledger.open_reply.due_at,
        "merged_into_id": ledger.merged_into,
        "response_s": _until_answered(ledger, clock_of),
        "working_s": sum(v["waiting_s"] + v["in_hand_s"] for v in visits) if closed else None,
        "paused_s": sum(v["paused_s"] for v in visits) if closed else None,
    }


def _stage_due(ledger: Ledger) -> datetime | None:
    """Return when the open stage owes its work: within its allowance, never after the promise.

    The visit keeps its allowance also where others used up the time before it. But who asked waits
    for the whole, and both sides have to call it late from the same instant on.
    """
    own, promised = ledger.visit.due_at, ledger.due_now
    if own is None or ledger.visit.left_at is not None:
        return None
    return min(own, promised) if promised else own


def _until_answered(ledger: Ledger, clock_of: Clocks) -> int | None:
    """Return the working seconds until the first answer, or until it was over without one."""
    until = ledger.first_response_at or ledger.done_at or ledger.ended_at
    if until is None or ledger.raised_at is None:
        return None
    return clock_of(ledger.visits[0].team_id).between(ledger.raised_at, until)


def _awaited(ledger: Ledger) -> dict[str, Any]:
    """Return whom an open pause waits for: the name of a third party, and who is asked to agree.

    The name is empty for its own parts, None where nobody is named.
    """
    pause = ledger.open_pause
    if pause is None:
        return {"waits_for": None, "asked_id": None}
    asked = [a.person_id for a in ledger.approvals if a.asked_at == pause.from_at]
    children = pause.waiting_on == WaitingOn.CHILDREN
    return {"waits_for": "" if children else pause.who or None, "asked_id": next(iter(asked), None)}


COPIED = (
    "raised_at",
    "due_at",
    "respond_by",
    "first_response_at",
    "done_at",
    "ended_at",
    "last_event_at",
    "last_public_at",
    "released_at",
    "expected_at",
    "second_promises",
    "rating",
    "outcome",
    "reopenings",
    "returns",
)
