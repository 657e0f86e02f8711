"""Passing work on for somebody who cannot do it any more, by whoever looks after the people.

And going on without the word of somebody who will not give it any more.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.people.models import Person
from app.requests.acts.work import moved
from app.requests.life.ledger import Approval, Pause
from app.requests.models import Request
from app.requests.record.recording import Step, begin_by_itself
from app.requests.rules import OPEN, Kind, WaitingOn


def pass_for(
    session: Session,
    request: Request,
    *,
    of: Person,
    successor: Person | None,
    by: Person,
    at: datetime,
) -> None:
    """Give what `of` holds to `successor`, or with None back to the team's line.

    `by` need not belong to the request; they decide about people, and do not read it by that.
    Nothing happens when somebody has taken it over meanwhile.
    """
    turning = begin_by_itself(session, request, at=at, by=by)
    if turning.ledger.visit.holder_id == of.id:
        data = {"holder": successor.id if successor else None, "from": of.id}
        turning.record(Step(Kind.GIVEN, data))


def go_on_without(session: Session, request: Request, *, of: Person, at: datetime) -> None:
    """Wait no longer for an answer of `of`, nor for their yes or no.

    It happens by itself: whoever lets them leave chooses nothing about it, and is told if they
    have it. Nothing happens when there is an answer meanwhile.
    """
    turning = begin_by_itself(session, request, at=at)
    ledger = turning.ledger
    asked = [each for each in ledger.approvals if each.person_id == of.id and not each.decided_at]
    steps = [Step(Kind.DECIDED, _undecided(approval)) for approval in asked]
    pause = ledger.open_pause
    if pause and _waits_for(pause, request, of, asked):
        steps.append(Step(Kind.RESUMED, {"how": "left", **moved(turning, pause.from_at)}))
    if steps and ledger.state in OPEN:
        turning.record(*steps)


def _waits_for(pause: Pause, request: Request, person: Person, asked: list[Approval]) -> bool:
    """Say whether a pause waits for an answer of `person`, or for what they are `asked` to say."""
    if pause.waiting_on == WaitingOn.REQUESTER:
        return request.requester_id == person.id
    return any(each.asked_at == pause.from_at for each in asked)


def _undecided(approval: Approval) -> dict[str, int | None]:
    who = {"asked_by": approval.asked_by_id, "holder": approval.person_id}
    return {"approval": approval.seq, "agreed": None, **who}
