"""Which pages of days cover the windows of teams."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from app.turnaround.rules import Window
from app.turnaround.tallies import SPAN, Key, page_start

Windows = Mapping[int, Window]
Days = tuple[date, date]
LONG = 45  # days of a window above which pages of thirty days serve its middle
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cover:
    """Which day pages are read, which long pages, and the days inside of those (None: no long)."""

    windows: Windows
    changed: Collection[Key]
    days: list[Days]
    whole: list[Days]
    long: Days | None = None

    @property
    def ranges(self) -> list[tuple[int, Days]]:
        """All of them, each with its span."""
        return [(1, days) for days in self.days] + [(SPAN, days) for days in self.whole]

    def takes(self, team_id: int, day: date, stage: str) -> bool:
        """Whether the page of a day counts: in the team's window, and not counted already."""
        window = self.windows[team_id]
        return window.first <= day <= window.last and (team_id, day, stage) not in self.changed

    def kept(self, team_id: int, stage: str, rows: list[Any], *, span: int) -> list[Any]:
        """Return the rows whose page counts; their span stands at `span`, the day behind it."""
        if not self.changed and self._takes_all(team_id):
            return rows
        return [row for row in rows if row[span] > 1 or self.takes(team_id, row[span + 1], stage)]

    def _takes_all(self, team_id: int) -> bool:
        """Whether every day that is read is in the team's window."""
        window, (first, last) = self.windows[team_id], self._ends
        return window.first <= first and last <= window.last

    @cached_property
    def _ends(self) -> Days:
        return ends(self.windows)


def cover(windows: Windows, changed: Collection[Key]) -> Cover:
    """Cover the windows by ranges of day pages and, when they are long, of whole long pages."""
    first, last = ends(windows)
    inner = max(window.first for window in windows.values())
    begin = page_start(inner + (SPAN - 1) * DAY)
    end = page_start(min(window.last for window in windows.values()) + DAY) - DAY
    if (last - first).days <= LONG or begin > end:
        return Cover(windows, changed, [(first, last)], [])
    touched = sorted({page_start(day) for _, day, _ in changed if begin <= day <= end})
    days = [(first, begin - DAY), (end + DAY, last)]
    days += [(day, day + (SPAN - 1) * DAY) for day in touched]
    edges = [begin - SPAN * DAY, *touched, end + DAY]
    whole = [(a + SPAN * DAY, b - DAY) for a, b in pairwise(edges)]
    return Cover(windows, changed, _some(days), _some(whole), (begin, end))


def _some(ranges: list[Days]) -> list[Days]:
    return [(first, last) for first, last in ranges if first <= last]


def ends(windows: Windows) -> Days:
    """Return the first and the last day of all windows."""
    firsts = [window.first for window in windows.values()]
    return min(firsts), max(window.last for window in windows.values())
