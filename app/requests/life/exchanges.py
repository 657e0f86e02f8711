"""What words do to a ledger: answers given and awaited, questions, second promises."""

from datetime import datetime

from app.requests.life.ledger import Happening, Ledger, Pause, ReplyWait
from app.requests.rules import MOVING, Kind, Side, State, WaitingOn


def moment(text: str | None) -> datetime | None:
    """Read an instant stored in event data (ISO 8601 with its offset)."""
    return datetime.fromisoformat(text) if text else None


def message(ledger: Ledger, happening: Happening) -> None:
    """Count a message as the answer it is, or as the question it asks.

    First response: human, visible, by the providing side, not by the raiser. After it, the first
    unanswered message of the asking side opens a wait that later ones do not begin anew.
    """
    if happening.data.get("automatic"):
        return
    answers = happening.side is Side.PROVIDING and happening.actor_id not in (
        None,
        ledger.raiser_id,
    )
    if answers and ledger.first_response_at is None:
        ledger.first_response_at = happening.at
    if answers:
        close_reply(ledger, happening.at, by=happening.kind)
    elif opens_reply(ledger, happening.side):
        due_at = moment(happening.data.get("reply_by"))
        ledger.replies.append(ReplyWait(len(ledger.replies) + 1, happening.at, due_at))


def opens_reply(ledger: Ledger, side: Side) -> bool:
    """Say whether a message by `side` now begins a wait for an answer.

    The answer to a question of ours is no question to us; nor is a word after "done".
    """
    pause = ledger.open_pause
    asked = pause is not None and pause.waiting_on == WaitingOn.REQUESTER
    going_on = ledger.state in MOVING or (ledger.state is State.WAITING and not asked)
    answered_once = ledger.first_response_at is not None
    return side is Side.ASKING and answered_once and going_on and ledger.open_reply is None


def close_reply(ledger: Ledger, at: datetime, *, by: Kind) -> None:
    """End the wait for an answer, if one is open."""
    if reply := ledger.open_reply:
        reply.to_at, reply.ended_by, reply.team_id = at, by.value, ledger.visit.team_id


def promised_anew(ledger: Ledger, happening: Happening) -> None:
    """A second promise stands beside the first, which stays what was promised."""
    ledger.expected_at = moment(happening.data["expected"])
    ledger.promised_anew_at = happening.at
    ledger.second_promises += 1


def reminded(ledger: Ledger, happening: Happening) -> None:
    """Each reminder is given once, and so are those it was given instead of."""
    ledger.reminded.update({happening.data["what"], *happening.data.get("instead_of", ())})


def rated(ledger: Ledger, happening: Happening) -> None:
    """Keep how it was; a later word takes the place of an earlier one."""
    ledger.rating = happening.data["rating"]


def paused(ledger: Ledger, happening: Happening) -> None:
    """Begin to wait for whom the question is addressed to."""
    data = happening.data
    if data.get("missing"):
        ledger.sent_back.add(ledger.visit.seq)
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


def resumed(ledger: Ledger, happening: Happening) -> None:
    """Go on where it stood, with the due times that came along."""
    end_pause(ledger, happening)
    set_dues(ledger, happening)
    ledger.state = moving_state(ledger)


def moving_state(ledger: Ledger) -> State:
    """Return the state of a request that nothing holds up."""
    if ledger.visit.started_at:
        return State.IN_WORK
    held = ledger.visit.holder_id is not None or len(ledger.visits) > 1
    return State.ACCEPTED if held else State.RAISED


def end_pause(ledger: Ledger, happening: Happening) -> None:
    """End the pause that is running."""
    pause = ledger.pauses[-1]
    pause.to_at = happening.at
    pause.ended_by = happening.data.get("how", happening.kind.value)


def undo_end(ledger: Ledger, *, by: Kind) -> None:
    """Let the pause and the wait for an answer go on that the end of the request (`by`) closed."""
    last: list[Pause | ReplyWait] = [*ledger.pauses[-1:], *ledger.replies[-1:]]
    for each in last:
        if (each.to_at, each.ended_by) == (ledger.ended_at, by.value):
            each.to_at = each.ended_by = None
    if reply := ledger.open_reply:
        reply.team_id = None


def set_dues(ledger: Ledger, happening: Happening) -> None:
    """Take over the due times that an event carries."""
    if "due" in happening.data:
        ledger.due_at = moment(happening.data["due"])
    if "expected" in happening.data:
        ledger.expected_at = moment(happening.data["expected"])
    if "visit_due" in happening.data:
        ledger.visit.due_at = moment(happening.data["visit_due"])
