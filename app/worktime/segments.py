"""Open hours as stretches of UTC: where the wall clock of a zone meets the windows of a plan.

All instants here are whole seconds since 1970-01-01T00:00Z; "local seconds" are the same count
read off the wall clock, as if the wall clock were UTC.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.worktime.plan import CalendarPlan, Weekly, Windows

Segment = tuple[int, int]  # [start, end)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
# zoneinfo shows no transitions, so they are looked for. No zone of tzdata 2026 has kept an offset
# for less than 6.9 days since 1900 (Boa Vista, October 2000), so steps of 3 days miss nothing.
_STEP = 3 * DAY


def open_segments(plan: CalendarPlan, year: int) -> list[Segment]:
    """Return the open stretches of one UTC year, sorted and disjoint (R2 to R6, R9).

    Within a span of one offset the wall clock is UTC plus that offset, so each window is cut at
    the ends of the span and shifted by the offset of the span. A wall time in a gap then never
    happens and a wall time in an overlap happens twice, which is R2 exactly.
    """
    eras = plan.eras()
    return united(
        cut for zone, first, after in eras for cut in _era(plan, year, zone, first, after)
    )


def _era(plan: CalendarPlan, year: int, zone: str, first: date, after: date) -> Iterator[Segment]:
    """Yield the stretches of the windows that open while the plan keeps to one zone."""
    windows = _local_windows(plan, year, first.toordinal(), after.toordinal() - 1)
    ends = [end for _, end in windows]
    for begin, finish, offset in _offset_spans(zone, year) if windows else ():
        for opens, closes in windows[bisect_right(ends, begin + offset) :]:
            if opens - offset >= finish:
                break
            yield max(opens - offset, begin), min(closes - offset, finish)


def united(segments: Iterable[Segment]) -> list[Segment]:
    """Return the same instants as sorted, disjoint stretches; empty stretches vanish."""
    union: list[Segment] = []
    for start, end in sorted(segments):
        if end <= start:
            continue
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        else:
            union.append((start, end))
    return union


def year_start(year: int) -> int:
    """Return the first second of a UTC year."""
    return (date(year, 1, 1).toordinal() - _EPOCH_ORDINAL) * DAY


def _local_windows(plan: CalendarPlan, year: int, earliest: int, latest: int) -> list[Segment]:
    """Return the windows of all dates that can touch the UTC year, in local seconds, united.

    Only those that open on the ordinals from `earliest` to `latest` count.
    """
    # Offsets stay below a day (Manila once had -16 h) and a window lasts at most a day.
    first = max(earliest, date(year, 1, 1).toordinal() - 3)
    last = min(latest, date(year, 12, 31).toordinal() + 2)
    windows = []
    for ordinal, hours in _hours_by_day(plan, first, last):
        midnight = (ordinal - _EPOCH_ORDINAL) * DAY
        for opens, closes in hours:
            length = closes - opens if closes > opens else closes - opens + 24 * 60
            windows.append((midnight + opens * 60, midnight + (opens + length) * 60))
    return united(windows)


def _hours_by_day(plan: CalendarPlan, first: int, last: int) -> Iterator[tuple[int, Windows]]:
    special = {day.toordinal(): hours for day, hours in plan.special.items()}
    closed = {day.toordinal() for day in plan.holidays}
    changes = [day.toordinal() for day, _ in plan.changes]
    weeklies: list[Weekly] = [plan.weekly, *(weekly for _, weekly in plan.changes)]
    for ordinal in range(first, last + 1):
        if ordinal in special:
            yield ordinal, special[ordinal]
        elif ordinal not in closed:
            weekly = weeklies[bisect_right(changes, ordinal)]
            yield ordinal, weekly.get((ordinal + 6) % 7, ())  # ordinal 1 was a Monday


@lru_cache(maxsize=4096)
def _offset_spans(zone: str, year: int) -> tuple[tuple[int, int, int], ...]:
    """Return (start, end, offset in seconds) for each span of one utc offset in a UTC year."""
    clock = ZoneInfo(zone)
    begin, finish = year_start(year), year_start(year + 1)
    spans = []
    for probe in (*range(begin + _STEP, finish, _STEP), finish - 1):
        while (offset := _offset(clock, begin)) != _offset(clock, probe):
            change = _first_change(clock, begin, probe)
            spans.append((begin, change, offset))
            begin = change
    spans.append((begin, finish, _offset(clock, begin)))
    return tuple(spans)


def _first_change(clock: ZoneInfo, before: int, after: int) -> int:
    """Bisect for the first second whose offset is no longer that of `before`."""
    offset = _offset(clock, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(clock, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(clock: ZoneInfo, instant: int) -> int:
    local = (EPOCH + timedelta(seconds=instant)).astimezone(clock)
    return local.utcoffset() // timedelta(seconds=1)  # type: ignore[operator]  # it is aware
