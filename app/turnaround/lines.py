"""One team in the table of all teams: a few of its figures, counted by the same functions."""

from dataclasses import dataclass

from app.turnaround.figures import Counted, turnaround
from app.turnaround.rules import Window
from app.turnaround.statistics import Spread


@dataclass(frozen=True)
class Line:
    """The figures of one team in the table of all teams; a part of its `Figures`, counted alike.

    `confirmed` with yes or in part.
    """

    team_id: int | None
    team: str
    window: Window
    open: int
    late: int
    raised: int
    done: int
    working: Spread
    elapsed: Spread
    confirmed: int
    confirmable: int


def line(counted: Counted, *, team_id: int | None, team: str, window: Window) -> Line:
    """Return what the table of all teams tells about one."""
    done = turnaround(counted.requests, counted.crowd)
    return Line(
        team_id=team_id,
        team=team,
        window=window,
        open=counted.open.n,
        late=counted.open.late,
        raised=counted.requests.counts["raised"],
        done=done.n,
        working=done.working,
        elapsed=done.elapsed,
        confirmed=done.confirmed + done.partly,
        confirmable=done.confirmable,
    )
