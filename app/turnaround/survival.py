"""How long things take when some are not over yet: Kaplan and Meier, nobody left out.

Counting finished work alone makes a young or a slow team look fast, because what takes long is not
finished yet. Here whatever is still open counts as "not done by now" for as long as it was watched
(E. L. Kaplan and P. Meier, 1958, Journal of the American Statistical Association 53).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Final, NamedTuple

from app.turnaround.statistics import Spread, why_untold

PERCENTS: Final = (50, 85, 95)
_HAIR: Final = 1e-9  # what floats may be off after 100,000 steps; a real step is never as small


class Run(NamedTuple):
    """Ends between which nothing that is open stops being watched: `ends[first]` up to the next.

    `alive` is the share still open before them, when `watched` were. After k of them it is
    `alive * (watched - k) / watched`: the factors in between cancel each other out.
    """

    first: int
    ended: int
    watched: int
    alive: float

    def after(self, ended: int) -> float:
        """Return the share that is still open after so many ends of this run."""
        return self.alive * (self.watched - ended) / self.watched


@dataclass(frozen=True)
class Curve:
    """How long pieces took, in whole seconds, ascending: `ends` of those over, `opens` so far."""

    ends: Sequence[int]
    opens: Sequence[int]

    @property
    def n(self) -> int:
        """How many were watched."""
        return len(self.ends) + len(self.opens)

    @property
    def finished(self) -> int:
        """How many of them to their end."""
        return len(self.ends)

    @property
    def longest(self) -> int:
        """For how many seconds one was watched at most."""
        return max((*self.ends[-1:], *self.opens[-1:]), default=0)

    def within(self, percent: int) -> int | None:
        """Return the least seconds within which `percent` of 100 are done; None when unknown.

        Then too few are done yet to say, and the answer is "more than `longest`". When nothing is
        open this is the nearest rank: always one of the durations.
        """
        left = 1 - percent / 100 + _HAIR
        at = bisect_left(self._runs, -left, key=lambda run: -run.after(run.ended))
        if at == len(self._runs):
            return None
        run = self._runs[at]
        return self.ends[run.first + max(ceil(run.watched * (1 - left / run.alive)), 1) - 1]

    def still_open(self, age: int) -> float:
        """Return the share (0 to 1) that is still open after `age` seconds."""
        over = bisect_right(self.ends, age)
        if not over:
            return 1.0
        run = self._runs[bisect_left(self._runs, over, key=lambda run: run.first) - 1]
        return run.after(over - run.first)

    def steps(self) -> Iterator[tuple[int, float]]:
        """Yield each duration with the share that is still open after it."""
        for run in self._runs:
            for number in range(run.first, run.first + run.ended):
                if number + 1 == len(self.ends) or self.ends[number + 1] > self.ends[number]:
                    yield self.ends[number], run.after(number + 1 - run.first)

    def pace(self, age: int) -> int:
        """Return how many of 100 were done by `age`, rounded down: the age as a percentile."""
        return int(100 * (1 - self.still_open(age)) + _HAIR)

    def chance(self, *, by: int, age: int) -> float | None:
        """Return the chance (0 to 1) to be done by `by` seconds when already `age` old.

        None where the curve has ended: nothing is known about work as old as that.
        """
        left = self.still_open(age)
        return 1 - self.still_open(max(by, age)) / left if left > _HAIR else None

    @cached_property
    def _runs(self) -> list[Run]:
        """Work out the runs. What is open at the very second of an end counts as watched then."""
        runs, alive, first, gone = list[Run](), 1.0, 0, 0
        while first < len(self.ends):
            gone = bisect_left(self.opens, self.ends[first], gone)
            rest = gone < len(self.opens)
            after = bisect_right(self.ends, self.opens[gone]) if rest else len(self.ends)
            runs.append(Run(first, after - first, self.n - first - gone, alive))
            first, alive = after, runs[-1].after(after - first)
        return runs


def curve(finished: Iterable[int], still_open: Iterable[int]) -> Curve:
    """Return the curve of durations in whole seconds; `still_open` are those not over yet."""
    return Curve(sorted(finished), sorted(still_open))


def spread_of(told: Curve, *, crowd: int) -> Spread:
    """Return how a curve lies in the work of `crowd` people; or why that is not told."""
    why = why_untold(told.n, crowd)
    if why:
        return Spread(told.n, why=why)
    return Spread(told.n, told.within(50), told.within(85), longest=told.longest)
