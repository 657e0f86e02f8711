"""The working clock: how much working time lies between two instants, and its inverse.

R1 instants in UTC; the calendar has an IANA zone.
R2 an instant is working time iff its **local wall clock** lies in an open window [open, close) of
   its local date (so in a DST overlap a wall time counts each time it happens; a time in a gap
   never happens).
R3 close ≤ open means "past midnight"; the window **belongs to the date on which it opens**;
   "24:00" = end of day.
R4 a closed date removes the windows that open on it, nothing else (Tuesday's night shift still
   runs into a closed Wednesday).
R5 a special date replaces that date's windows and beats a closed date.
R6 windows of one date are united (no double count).
R7 end ≤ start -> 0.
R8 pauses are united, clipped, then subtracted in working time.
R9 hours changed "from a date on" never touch earlier dates.
R10 whole seconds, rounding only in display.

The method is prefix sums: the open stretches of UTC lie sorted in a table, beside each the working
time before it, so that one bisection answers "how much until now" and another its inverse.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from app.worktime.document import parse_plan, plan_as_doc
from app.worktime.plan import BadCalendar, CalendarPlan, never_opens
from app.worktime.segments import DAY, EPOCH, open_segments, united, year_start

__all__ = [
    "BadCalendar",
    "CalendarPlan",
    "WorkingClock",
    "never_opens",
    "parse_plan",
    "plan_as_doc",
]

FIRST_YEAR = 1900
LAST_YEAR = 2200
SEARCH = 30 * 365 * DAY  # how far ahead a due time is looked for before it is called "never"

_SECOND = timedelta(seconds=1)
_BEGINNING = year_start(FIRST_YEAR)
_END = year_start(LAST_YEAR + 1)
_BEFORE_ALL_TIME = -(10**12)


class _Table(NamedTuple):
    """Open stretches of whole years; the first one is empty and stands before all time."""

    begin: int
    end: int
    starts: list[int]
    lengths: list[int]
    before: list[int]  # working seconds before each stretch, and at last those of all


class WorkingClock:
    """Counts working time by one plan, by the rules R1 to R10 above.

    Instants are aware datetimes (a naive one raises ValueError) from 1900 to 2200 (others raise
    ValueError); what is finer than a second is cut off. Answers are whole seconds, or datetimes
    in UTC. Nothing is worked out before it is asked for: the table grows by whole years to reach
    the instants of a question. Growing makes a new table, so threads may share a clock.
    """

    def __init__(self, plan: CalendarPlan) -> None:
        self.plan = plan
        self._table: _Table | None = None

    def between(self, start: datetime, end: datetime) -> int:
        """Return the working seconds in [start, end); 0 when the end is not after the start."""
        return self.between_epoch(_epoch(start), _epoch(end))

    def between_epoch(self, start: int, end: int) -> int:
        """Return the working seconds between two instants given in seconds since 1970, UTC."""
        if end <= start:
            return 0
        table = self._table
        if table is None or start < table.begin or end >= table.end:
            table = self._reach(start, end)
        return _work(table, end) - _work(table, start)

    def between_excluding(
        self, start: datetime, end: datetime, pauses: Iterable[tuple[datetime, datetime]]
    ) -> int:
        """Return the working seconds in [start, end) that lie in none of the pauses (R8).

        A pause that ends before it starts counts as nothing, as in R7.
        """
        first, last = _epoch(start), _epoch(end)
        paused = united((max(_epoch(stop), first), min(_epoch(go), last)) for stop, go in pauses)
        work = self.between_epoch(first, last)
        return work - sum(self.between_epoch(stop, go) for stop, go in paused)

    def add(self, start: datetime, seconds: int) -> datetime | None:
        """Return the earliest instant at which so many working seconds have passed since start.

        0 seconds have passed at the start itself, open or not; ask `next_open` for the opening
        after it. 8 hours of an 8-hour day are over when that day closes, not when the next opens.
        None means never: not within 30 years, nor before the end of 2200.

        :raises ValueError: for a negative number of seconds.
        """
        if seconds < 0:
            raise ValueError("Working time can be added, not taken away.")
        begin = _epoch(start)
        horizon = min(begin + SEARCH, _END - 1)
        table = self._reach(begin, begin)
        while table.before[-1] - _work(table, begin) < seconds and table.end <= horizon:
            table = self._reach(begin, table.end)
        due = _due(table, begin, seconds)
        return None if due is None or due > horizon else EPOCH + due * _SECOND

    def is_open(self, at: datetime) -> bool:
        """Say whether the instant is working time."""
        instant = _epoch(at)
        return self.between_epoch(instant, instant + 1) == 1

    def next_open(self, at: datetime) -> datetime | None:
        """Return the first open second at or after the instant; None for never, as in `add`."""
        end_of_first_second = self.add(at, 1)
        return end_of_first_second and end_of_first_second - _SECOND

    def _reach(self, start: int, end: int) -> _Table:
        """Return a table that holds both instants, grown by the years it lacks."""
        if not _BEGINNING <= start <= end < _END:
            raise ValueError(f"The working clock runs from {FIRST_YEAR} to {LAST_YEAR}.")
        first, last = _year(start), _year(end)
        table = self._table or _empty_table(first)
        if start < table.begin or end >= table.end:
            table = _grown(table, self.plan, first, last)
            self._table = table
        return table


def _epoch(at: datetime) -> int:
    try:
        return (at - EPOCH) // _SECOND
    except TypeError:
        raise ValueError("The working clock only reads times that say their zone.") from None


def _year(instant: int) -> int:
    return (EPOCH + instant * _SECOND).year


def _work(table: _Table, instant: int) -> int:
    """Return the working seconds from the begin of the table to an instant it holds."""
    _, _, starts, lengths, before = table
    index = bisect_right(starts, instant) - 1
    past, length = instant - starts[index], lengths[index]
    return before[index] + (past if past < length else length)


def _due(table: _Table, begin: int, seconds: int) -> int | None:
    if seconds == 0:
        return begin
    target = _work(table, begin) + seconds
    if target > table.before[-1]:
        return None
    index = bisect_left(table.before, target) - 1
    return table.starts[index] + target - table.before[index]


def _empty_table(year: int) -> _Table:
    return _Table(year_start(year), year_start(year), [_BEFORE_ALL_TIME], [0], [0, 0])


def _grown(table: _Table, plan: CalendarPlan, first: int, last: int) -> _Table:
    """Return the table with the years from `first` to `last` that it lacks, and all between."""
    known = zip(table.starts, table.lengths, strict=True)
    parts = [next(known)]
    parts += _stretches(plan, range(first, _year(table.begin)))
    parts += known
    parts += _stretches(plan, range(_year(table.end), last + 1))
    lengths = [length for _, length in parts]
    return _Table(
        begin=min(table.begin, year_start(first)),
        end=max(table.end, year_start(last + 1)),
        starts=[start for start, _ in parts],
        lengths=lengths,
        before=list(accumulate(lengths, initial=0)),
    )


def _stretches(plan: CalendarPlan, years: range) -> Iterator[tuple[int, int]]:
    for year in years:
        for start, end in open_segments(plan, year):
            yield start, end - start
