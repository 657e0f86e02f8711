"""What each kind of event does to a ledger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.requests.ledger import ConfirmationWait, Happening, Ledger, Pause, Visit
from app.requests.rules import Kind, Side, State, WaitingOn


def moment(text: str | None) -> datetime | None:
    """Read an instant stored in event data (ISO 8601 with its offset)."""
    return datetime.fromisoformat(text) if text else None


def _raised(ledger: Ledger, happening: Happening) -> None:
    data = happening.data
    ledger.raised_at = happening.at
    ledger.raiser_id = happening.actor_id
    ledger.asking_team_id = data["asking_team"]
    ledger.confidential = data.get("confidential", False)
    ledger.plan = data.get("stages", [])
    ledger.due_at, ledger.respond_by = moment(data.get("due")), moment(data.get("respond_by"))
    _enter(ledger, happening.at, data)
    if ledger.visit.holder_id is not None:
        ledger.state = State.ACCEPTED


def _message(ledger: Ledger, happening: Happening) -> None:
    """First response: human, visible, by the providing side, not by the raiser (see README)."""
    answers = happening.side is Side.PROVIDING and happening.actor_id not in (
        None,
        ledger.raiser_id,
    )
    if answers and not happening.data.get("automatic") and ledger.first_response_at is None:
        ledger.first_response_at = happening.at


def _held(ledger: Ledger, happening: Happening) -> None:
    ledger.visit.holder_id = happening.data.get("holder", happening.actor_id)
    if ledger.state is State.RAISED:
        ledger.state = State.ACCEPTED


def _started(ledger: Ledger, happening: Happening) -> None:
    if ledger.visit.holder_id is None:
        ledger.visit.holder_id = happening.actor_id
    ledger.visit.started_at = happening.at
    ledger.state = State.IN_WORK


def _paused(ledger: Ledger, happening: Happening) -> None:
    data = happening.data
    ledger.pauses.append(
        Pause(
            seq=len(ledger.pauses) + 1,
            visit_seq=ledger.visit.seq,
            waiting_on=WaitingOn(data["waiting_on"]),
            who=data.get("who", ""),
            until=moment(data.get("until")),
            from_at=happening.at,
        )
    )
    ledger.state = State.WAITING


def _resumed(ledger: Ledger, happening: Happening) -> None:
    _end_pause(ledger, happening)
    _set_dues(ledger, happening)
    if ledger.visit.started_at:
        ledger.state = State.IN_WORK
    else:
        held = ledger.visit.holder_id is not None or len(ledger.visits) > 1
        ledger.state = State.ACCEPTED if held else State.RAISED


def _handed(ledger: Ledger, happening: Happening) -> None:
    _leave(ledger, happening)
    ledger.returns += happening.data.get("decision", "").startswith("back")
    _enter(ledger, happening.at, happening.data)
    ledger.released_at = moment(happening.data.get("released_at"))
    ledger.state = State.ACCEPTED


def _taken_back(ledger: Ledger, _happening: Happening) -> None:
    """The visit that was left goes on as if it had not been; the one just begun never was."""
    undone = ledger.visits.pop()
    visit = ledger.visit
    ledger.returns -= (visit.ended_by or "").startswith("back")
    visit.left_at = visit.ended_by = None
    if all(undone.team_id != other.team_id for other in ledger.visits):
        ledger.teams.discard(undone.team_id)
    ledger.released_at = None
    if visit.started_at:
        ledger.state = State.IN_WORK
    else:
        ledger.state = State.ACCEPTED


def _stepped_aside(ledger: Ledger, happening: Happening) -> None:
    """Another pair of hands, the same clock; with nobody named it waits for the team again."""
    ledger.visit.holder_id = happening.data.get("holder")
    if ledger.visit.holder_id is None:
        ledger.visit.started_at = None
        ledger.state = State.ACCEPTED


def _done(ledger: Ledger, happening: Happening) -> None:
    if ledger.visit.holder_id is None:
        ledger.visit.holder_id = happening.actor_id
    _leave(ledger, happening)
    ledger.done_at = happening.at
    ledger.waits.append(ConfirmationWait(len(ledger.waits) + 1, happening.at))
    ledger.state = State.DONE


def _ended(ledger: Ledger, happening: Happening) -> None:
    if happening.kind is Kind.CONFIRMED:
        ledger.waits[-1].to_at, ledger.waits[-1].ended_by = happening.at, happening.kind
        ledger.outcome = happening.data.get("outcome")
    else:
        _leave(ledger, happening)
    ledger.ended_at = happening.at
    ledger.state = State(happening.kind.value)


def _reopened(ledger: Ledger, happening: Happening) -> None:
    ledger.waits[-1].to_at, ledger.waits[-1].ended_by = happening.at, happening.kind
    ledger.done_at = None
    ledger.reopenings += 1
    last = ledger.visit
    data = {"stage": last.stage, "team": last.team_id, "holder": last.holder_id}
    _enter(ledger, happening.at, {**data, "visit_due": happening.data.get("visit_due")})
    _set_dues(ledger, happening)
    ledger.state = State.ACCEPTED


def _enter(ledger: Ledger, at: datetime, data: Mapping[str, Any]) -> None:
    stage, team = data["stage"], data["team"]
    ledger.visits.append(
        Visit(
            seq=len(ledger.visits) + 1,
            stage=stage,
            round=1 + sum(v.stage == stage and v.team_id == team for v in ledger.visits),
            team_id=team,
            from_team_id=ledger.visits[-1].team_id if ledger.visits else None,
            holder_id=data.get("holder"),
            entered_at=at,
            due_at=moment(data.get("visit_due")),
        )
    )
    ledger.teams.add(team)


def _leave(ledger: Ledger, happening: Happening) -> None:
    if ledger.open_pause:
        _end_pause(ledger, happening)
    ledger.visit.left_at = happening.at
    ledger.visit.ended_by = happening.data.get("decision", happening.kind.value)


def _end_pause(ledger: Ledger, happening: Happening) -> None:
    pause = ledger.pauses[-1]
    pause.to_at = happening.at
    pause.ended_by = happening.data.get("how", happening.kind.value)


def _set_dues(ledger: Ledger, happening: Happening) -> None:
    if "due" in happening.data:
        ledger.due_at = moment(happening.data["due"])
    if "visit_due" in happening.data:
        ledger.visit.due_at = moment(happening.data["visit_due"])


CHANGES = {
    Kind.RAISED: _raised,
    Kind.MESSAGE: _message,
    Kind.CLAIMED: _held,
    Kind.TAKEN_OVER: _held,
    Kind.GIVEN: _held,
    Kind.STARTED: _started,
    Kind.PAUSED: _paused,
    Kind.RESUMED: _resumed,
    Kind.HANDED: _handed,
    Kind.DECLINED: _ended,
    Kind.WITHDRAWN: _ended,
    Kind.DONE: _done,
    Kind.CONFIRMED: _ended,
    Kind.REOPENED: _reopened,
    Kind.STEPPED_ASIDE: _stepped_aside,
    Kind.TAKEN_BACK: _taken_back,
}
