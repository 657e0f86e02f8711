"""The figures themselves: what page, list, export and report all show, from one function."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.turnaround.first_response import FirstResponse, first_response
from app.turnaround.periods import Period, added_up, grain_of
from app.turnaround.rules import STAGES, Window
from app.turnaround.statistics import Spread, share, share_told, spread, why_untold
from app.turnaround.tallies import STAGE_SECONDS, Tally

PARTS: Final = ("waiting", "in_hand", "paused")  # what a visit may have none of


@dataclass(frozen=True)
class OpenWork:
    """What is open at the moment of looking; `ages` are (key, label, n) by age band."""

    n: int
    late: int
    silent: int
    late_and_silent: int
    waiting: int
    open_again: int
    ages: tuple[tuple[str, str, int], ...]
    oldest: tuple[int, ...]
    oldest_raised_at: datetime | None


@dataclass(frozen=True)
class Turnaround:
    """Of the requests done in the window: how long they took, and how well it held.

    `confirmable` are those that somebody could confirm: not what came from another tool's log.
    Shares and sums of time are None where they are not told (`statistics.why_untold`).
    """

    n: int
    working: Spread
    elapsed: Spread
    confirmed: int
    partly: int
    unconfirmed: int
    confirmable: int
    confirmed_percent: int | None
    reopened: int
    reopenings: int
    returns: int
    working_s: int | None
    paused_s: int | None
    paused_percent: int | None

    @property
    def unspoken(self) -> int:
        """How many were closed without a last word of whoever had asked."""
        return self.n - self.confirmed - self.partly - self.unconfirmed


@dataclass(frozen=True)
class StageTimes:
    """Of the visits to one stage left in the window: working seconds by what happened in them.

    Waiting, in hand and paused are each of the visits that had any of it. `working` is waiting and
    in hand of each visit together, `elapsed` all of it by the wall clock. `entered` counts the
    visits begun in the window, `returned` those for another round. Spreads that were not asked for
    are empty.
    """

    stage: str
    n: int
    running: int
    entered: int
    returned: int
    waiting: Spread
    in_hand: Spread
    paused: Spread
    working: Spread
    elapsed: Spread


@dataclass(frozen=True)
class Figures:
    """Everything the page of one team says; `team_id` is None for all teams together.

    What came and went stands in `periods`: weeks, or what `by` says.
    """

    team_id: int | None
    team: str
    window: Window
    at: datetime
    open: OpenWork
    response: FirstResponse
    turnaround: Turnaround
    stages: tuple[StageTimes, ...]
    by: str
    periods: tuple[Period, ...]


@dataclass(frozen=True)
class Counted:
    """What figures are made of: the window added up, and what is open and running now.

    `days` are the (raised, done) of each day, `crowd` the people whose work it was, `running` the
    open visits by stage. `unanswered` are the (working, elapsed) seconds so far of the open ones
    that were raised in the window, `unanswered_late` how many of them are past the promise.
    """

    requests: Tally
    stages: Mapping[str, Tally]
    days: Mapping[date, tuple[int, int]]
    open: OpenWork
    crowd: int
    unanswered: Sequence[tuple[int, int]] = ()
    unanswered_late: int = 0
    running: Mapping[str, int] | None = None


def tell(
    counted: Counted, *, team_id: int | None, team: str, window: Window, now: datetime
) -> Figures:
    """Return everything that is told about a team."""
    return Figures(
        team_id=team_id,
        team=team,
        window=window,
        at=now,
        open=counted.open,
        response=first_response(
            counted.requests,
            counted.unanswered,
            late=counted.unanswered_late,
            crowd=counted.crowd,
        ),
        turnaround=turnaround(counted.requests, counted.crowd),
        stages=tuple(_stages(counted)),
        by=grain_of(window),
        periods=tuple(added_up(window, counted.days)),
    )


def turnaround(tally: Tally, crowd: int) -> Turnaround:
    """Return what is told of the requests done in a window by a team of `crowd` people."""
    counts = tally.counts
    n, working, paused = counts["done"], counts["working_total"], counts["paused_total"]
    confirmable, is_told = n - counts["imported"], not why_untold(n, crowd)
    return Turnaround(
        n=n,
        working=spread(tally.ordered("done_working"), crowd=crowd),
        elapsed=spread(tally.ordered("done_elapsed"), crowd=crowd),
        confirmed=counts["confirmed"],
        partly=counts["partly"],
        unconfirmed=counts["unconfirmed"],
        confirmable=confirmable,
        confirmed_percent=share_told(counts["confirmed"] + counts["partly"], confirmable),
        reopened=counts["reopened"],
        reopenings=counts["reopenings"],
        returns=counts["returns"],
        working_s=working if is_told else None,
        paused_s=paused if is_told else None,
        paused_percent=share(paused, working + paused) if is_told else None,
    )


def _stages(counted: Counted) -> Iterable[StageTimes]:
    running = counted.running or {}
    for stage in STAGES:
        tally, here = counted.stages.get(stage, Tally()), running.get(stage, 0)
        counts = tally.counts
        if counts["finished"] or here:
            yield StageTimes(
                stage=stage,
                n=counts["finished"],
                running=here,
                entered=counts["entered"],
                returned=counts["returned"],
                **{name: spread(_had(tally, name), crowd=counted.crowd) for name in STAGE_SECONDS},
            )


def _had(tally: Tally, name: str) -> list[int]:
    """Return the seconds of a stage; what may be missing in a visit, of those that had any."""
    ordered = tally.ordered(name)
    return ordered[bisect_right(ordered, 0) :] if name in PARTS else ordered
