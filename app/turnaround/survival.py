"""How long things take when some are not over yet: Kaplan and Meier, nobody left out.

Counting finished work alone makes a young or a slow team look fast, because what takes long is not
finished yet. Here whatever is still open counts as "not done by now" for as long as it was watched
(E. L. Kaplan and P. Meier, 1958, Journal of the American Statistical Association 53).
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

PERCENTS: Final = (50, 85, 95)
_HAIR: Final = 1e-9  # what floats may be off after 100,000 steps; a real step is never as small


@dataclass(frozen=True)
class Curve:
    """The share still open after so many seconds: `alive[i]` from `times[i]` on, 1 before.

    `n` were watched, `finished` of them to their end, none longer than `longest` seconds.
    """

    n: int
    finished: int
    longest: int
    times: tuple[int, ...]
    alive: tuple[float, ...]

    def within(self, percent: int) -> int | None:
        """Return the least seconds within which `percent` of 100 are done; None when unknown.

        Then too few are done yet to say, and the answer is "more than `longest`". When nothing is
        open this is the nearest rank: always one of the durations.
        """
        left = 1 - percent / 100 + _HAIR
        at = bisect_left(self.alive, -left, key=lambda share: -share)
        return self.times[at] if at < len(self.times) else None

    def still_open(self, age: int) -> float:
        """Return the share (0 to 1) that is still open after `age` seconds."""
        at = bisect_right(self.times, age)
        return self.alive[at - 1] if at else 1.0

    def pace(self, age: int) -> int:
        """Return how many of 100 were done by `age`, rounded down: the age as a percentile."""
        return int(100 * (1 - self.still_open(age)) + _HAIR)

    def chance(self, *, by: int, age: int) -> float | None:
        """Return the chance (0 to 1) to be done by `by` seconds when already `age` old.

        None where the curve has ended: nothing is known about work as old as that.
        """
        left = self.still_open(age)
        return 1 - self.still_open(max(by, age)) / left if left > _HAIR else None


def curve(finished: Iterable[int], still_open: Iterable[int]) -> Curve:
    """Return the curve of durations in whole seconds; `still_open` are those not over yet.

    What is still open at the very second at which another one ends counts as watched then.
    """
    ends, opens = sorted(finished), sorted(still_open)
    n = len(ends) + len(opens)
    times, alive, share, done, gone = [], [], 1.0, 0, 0
    for at, together in Counter(ends).items():  # in the order of `ends`
        while gone < len(opens) and opens[gone] < at:
            gone += 1
        watched = n - done - gone
        share *= (watched - together) / watched
        done += together
        times.append(at)
        alive.append(share)
    longest = max(ends[-1] if ends else 0, opens[-1] if opens else 0)
    return Curve(n, len(ends), longest, tuple(times), tuple(alive))
