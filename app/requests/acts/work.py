"""The acts of those who carry a request, and words of both sides. None of them commits.

All take an `Act` (who, when, form key, version seen) and raise `AlreadyDone`, `NotYours`,
`Stale` or `NotNow`; nothing is written when they raise.
"""

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language import gettext
from app.people.models import Person
from app.people.queries import team_clock
from app.requests import rights
from app.requests.acts.routing import can_have
from app.requests.life.ledger import Pause
from app.requests.life.promises import LateCard, iso, moved_by_wait
from app.requests.models import Request
from app.requests.record.recording import Act, Step, Turning, begin
from app.requests.rules import Kind, NotNow, NotYours, WaitingOn
from app.worktime.days import local_day


def claim(session: Session, request: Request, *, act: Act) -> None:
    """Take a request that nobody holds. :raises NotNow: when somebody holds it already."""
    turning = begin(session, request, act, may=rights.may_carry)
    if request.holder_id is not None:
        raise NotNow(gettext("Somebody has it already."))
    turning.record(Step(Kind.CLAIMED))


def take_over(session: Session, request: Request, *, act: Act) -> None:
    """Take a request from a colleague who holds it."""
    turning = begin(session, request, act, may=rights.may_carry)
    if request.holder_id in (None, act.by.id):
        raise NotNow(gettext("There is nobody to take it over from."))
    turning.record(Step(Kind.TAKEN_OVER, {"holder": act.by.id, "from": request.holder_id}))


def give(session: Session, request: Request, *, to: Person, act: Act) -> None:
    """Give a request to a colleague of the team that has it."""
    turning = begin(session, request, act, may=rights.may_give)
    if not can_have(to, request, team_id=request.team_id):
        raise NotYours(gettext("It can be given to a member of the team who did not ask for it."))
    turning.record(Step(Kind.GIVEN, {"holder": to.id, "from": request.holder_id}))


def start(session: Session, request: Request, *, act: Act) -> None:
    """Say "I am on it": the wait ends, the work begins."""
    turning = begin(session, request, act, may=rights.may_carry)
    if request.holder_id not in (None, act.by.id):
        raise NotNow(gettext("A colleague holds it; take it over first."))
    turning.record(Step(Kind.STARTED))


def pause(
    session: Session,
    request: Request,
    *,
    question: str,
    waiting_on: WaitingOn,
    who: str,
    until: datetime | None,
    act: Act,
) -> None:
    """Wait for an answer: the question goes to the asking side as a visible message.

    `who` names the third party; `until` is when an answer is hoped for (UTC).

    :raises NotNow: when that has passed.
    """
    turning = begin(session, request, act, may=rights.may_carry)
    data = {"waiting_on": waiting_on.value, "who": who, "until": wait_until(turning, until)}
    turning.record(Step(Kind.MESSAGE, words=question), Step(Kind.PAUSED, data))


def resume(session: Session, request: Request, *, act: Act) -> None:
    """End a pause by hand. The due times move by the working time that was paused."""
    turning = begin(session, request, act, may=rights.may_carry)
    turning.record(Step(Kind.RESUMED, {"how": "by hand", **moved(turning, _paused(turning))}))


def decline(
    session: Session, request: Request, *, reason: str, change: str, instead: str, act: Act
) -> None:
    """Decline with a reason, what would change it, and where to go instead."""
    turning = begin(session, request, act, may=rights.may_carry)
    parts = [
        reason,
        gettext("What would change it: %(change)s", change=change) if change else "",
        gettext("Instead: %(instead)s", instead=instead),
    ]
    words = "\n\n".join(part for part in parts if part)
    turning.record(Step(Kind.MESSAGE, words=words), Step(Kind.DECLINED))


def promise_anew(
    session: Session, request: Request, *, card: LateCard, expected: datetime, act: Act
) -> None:
    """Say first that it will be late: sorry, why, by when now (UTC), and what is done about it.

    The first promise stays what was promised; this one stands beside it and is counted.

    :raises NotNow: when there was no promise, or the new time has passed or is no later.
    """
    turning = begin(session, request, act, may=rights.may_carry)
    first = turning.ledger.due_now
    if first is None:
        raise NotNow(gettext("Nothing was promised for this one."))
    if expected <= max(act.at, first):
        raise NotNow(gettext("Please name a time that comes, later than the one promised."))
    data = {"expected": iso(expected), "instead_of": iso(first), **asdict(card)}
    zone = request.requester.zone_at(expected) or request.team.calendar.zone_at(expected)
    words = card.words(expected, zone)
    turning.record(Step(Kind.MESSAGE, words=words), Step(Kind.PROMISED_ANEW, data))


def say_when(session: Session, request: Request, *, day: date, words: str, act: Act) -> None:
    """Say on which day one will look at it, before anybody has to ask. Both sides read it.

    :raises NotNow: for a day that has passed for the team that has it.
    """
    turning = begin(session, request, act, may=rights.may_review)
    clock = team_clock(session, request.team_id)
    if day < local_day(clock.plan.zone_at(act.at), act.at):
        raise NotNow(gettext("That day has passed; please name one that comes."))
    turning.record(Step(Kind.SAID_WHEN, {"day": day.isoformat(), "words": words}))


def wait_until(turning: Turning, until: datetime | None) -> str | None:
    """Return the end of a wait as event data. :raises NotNow: for one that has passed."""
    if until is not None and until <= turning.at:
        raise NotNow(gettext("That time has passed; please name one that comes."))
    return iso(until)


def _paused(turning: Turning) -> datetime:
    open_pause: Pause | None = turning.ledger.open_pause
    if open_pause is None:
        raise NotNow(gettext("It is not waiting for anything."))
    return open_pause.from_at


def moved(turning: Turning, since: datetime) -> dict[str, str | None]:
    """Return the due times as event data, moved by the working time since a wait began.

    A second promise is a date somebody named; it stays.
    """
    clock = team_clock(turning.session, turning.request.team_id)
    ledger = turning.ledger
    return moved_by_wait(clock, since, turning.at, due=ledger.due_at, visit_due=ledger.visit.due_at)
