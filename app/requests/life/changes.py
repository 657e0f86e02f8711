"""What each kind of event does to a ledger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.requests.life import companions, exchanges
from app.requests.life.exchanges import (
    close_reply,
    end_pause,
    moment,
    moving_state,
    set_dues,
    undo_end,
)
from app.requests.life.ledger import ConfirmationWait, Happening, Ledger, Visit
from app.requests.rules import Kind, State


def _raised(ledger: Ledger, happening: Happening) -> None:
    data = happening.data
    ledger.raised_at = happening.at
    ledger.raiser_id = happening.actor_id
    ledger.asking_team_id = data["asking_team"]
    ledger.confidential = data.get("confidential", False)
    ledger.plan = data.get("stages", [])
    ledger.first_due_at = moment(data.get("due"))
    ledger.due_at, ledger.respond_by = ledger.first_due_at, moment(data.get("respond_by"))
    ledger.reply_s = data.get("reply_s")
    ledger.checklist = data.get("checklist", [])
    _enter(ledger, happening.at, data)
    if ledger.visit.holder_id is not None:
        ledger.state = State.ACCEPTED


def _held(ledger: Ledger, happening: Happening) -> None:
    ledger.visit.holder_id = happening.data.get("holder", happening.actor_id)
    if ledger.visit.holder_id is None:
        _back_to_the_line(ledger)
        return
    if ledger.state is State.RAISED:
        ledger.state = State.ACCEPTED


def _started(ledger: Ledger, happening: Happening) -> None:
    if ledger.visit.holder_id is None:
        ledger.visit.holder_id = happening.actor_id
    ledger.visit.started_at = happening.at
    ledger.state = State.IN_WORK


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
        _back_to_the_line(ledger)


def _back_to_the_line(ledger: Ledger) -> None:
    """Nobody is on it; a wait for an answer goes on."""
    ledger.visit.started_at = None
    if ledger.state is not State.WAITING:
        ledger.state = State.ACCEPTED


def _done(ledger: Ledger, happening: Happening) -> None:
    if ledger.visit.holder_id is None:
        ledger.visit.holder_id = happening.actor_id
    _leave(ledger, happening)
    set_dues(ledger, happening)
    ledger.done_at = happening.at
    close_reply(ledger, happening.at, by=happening.kind)
    ledger.waits.append(ConfirmationWait(len(ledger.waits) + 1, happening.at))
    ledger.state = State.DONE


def _ended(ledger: Ledger, happening: Happening) -> None:
    if happening.kind is Kind.CONFIRMED:
        ledger.waits[-1].to_at, ledger.waits[-1].ended_by = happening.at, happening.kind
        ledger.outcome = happening.data.get("outcome")
    else:
        _leave(ledger, happening)
        close_reply(ledger, happening.at, by=happening.kind)
    ledger.merged_into = happening.data.get("into")
    ledger.ended_at = happening.at
    ledger.state = State(happening.kind.value)


def _unmerged(ledger: Ledger, happening: Happening) -> None:
    """What the merge ended goes on as if nothing had been: the visit, a pause, a wait for a reply.

    After older events a visit went on without its pause.
    """
    visit = ledger.visit
    visit.left_at = visit.ended_by = None
    if happening.data.get("as_it_was"):
        undo_end(ledger, by=Kind.MERGED)
    ledger.ended_at = ledger.merged_into = None
    ledger.state = State.WAITING if ledger.open_pause else moving_state(ledger)


def _reopened(ledger: Ledger, happening: Happening) -> None:
    """Also after a confirmation, which then did not hold: the wait for the last word went on.

    Older events do not say who gets it; it was who did it.
    """
    ledger.waits[-1].to_at, ledger.waits[-1].ended_by = happening.at, happening.kind
    ledger.done_at = ledger.ended_at = ledger.outcome = ledger.rating = None
    ledger.reminded = {what for what in ledger.reminded if not what.startswith(AFTER_DONE)}
    ledger.reopenings += 1
    last = ledger.visit
    data = {"stage": last.stage, "team": last.team_id, "holder": last.holder_id}
    _enter(ledger, happening.at, {**data, **happening.data})
    set_dues(ledger, happening)
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
        end_pause(ledger, happening)
    ledger.visit.left_at = happening.at
    ledger.visit.ended_by = happening.data.get("decision", happening.kind.value)


CHANGES = {
    Kind.RAISED: _raised,
    Kind.MESSAGE: exchanges.message,
    Kind.CLAIMED: _held,
    Kind.TAKEN_OVER: _held,
    Kind.GIVEN: _held,
    Kind.STARTED: _started,
    Kind.PAUSED: exchanges.paused,
    Kind.RESUMED: exchanges.resumed,
    Kind.HANDED: _handed,
    Kind.DECLINED: _ended,
    Kind.WITHDRAWN: _ended,
    Kind.DONE: _done,
    Kind.CONFIRMED: _ended,
    Kind.REOPENED: _reopened,
    Kind.STEPPED_ASIDE: _stepped_aside,
    Kind.TAKEN_BACK: _taken_back,
    Kind.PROMISED_ANEW: exchanges.promised_anew,
    Kind.REMINDED: exchanges.reminded,
    Kind.RATED: exchanges.rated,
    Kind.THANKED: companions.thanked,
    Kind.MERGED: _ended,
    Kind.UNMERGED: _unmerged,
    Kind.APPROVAL_ASKED: companions.approval_asked,
    Kind.DECIDED: companions.decided,
    Kind.TICKED: companions.ticked,
    Kind.LINKED: companions.linked,
    Kind.UNLINKED: companions.unlinked,
}

AFTER_DONE = ("confirm", "how was it")
