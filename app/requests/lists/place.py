"""The place in line: an honest range, and why it moved.

Nobody promises an order. What was asked earlier and is due no later comes first for sure; what is
only one of the two may. These are counts over all the team has; they name no request.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.db import among
from app.language import gettext, ngettext
from app.language.writing import begun
from app.requests.intervals import StageVisit
from app.requests.lists.conditions import is_moving
from app.requests.models import Request
from app.requests.rules import State

NEVER = datetime(2999, 1, 1, tzinfo=UTC)  # stands for "no due time" where they are compared
NOT_BEGUN = (State.RAISED, State.ACCEPTED)


@dataclass(frozen=True)
class Place:
    """From the `first` to the `last` place a request may have; both 1 when nobody is before it.

    `begun` of those before it were begun since it came; `overtaking` came later and are due sooner.
    """

    first: int
    last: int
    begun: int
    overtaking: int

    def words(self) -> str:
        """Return the place, and why it moved, as one or two sentences."""
        if self.last == 1:
            place = gettext("Next in line.")
        elif self.first == self.last:
            place = gettext("Number %(first)s in line.", first=self.first)
        elif self.first + 1 == self.last:
            place = gettext(
                "Number %(first)s or %(last)s in line.", first=self.first, last=self.last
            )
        else:
            place = gettext(
                "Between number %(first)s and %(last)s in line.", first=self.first, last=self.last
            )
        reasons = self._reasons()
        return f"{place} {begun('; '.join(reasons))}." if reasons else place

    def _reasons(self) -> list[str]:
        reasons = []
        if self.begun:
            reasons.append(
                ngettext(
                    "%(num)s before you was begun since you asked",
                    "%(num)s before you were begun since you asked",
                    self.begun,
                )
            )
        if self.overtaking:
            reasons.append(
                ngettext(
                    "%(num)s came later and is due sooner",
                    "%(num)s came later and are due sooner",
                    self.overtaking,
                )
            )
        return reasons


def place_in_line(session: Session, request: Request, *, entered: datetime) -> Place | None:
    """Return the place of a request that is not begun yet; None once it is, or while it waits.

    `entered` is when it came to the team that has it now (UTC).
    """
    if request.state not in NOT_BEGUN:
        return None
    due = request.due_now or NEVER
    theirs = func.coalesce(Request.expected_at, Request.due_at, NEVER)
    earlier, sooner = Request.raised_at < request.raised_at, theirs < due
    counted = session.execute(
        select(
            func.count().filter(and_(earlier, theirs <= due)),
            func.count().filter(or_(earlier, sooner)),
            func.count().filter(and_(~earlier, sooner)),
        ).where(
            Request.team_id == request.team_id,
            among(Request.state, NOT_BEGUN),
            Request.id != request.id,
            is_moving(),
        )
    ).one()
    begun = _begun_since(session, request, entered)
    return Place(1 + counted[0], 1 + counted[1], begun, counted[2])


def _begun_since(session: Session, request: Request, entered: datetime) -> int:
    theirs = StageVisit.team_id == request.team_id  # in each branch, so that each has its index
    started = StageVisit.started_at > entered
    passed = or_(started, StageVisit.started_at.is_(None))
    query = (
        select(func.count())
        .select_from(StageVisit)
        .where(
            or_(
                and_(theirs, StageVisit.left_at.is_(None), started),
                and_(theirs, StageVisit.left_at > entered, passed),
            ),
            StageVisit.request_id != request.id,
            StageVisit.entered_at < entered,
        )
    )
    return session.scalar(query) or 0
