"""The asking side's own acts: the last word, how it was, thanks, and taking a request back.

As all acts, they take an `Act` and raise `AlreadyDone`, `NotYours`, `Stale` or `NotNow`; nothing
is written when they raise, and nothing is committed.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.language import gettext
from app.language.writing import listed
from app.people.queries import team_clock
from app.requests import rights, rules
from app.requests.acts.linking import who_asked
from app.requests.acts.routing import holder_again
from app.requests.acts.work import moved
from app.requests.models import Request
from app.requests.record.recording import Act, Step, begin
from app.requests.rules import Kind, NotNow, Outcome, Rating
from app.worktime.days import end_of_day


def withdraw(
    session: Session, request: Request, *, reason: str, act: Act, for_all: bool = False
) -> None:
    """Take a request back; `reason` may be empty.

    :raises NotNow: when several asked, by what was merged into it, and it is not meant `for_all`.
    """
    turning = begin(session, request, act, may=rights.may_settle)
    if turning.ledger.joined and not for_all:
        askers = who_asked(session, request)
        if len(askers) > 1:
            raise NotNow(_ends_for([one.name for one in askers if one.id != act.by.id]))
    steps = [Step(Kind.MESSAGE, words=reason)] if reason else []
    turning.record(*steps, Step(Kind.WITHDRAWN))


def _ends_for(others: list[str]) -> str:
    return gettext(
        "%(names)s asked for this, too; say that you take it back for all of you.",
        names=listed(others),
    )


def confirm(session: Session, request: Request, *, outcome: Outcome, words: str, act: Act) -> None:
    """Say that it helped, wholly or partly; the request ends."""
    turning = begin(session, request, act, may=rights.may_settle)
    steps = [Step(Kind.MESSAGE, words=words)] if words else []
    turning.record(*steps, Step(Kind.CONFIRMED, {"outcome": outcome.value}))


def reopen(session: Session, request: Request, *, reason: str, act: Act) -> None:
    """Say "not yet": it goes back to who did it and the clock resumes where it stood.

    When they are there no longer it goes to the team's queue.

    Also after it was confirmed, for ten working days of the asking team.

    :raises NotNow: later than that; a new request can be linked to this one then.
    """
    turning = begin(session, request, act, may=rights.may_settle)
    rules.check_allowed(Kind.REOPENED, turning.ledger.state)
    confirmed = request.ended_at is not None
    if confirmed:
        last = reopen_until(session, request)
        if last is None or last < act.at:
            raise NotNow(
                gettext("It was confirmed a while ago. Please ask anew and link to this one.")
            )
    left = turning.ledger.visit
    data = {
        "holder": holder_again(turning, left.holder_id, team_id=left.team_id),
        **moved(turning, turning.ledger.waits[-1].from_at),
        **({"confirmed": True} if confirmed else {}),
    }
    turning.record(Step(Kind.MESSAGE, words=reason), Step(Kind.REOPENED, data))


def reopen_until(session: Session, request: Request) -> datetime | None:
    """Return until when (UTC) a confirmed request can be reopened; None for never."""
    if request.ended_at is None:
        return None
    clock = team_clock(session, request.asking_team_id)
    return end_of_day(clock, request.ended_at, rules.REOPEN_WITHIN)


def say_how_it_was(
    session: Session, request: Request, *, rating: Rating, words: str, act: Act
) -> None:
    """Answer the one question after a confirmation; `words` may be empty.

    Those who carried it read the words; others see counts only. A later word replaces it.
    """
    turning = begin(session, request, act, may=rights.may_rate)
    turning.record(Step(Kind.RATED, {"rating": rating.value, "words": words}))


def thank(session: Session, request: Request, *, words: str, act: Act) -> None:
    """Thank everyone who carried it. It reopens nothing and is counted nowhere."""
    turning = begin(session, request, act, may=rights.may_thank)
    turning.record(Step(Kind.THANKED, words=words))
