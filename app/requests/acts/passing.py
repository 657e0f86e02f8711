"""Passing work on for somebody who cannot do it any more, by whoever looks after the people."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.people.models import Person
from app.requests.models import Request
from app.requests.record.recording import Step, begin_by_itself
from app.requests.rules import Kind


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
