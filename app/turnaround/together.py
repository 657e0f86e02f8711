"""What all teams did together, each by its own days: the requests behind a number of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, false, select, union_all
from sqlalchemy.orm import Session

from app.requests.models import Request
from app.turnaround.cohorts import Cohort, at_stage, cohorts, narrowed
from app.turnaround.queries import teams
from app.turnaround.rules import Choice, Window
from app.turnaround.windows import common_window, windows_of

COUNTED: Final = ("open", "late", "arrivals", "turnaround", "agreed", "confirmable")
"""The cohorts that the table of all teams counts."""


@dataclass(frozen=True)
class Together:
    """What the figures of all teams are about: the window of each, by its id, at `now`."""

    windows: Mapping[int, Window]
    choice: Choice
    now: datetime

    @property
    def window(self) -> Window:
        """The days of all windows."""
        return common_window(self.windows, self.choice, self.now)

    def cohort(self, key: str) -> Cohort | None:
        """Return the cohort of this key, if it is counted of all teams."""
        return cohorts(self.window, self.now)[key] if key in COUNTED else None

    def conditions(self, cohort: Cohort) -> list[ColumnElement[bool]]:
        """Return what its requests must fulfil: teams whose days are the same are asked at once."""
        alike: dict[Window, list[int]] = defaultdict(list)
        for team_id, window in self.windows.items():
            alike[window].append(team_id)
        ids = (
            select(Request.id).where(Request.team_id.in_(some), known[cohort.key].where)
            for window, some in alike.items()
            if (known := cohorts(window, self.now))
        )
        counted = Request.id.in_(union_all(*ids)) if alike else false()
        stage = at_stage(self.choice) if cohort.of_open_work else []
        return [counted, *narrowed(self.choice), *stage]


def together_of(session: Session, choice: Choice, *, now: datetime) -> Together:
    """Return what the figures of all teams are about, for what was chosen."""
    return Together(windows_of(session, teams(session), choice, now), choice, now)
