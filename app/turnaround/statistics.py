"""Medians, percentiles and shares. Nearest rank throughout, never an average."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.language import gettext
from app.turnaround.rules import CROWD, MIN_N


@dataclass(frozen=True)
class Spread:
    """How a set of durations lies, in seconds; or `why` that is not told (see `why_untold`).

    A percentile that is not known yet, since too few are over, is None: it is more than `longest`.
    """

    n: int
    median: int | None = None
    p85: int | None = None
    why: str | None = None
    longest: int | None = None


@dataclass(frozen=True)
class Cell:
    """One team at one stage: how many, and the 50th, 85th and 95th percentile in seconds."""

    n: int
    p50: int
    p85: int
    p95: int


def nearest_rank(ordered: Sequence[int], percent: int) -> int:
    """Return the value of rank ceil(percent/100 * n) in `ordered`, which must be ascending.

    The nearest-rank definition: always one of the values, at least `percent` of them are no
    greater. In whole numbers, so that no float can be a rank off. Percent is 1 to 100.

    :raises ValueError: for an empty sequence or another percent.
    """
    if not ordered or not 1 <= percent <= 100:
        raise ValueError("A percentile needs values, and a percent from 1 to 100.")
    return ordered[-(-percent * len(ordered) // 100) - 1]


def why_untold(n: int, crowd: int) -> str | None:
    """Say why no percentile is told of `n` spans in the work of `crowd` people; None if it is.

    "few" are too few spans, "crowd" too few people.
    """
    if n < MIN_N:
        return "few"
    return "crowd" if crowd < CROWD else None


def untold(why: str, n: int) -> str:
    """Say in words why nothing is told of `n` spans."""
    if why == "crowd":
        return gettext("too few people to say")
    return gettext("too few to say (n = %(n)s)", n=n)


def spread(ordered: Sequence[int], *, crowd: int) -> Spread:
    """Return how ascending durations lie in the work of `crowd` people; or why it is not told."""
    why = why_untold(len(ordered), crowd)
    if why:
        return Spread(len(ordered), why=why)
    return Spread(len(ordered), nearest_rank(ordered, 50), nearest_rank(ordered, 85))


def cell(ordered: Sequence[int]) -> Cell:
    """Return the percentiles of ascending durations. :raises ValueError: for none at all."""
    return Cell(len(ordered), *(nearest_rank(ordered, percent) for percent in (50, 85, 95)))


def share(part: int, whole: int) -> int | None:
    """Return `part` of `whole` as a whole percent, half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def share_told(part: int, whole: int) -> int | None:
    """Return `part` of `whole` as a whole percent; None where `whole` are too few to say."""
    return share(part, whole) if whole >= MIN_N else None
