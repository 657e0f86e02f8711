"""When so much work will be done, and whether the past is steady enough to say.

The forecast draws days from what the team really finished per day and adds them up until the work
is done: a Monte Carlo simulation of throughput (D. Vacanti, "Actionable Agile Metrics for
Predictability"). It holds only while work comes and goes alike; Little's law (J. D. C. Little,
1961) says when it does not: work in progress = finished per day x days it takes.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt
from random import Random
from typing import Final

TRIALS: Final = 10_000
FARTHEST: Final = 3650  # days; beyond ten years nobody is served by a date
UNSTEADY_FROM: Final = 20  # percent of the mean count by which Little's law may be missed
_SEED: Final = 1958


@dataclass(frozen=True)
class Forecast:
    """In how many days `todo` pieces are done: `days[p]` for the percents 50, 85, 95.

    None in place of days means "not within ten years".
    """

    todo: int
    sample: int
    days: dict[int, int | None]


@dataclass(frozen=True)
class Steadiness:
    """A span of days against Little's law, in pieces and days; `gap` in percent of the mean count.

    The law also wants that as much comes as goes: `came` and `went` are those of the span, and
    `left` are open at its end. A gap beside that tells how much older the open ones have become.
    """

    mean_open: float
    per_day: float
    mean_days: float | None
    gap: int | None
    came: int
    went: int
    left: int

    @property
    def is_drifting(self) -> bool:
        """Whether more came than went, or less, than chance makes of a steady queue.

        The number open in one with independent arrivals is Poisson (C. Palm, 1938, for M/G/∞): it
        varies by its mean, so two counts far apart differ by twice the root of twice the mean in
        one case of twenty. Less than `UNSTEADY_FROM` percent of the mean matters to nobody.
        """
        chance = 2 * sqrt(2 * self.mean_open)
        matters = self.mean_open * UNSTEADY_FROM / 100
        return abs(self.came - self.went) > max(chance, matters)

    @property
    def is_steady(self) -> bool:
        """Whether a forecast from these days may be trusted."""
        return self.gap is not None and self.gap <= UNSTEADY_FROM and not self.is_drifting


def forecast(
    daily: Sequence[int], todo: int, *, trials: int = TRIALS, seed: int = _SEED
) -> Forecast | None:
    """Return when `todo` pieces are done, drawing from the numbers finished per day in `daily`.

    Weekends and holidays are days like others: those on which little was finished. The same
    question has the same answer: `seed` fixes the dice. None when nothing was finished.
    """
    if not any(daily):
        return None
    if not todo:
        return Forecast(0, len(daily), dict.fromkeys((50, 85, 95), 0))
    rng = Random(seed)
    needed = sorted(_days_until(daily, todo, rng) for _ in range(trials))
    ranks = {percent: needed[-(-percent * trials // 100) - 1] for percent in (50, 85, 95)}
    return Forecast(todo, len(daily), {p: d if d <= FARTHEST else None for p, d in ranks.items()})


def _days_until(daily: Sequence[int], todo: int, rng: Random) -> int:
    """Return the days of one trial, drawn in blocks because one draw at a time is slow."""
    days, done = 0, 0
    block = max(-(-todo * len(daily) // sum(daily)), 4)
    while days <= FARTHEST:
        sums = list(accumulate(rng.choices(daily, k=block), initial=done))
        if sums[-1] >= todo:
            return days + bisect_left(sums, todo)
        days, done = days + block, sums[-1]
    return days


def steadiness(open_by_day: Sequence[int], came: int, elapsed_days: Sequence[float]) -> Steadiness:
    """Return how far a span is from Little's law.

    `open_by_day` counts open work at the end of each day; `came` pieces came in the span, and those
    that ended in it took `elapsed_days` each. These are the only means on any page, because the law
    is about means.
    """
    span, went = len(open_by_day), len(elapsed_days)
    mean_open = sum(open_by_day) / span if span else 0.0
    per_day = went / span if span else 0.0
    counts = (came, went, open_by_day[-1] if span else 0)
    if not elapsed_days or not mean_open:
        return Steadiness(mean_open, per_day, None, None, *counts)
    mean_days = sum(elapsed_days) / went
    gap = round(100 * abs(mean_open - per_day * mean_days) / mean_open)
    return Steadiness(mean_open, per_day, mean_days, gap, *counts)
