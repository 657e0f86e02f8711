"""What one asks of others while a request is open: what is missing, and that somebody agrees.

As all acts, they take an `Act` and raise `AlreadyDone`, `NotYours`, `Stale` or `NotNow`.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.language import gettext
from app.people.models import Person
from app.requests import rights
from app.requests.acts.work import moved, wait_until
from app.requests.models import Request
from app.requests.record.recording import Act, Step, Turning, begin
from app.requests.rules import Kind, NotNow, NotYours, WaitingOn


def return_with_list(
    session: Session, request: Request, *, missing: Sequence[str], until: datetime, act: Act
) -> None:
    """Give it back to who asked with a list of what is missing; it waits for that, `until` (UTC).

    Once in each team's hands: whoever comes back a second time asks a question instead. The time
    is not counted as that of the team that has it.

    :raises NotNow: the second time, when nothing is missing, or when `until` has passed.
    """
    turning = begin(session, request, act, may=rights.may_carry)
    if turning.ledger.visit.seq in turning.ledger.sent_back:
        raise NotNow(gettext("It went back with a list already; please ask what is still open."))
    if not missing:
        raise NotNow(gettext("Please name what is missing."))
    words = "\n".join([gettext("To go on we need:"), "", *(f"- {each}" for each in missing)])
    until_then = wait_until(turning, until)
    data = {"waiting_on": WaitingOn.REQUESTER.value, "who": "", "until": until_then}
    turning.record(
        Step(Kind.MESSAGE, words=words), Step(Kind.PAUSED, {**data, "missing": list(missing)})
    )


def ask_to_agree(
    session: Session, request: Request, *, of: Person, question: str, until: datetime, act: Act
) -> None:
    """Ask one person to agree; the request waits for them, `until` (UTC). They see it from now on.

    :raises NotYours: when it is the person who asks, or somebody who has left.
    :raises NotNow: when `until` has passed.
    """
    turning = begin(session, request, act, may=rights.may_carry)
    if of.id == act.by.id or not of.is_active:
        raise NotYours(gettext("Somebody else has to agree, and somebody who is here."))
    until_then = wait_until(turning, until)
    who = {"waiting_on": WaitingOn.THIRD_PARTY.value, "who": of.name, "until": until_then}
    turning.record(
        Step(Kind.MESSAGE, words=question),
        Step(Kind.APPROVAL_ASKED, {"holder": of.id}),
        Step(Kind.PAUSED, who),
    )


def decide(session: Session, request: Request, *, agreed: bool, words: str, act: Act) -> None:
    """Agree, or not; the words go to everybody, and the work goes on.

    :raises NotNow: when the request has ended meanwhile.
    """
    turning = begin(session, request, act, may=rights.may_decide)
    steps = [Step(Kind.MESSAGE, words=words)] if words else []
    for approval in turning.ledger.approvals:
        if approval.person_id == act.by.id and approval.decided_at is None:
            data = {
                "approval": approval.seq,
                "agreed": agreed,
                "asked_by": approval.asked_by_id,
            }
            steps += [Step(Kind.DECIDED, data), *_goes_on(turning, approval.asked_at)]
    turning.record(*steps)


def _goes_on(turning: Turning, asked_at: datetime) -> list[Step]:
    """The wait that began with the question is over."""
    pause = turning.ledger.open_pause
    if pause is None or pause.from_at != asked_at:
        return []
    return [Step(Kind.RESUMED, {"how": "decided", **moved(turning, pause.from_at)})]


def tick(session: Session, request: Request, *, point: str, done: bool, act: Act) -> None:
    """Say that a point of the checklist is looked after, or that it is not after all.

    :raises NotNow: for a point that is not on the list.
    """
    turning = begin(session, request, act, may=rights.may_carry)
    if point not in turning.ledger.checklist:
        raise NotNow(gettext("This point is not on the list of this request."))
    if (point in turning.ledger.ticked) != done:
        turning.record(Step(Kind.TICKED, {"point": point, "ticked": done}))
