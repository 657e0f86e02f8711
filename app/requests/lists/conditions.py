"""How requests stand, as conditions that a database understands."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_

from app.db import Moment, among
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.rules import MOVING, Side

Instant = datetime | ColumnElement[datetime]

AT: Final = bindparam("at", type_=Moment())  # the instant of a statement that is built once
NEVER: Final = datetime(2999, 1, 1, tzinfo=UTC)  # stands for "no due time" where rows are sorted


def is_open_visit() -> ColumnElement[bool]:
    """Return the condition by which a request is joined with its open stage visit."""
    return and_(StageVisit.request_id == Request.id, StageVisit.left_at.is_(None))


def expected_by() -> ColumnElement[datetime | None]:
    """Return when the work is expected: promised anew, else by its stage, else as a whole."""
    return func.coalesce(Request.expected_at, StageVisit.due_at, Request.due_at)


def is_late_and_silent(at: Instant) -> ColumnElement[bool]:
    """Return the condition "past every promise, and nobody has said so first"."""
    return and_(is_moving(), func.coalesce(Request.expected_at, Request.due_at) < at)


def is_late(at: Instant) -> ColumnElement[bool]:
    """Return the condition "an answer or the work is past its time"; never NULL."""
    unanswered = and_(Request.first_response_at.is_(None), Request.respond_by < at)
    past = or_(unanswered, Request.reply_by < at, expected_by() < at)
    return and_(is_moving(), func.coalesce(past, false()))


def is_moving() -> ColumnElement[bool]:
    """Return the condition "open, and the providing side's turn"."""
    return and_(among(Request.state, MOVING), Request.turn_side == Side.PROVIDING)
