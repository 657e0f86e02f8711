"""The figures themselves: what page, list, export and report all show, from one function."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.turnaround.rules import STAGES, Window
from app.turnaround.statistics import Spread, Week, share, spread, weekly
from app.turnaround.tallies import STAGE_SECONDS, Tally


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
class FirstResponse:
    """Of the requests raised in the window: how long until a person answered."""

    raised: int
    working: Spread
    elapsed: Spread
    unanswered: int
    unanswered_late: int
    ended_unanswered: int


@dataclass(frozen=True)
class Turnaround:
    """Of the requests done in the window: how long they took, and how well it held."""

    n: int
    working: Spread
    elapsed: Spread
    confirmed: int
    partly: int
    unconfirmed: int
    confirmed_percent: int | None
    reopened: int
    reopenings: int
    returns: int
    working_s: int
    paused_s: int
    paused_percent: int | None

    @property
    def unspoken(self) -> int:
        """How many were closed without a last word of whoever had asked."""
        return self.n - self.confirmed - self.partly - self.unconfirmed


@dataclass(frozen=True)
class StageTimes:
    """Of the visits to one stage left in the window: working seconds by what happened in them.

    `working` is waiting and in hand of each visit together, `elapsed` all of it by the wall clock.
    `entered` counts the visits begun in the window, `returned` those for another round. Spreads
    that were not asked for are empty.
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
    """Everything the page of one team says; `team_id` is None for all teams together."""

    team_id: int | None
    team: str
    window: Window
    at: datetime
    open: OpenWork
    response: FirstResponse
    turnaround: Turnaround
    stages: tuple[StageTimes, ...]
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Counted:
    """What figures are made of: the window added up, and what is open and running now.

    `days` are the (raised, done) of each day, `crowd` the people whose work it was, `running` the
    open visits by stage; `unanswered_late` those of the open ones that were raised in the window.
    """

    requests: Tally
    stages: Mapping[str, Tally]
    days: Mapping[date, tuple[int, int]]
    open: OpenWork
    crowd: int
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
        response=_response(counted),
        turnaround=turnaround(counted.requests, counted.crowd),
        stages=tuple(_stages(counted)),
        weeks=tuple(weekly(window, counted.days)),
    )


def _response(counted: Counted) -> FirstResponse:
    tally, crowd = counted.requests, counted.crowd
    working = spread(tally.ordered("response_working"), crowd=crowd)
    raised, over = tally.counts["raised"], tally.counts["ended_unanswered"]
    return FirstResponse(
        raised=raised,
        working=working,
        elapsed=spread(tally.ordered("response_elapsed"), crowd=crowd),
        unanswered=raised - working.n - over,
        unanswered_late=counted.unanswered_late,
        ended_unanswered=over,
    )


def turnaround(tally: Tally, crowd: int) -> Turnaround:
    """Return what is told of the requests done in a window by a team of `crowd` people."""
    counts = tally.counts
    n, working, paused = counts["done"], counts["working_total"], counts["paused_total"]
    return Turnaround(
        n=n,
        working=spread(tally.ordered("done_working"), crowd=crowd),
        elapsed=spread(tally.ordered("done_elapsed"), crowd=crowd),
        confirmed=counts["confirmed"],
        partly=counts["partly"],
        unconfirmed=counts["unconfirmed"],
        confirmed_percent=share(counts["confirmed"] + counts["partly"], n),
        reopened=counts["reopened"],
        reopenings=counts["reopenings"],
        returns=counts["returns"],
        working_s=working,
        paused_s=paused,
        paused_percent=share(paused, working + paused),
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
                **{
                    name: spread(tally.ordered(name), crowd=counted.crowd) for name in STAGE_SECONDS
                },
            )
