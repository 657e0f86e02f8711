"""What somebody may expect before asking: how long it really took lately, and who is in line.

These are figures over everything a team does, not over what the reader may see: they name no
request, and recent times are told only from ten finished ones on.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.requests.models import Request
from app.requests.rules import OPEN, State
from app.turnaround.statistics import nearest_rank

LATELY: Final = timedelta(weeks=8)
ENOUGH: Final = 10


@dataclass(frozen=True)
class Lately:
    """How long the `count` finished in the last eight weeks took, in seconds.

    Median and 85th percentile by nearest rank; `working` counts the team's working time without
    pauses, `elapsed` the whole wait from raised to done.
    """

    count: int
    working_median: int
    working_p85: int
    elapsed_median: int
    elapsed_p85: int


def lately(session: Session, type_id: int, *, at: datetime) -> Lately | None:
    """Return how long this type took lately, or None with fewer than ten finished ones."""
    rows = session.execute(
        select(Request.working_s, Request.raised_at, Request.done_at).where(
            Request.type_id == type_id,
            Request.done_at >= at - LATELY,
            Request.done_at <= at,
            Request.state.in_((State.DONE, State.CONFIRMED)),
            Request.working_s.is_not(None),
        )
    ).all()
    if len(rows) < ENOUGH:
        return None
    working = sorted(row[0] or 0 for row in rows)
    elapsed = sorted(int((row[2] - row[1]).total_seconds()) for row in rows if row[2])
    return Lately(
        len(rows),
        nearest_rank(working, 50),
        nearest_rank(working, 85),
        nearest_rank(elapsed, 50),
        nearest_rank(elapsed, 85),
    )


@dataclass(frozen=True)
class InLine:
    """How many requests of all types a team has: not begun, in work, waiting for an answer."""

    waiting_to_begin: int
    in_work: int
    waiting_for_answer: int


def in_line(session: Session, team_id: int) -> InLine:
    """Return how much the team has in line and in hand now."""
    counted = session.execute(
        select(Request.state, func.count())
        .where(Request.team_id == team_id, Request.state.in_(OPEN))
        .group_by(Request.state)
    )
    by_state = {row[0]: row[1] for row in counted}
    return InLine(
        waiting_to_begin=by_state.get(State.RAISED, 0) + by_state.get(State.ACCEPTED, 0),
        in_work=by_state.get(State.IN_WORK, 0),
        waiting_for_answer=by_state.get(State.WAITING, 0),
    )
