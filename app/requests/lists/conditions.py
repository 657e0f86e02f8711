"""How requests stand, as conditions that a database understands."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_

from app.db import Moment, among
from app.requests.lists.orders import PROVIDING, expected_by, promised_for
from app.requests.models import Request
from app.requests.rules import MOVING

Instant = datetime | ColumnElement[datetime]

AT: Final = bindparam("at", type_=Moment())  # the instant of a statement that is built once


def is_late_and_silent(at: Instant) -> ColumnElement[bool]:
    """Return the condition "past every promise, and nobody has said so first"."""
    return and_(is_moving(), promised_for < at)


def is_late(at: Instant) -> ColumnElement[bool]:
    """Return the condition "an answer or the work is past its time"; never NULL."""
    unanswered = and_(Request.first_response_at.is_(None), Request.respond_by < at)
    past = or_(unanswered, Request.reply_by < at, expected_by < at)
    return and_(is_moving(), func.coalesce(past, false()))


def is_moving() -> ColumnElement[bool]:
    """Return the condition "open, and the providing side's turn"."""
    return and_(among(Request.state, MOVING), Request.turn_side == PROVIDING)
