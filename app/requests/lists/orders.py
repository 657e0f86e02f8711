"""In which order open work stands, as SQL that is the same in its index and in what reads it.

So a queue is read no further than it is shown, however much is open.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, Index, and_, case, func, literal_column, or_

from app.db import only_where
from app.requests.models import Request
from app.requests.rules import Side

UNANSWERED: Final[ColumnElement[int]] = literal_column("0")
EXPECTED: Final[ColumnElement[int]] = literal_column("1")
UNPROMISED: Final[ColumnElement[int]] = literal_column("2")
MOVING_ONLY: Final = "state IN ('accepted', 'in work', 'raised')"
PROVIDING: Final[ColumnElement[str]] = literal_column(f"'{Side.PROVIDING}'")
ASKING: Final[ColumnElement[str]] = literal_column(f"'{Side.ASKING}'")  # as an index has it

# When the work is expected: promised anew, else by its stage (never after the promise, see
# `life.stored`), else as a whole.
expected_by: Final[ColumnElement[Any]] = func.coalesce(
    Request.expected_at, Request.stage_due_at, Request.due_at
)
# When it was promised to whoever asked: anew, else at first.
promised_for: Final[ColumnElement[Any]] = func.coalesce(Request.expected_at, Request.due_at)
# What falls due next for who carries it, as `Line.due` says it: an answer, or the work.
next_due: Final = case(
    (
        and_(Request.first_response_at.is_(None), Request.respond_by.is_not(None)),
        Request.respond_by,
    ),
    (
        and_(
            Request.reply_by.is_not(None),
            or_(expected_by.is_(None), Request.reply_by < expected_by),
        ),
        Request.reply_by,
    ),
    else_=expected_by,
)

# Unanswered ones first, oldest on top; the others by what is expected next.
queue_rank: Final = case(
    (Request.first_response_at.is_(None), UNANSWERED),
    (expected_by.is_(None), UNPROMISED),
    else_=EXPECTED,
)
queue_moment: Final[ColumnElement[Any]] = case(
    (Request.first_response_at.is_(None), Request.raised_at),
    else_=func.coalesce(
        Request.expected_at, Request.stage_due_at, Request.due_at, Request.raised_at
    ),
)

Index(
    "ix_request_queue",
    *(Request.team_id, queue_rank, queue_moment, Request.id),
    **only_where(MOVING_ONLY),
)
Index(
    "ix_request_promised",
    *(Request.team_id, promised_for, Request.id),
    **only_where(f"{MOVING_ONLY} AND turn_side = '{Side.PROVIDING}'"),
)
