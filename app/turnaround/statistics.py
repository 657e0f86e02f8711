"""Medians, percentiles and weekly counts. Nearest rank throughout, never an average."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.turnaround.rules import MIN_N, Window, local_date


@dataclass(frozen=True)
class Spread:
    """How a set of durations lies, in seconds; without numbers when `n` is too small to say."""

    n: int
    median: int | None = None
    p85: int | None = None


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


def spread(seconds: Iterable[int], *, least: int = MIN_N) -> Spread:
    """Return the spread of durations; under `least` values only their number."""
    ordered = sorted(seconds)
    if len(ordered) < max(least, 1):
        return Spread(len(ordered))
    return Spread(len(ordered), nearest_rank(ordered, 50), nearest_rank(ordered, 85))


def share(part: int, whole: int) -> int | None:
    """Return `part` of `whole` as a whole percent, half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


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


def weekly(
    window: Window, arrivals: Iterable[datetime], completions: Iterable[datetime]
) -> list[Week]:
    """Count instants by local week of the window; all of them must lie in it.

    :raises KeyError: for an instant outside of the window.
    """
    weeks = weeks_of(window)
    came, went = ({monday_of(first): 0 for first, _ in weeks} for _ in range(2))
    for counts, instants in ((came, arrivals), (went, completions)):
        for at in instants:
            counts[monday_of(local_date(at, window.zone))] += 1
    return [
        Week(first, last, came[monday_of(first)], went[monday_of(first)]) for first, last in weeks
    ]
