"""Medians, percentiles and weekly counts. Nearest rank throughout, never an average."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from app.language import gettext
from app.turnaround.rules import CROWD, MIN_N, Window

T = TypeVar("T")


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


@dataclass(frozen=True)
class Week:
    """One week, Monday to Sunday, cut to the window: `first` and `last` are days that count."""

    first: date
    last: date
    arrivals: int
    completions: int

    @property
    def is_whole(self) -> bool:
        """Whether all seven days lie in the window."""
        return (self.last - self.first).days == 6


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


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def weeks_of(window: Window) -> list[tuple[date, date]]:
    """Return the (first, last) days of each week in the window; the outer ones may be cut."""
    weeks, day = [], window.first
    while day <= window.last:
        last = min(monday_of(day) + timedelta(days=6), window.last)
        weeks.append((day, last))
        day = last + timedelta(days=1)
    return weeks


def by_week(window: Window, rows: Iterable[T], day_of: Callable[[T], date]) -> list[list[T]]:
    """Return the rows of each week of `weeks_of`, in their order; other days are left out."""
    weeks = weeks_of(window)
    found: dict[date, list[T]] = {monday_of(first): [] for first, _ in weeks}
    for row in rows:
        day = day_of(row)
        if window.first <= day <= window.last:
            found[monday_of(day)].append(row)
    return [found[monday_of(first)] for first, _ in weeks]


def weekly(window: Window, days: Mapping[date, tuple[int, int]]) -> list[Week]:
    """Add the (arrivals, completions) of local days up by week; all must lie in the window.

    :raises KeyError: for a day outside of the weeks of the window.
    """
    counts = {monday_of(first): [0, 0] for first, _ in weeks_of(window)}
    for day, (came, went) in days.items():
        week = counts[monday_of(day)]
        week[0] += came
        week[1] += went
    return [Week(first, last, *counts[monday_of(first)]) for first, last in weeks_of(window)]
