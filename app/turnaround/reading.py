"""What is to be read for the deeper figures: whose, of which days, and seen by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, true
from sqlalchemy.orm import Session

from app.people.models import Person
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.queries import visibility
from app.turnaround.basis import Scope
from app.turnaround.rules import Window
from app.worktime.rules import WorkingClock

GIVER: Any = func.coalesce(StageVisit.from_team_id, Request.asking_team_id)


@dataclass(frozen=True)
class Reading:
    """What to read: of which `scope` and `filters`, in which window, seen by whom, by which clocks.

    `wide` also takes visits that came from the team; for what goes between teams.
    """

    session: Session
    scope: Scope
    window: Window
    now: datetime
    viewer: Person | None
    clocks: Mapping[int, WorkingClock]
    filters: Mapping[str, int] = field(default_factory=dict)
    wide: bool = False

    @property
    def teams(self) -> list[int]:
        """The teams that have the requests which are read, or had them last."""
        one, other = self.scope.team_id, self.scope.other_id
        some = [team for team in (one, other) if team is not None]
        return some if self.scope.kind in ("team", "pair") else sorted(self.clocks)

    @property
    def visiting(self) -> list[int]:
        """The teams whose visits are read."""
        alone = self.scope.kind == "team" and not self.wide
        return self.teams if alone else sorted(self.clocks)

    @property
    def whose_visits(self) -> ColumnElement[bool]:
        """Whose visits are read: of some teams, or those that whoever looks held themselves."""
        if self.scope.is_own:
            return StageVisit.holder_id == self.viewer.id if self.viewer else false()
        return StageVisit.team_id.in_(self.visiting)

    @property
    def mine(self) -> ColumnElement[bool]:
        """Whether the viewer may open the request: the gate, asked by the database."""
        if self.viewer is None:
            return false()
        return case((visibility(self.viewer), true()), else_=false())

    def requests(self) -> list[ColumnElement[bool]]:
        """Return the conditions on requests.

        A `+ 0` here and below keeps SQLite to the ids it was given (see `bounds`).
        """
        scope, wanted = self.scope, self._filtered()
        if scope.kind == "team":
            wanted.append(Request.team_id + 0 == scope.team_id)
        return [*wanted, *self._of_type_or_pair(Request.team_id, Request.asking_team_id)]

    def visits(self) -> list[ColumnElement[bool]]:
        """Return the conditions on stage visits joined to their requests."""
        scope, wanted = self.scope, self._filtered()
        if scope.kind == "team" and self.wide:
            wanted.append(or_(StageVisit.team_id + 0 == scope.team_id, scope.team_id == GIVER))
        elif scope.kind == "team":
            wanted.append(StageVisit.team_id + 0 == scope.team_id)
        return [*wanted, *self._of_type_or_pair(StageVisit.team_id, GIVER)]

    def _filtered(self) -> list[ColumnElement[bool]]:
        return [getattr(Request, name) + 0 == value for name, value in self.filters.items()]

    def _of_type_or_pair(self, taker: Any, giver: Any) -> list[ColumnElement[bool]]:
        one, other = self.scope.team_id, self.scope.other_id
        if self.scope.kind == "type":
            return [Request.type_id + 0 == self.scope.type_id]
        if self.scope.kind == "pair":
            asked = (Request.asking_team_id, Request.team_id)
            sides = {asked, (giver, taker)}
            ways = ((one, other), (other, one))
            return [or_(*(and_(g + 0 == a, t + 0 == b) for g, t in sides for a, b in ways))]
        return []

    def within(self, moment: Any) -> ColumnElement[bool]:
        """Return the condition that an instant lies in the window."""
        return and_(moment >= self.window.start, moment < self.window.end)

    def overlaps(self, start: Any, end: Any) -> ColumnElement[bool]:
        """Return the condition that a stretch touches the window; no end means that it goes on."""
        return and_(start < self.window.end, or_(end.is_(None), end >= self.window.start))
