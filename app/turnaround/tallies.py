"""What is counted of one team on one day, or of many days added up: counts, and every duration.

All durations are kept, so that a percentile of any number of days is exact: pages of days are
added by putting their seconds together and ranking them anew.
"""

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

STAGE_COUNTS: Final = (
    *("entered", "finished", "returned", "waiting_total", "in_hand_total", "paused_total"),
)
STAGE_SECONDS: Final = ("waiting", "in_hand", "paused", "working", "elapsed")
TEAM_COUNTS: Final = (
    *("raised", "ended_unanswered", "done", "confirmed", "partly", "unconfirmed", "imported"),
    *("reopened", "reopenings", "returns", "working_total", "paused_total"),
)
TEAM_SECONDS: Final = (
    *("response_working", "response_elapsed", "unanswered_working", "unanswered_elapsed"),
    *("done_working", "done_elapsed"),
)
SPAN: Final = 30  # days of a long page

Key = tuple[int, date, str]  # team, first day, stage or "" for the requests themselves


class Tally:
    """Counts by name, and whole seconds by name in any order."""

    __slots__ = ("counts", "seconds")

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.seconds: dict[str, array[int]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and self.document() == other.document()

    __hash__ = None  # type: ignore[assignment]

    def note(self, name: str, seconds: int) -> None:
        """Add one duration. An imported log may go backwards; that counts as nothing."""
        self._of(name).append(max(seconds, 0))

    def note_packed(self, name: str, packed: bytes) -> None:
        """Add the durations of a page, as `packed` wrote them."""
        if sys.byteorder == "little":
            self._of(name).frombytes(packed)
        else:
            values = array("I", packed)
            values.byteswap()
            self._of(name).extend(values)

    def add(self, other: "Tally") -> None:
        """Add everything of another tally."""
        self.counts.update(other.counts)
        for name, values in other.seconds.items():
            self._of(name).extend(values)

    def ordered(self, name: str) -> list[int]:
        """Return the durations of this name, ascending.

        They stay so: what is added up from ordered tallies is ordered sooner.
        """
        if values := self.sorted(name):
            self.seconds[name] = array("I", values)
        return values

    def sorted(self, name: str) -> list[int]:
        """Return the same and leave the tally as it is, which is quicker once."""
        values = self._of(name).tolist()
        values.sort()
        return values

    def packed(self, name: str) -> bytes:
        """Return the durations of this name as they are stored: ascending, four bytes each."""
        values = array("I", self.ordered(name))
        if sys.byteorder == "big":
            values.byteswap()
        return values.tobytes()

    def document(self) -> tuple[dict[str, int], dict[str, list[int]]]:
        """Return everything that is not nothing, in one order, to be compared."""
        counts = {name: n for name, n in sorted(self.counts.items()) if n}
        return counts, {n: self.ordered(n) for n in sorted(self.seconds) if self.seconds[n]}

    def _of(self, name: str) -> "array[int]":
        if name not in self.seconds:
            self.seconds[name] = array("I")
        return self.seconds[name]


def total(tallies: Iterable[Tally]) -> Tally:
    """Return all of them added up."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def long_pages(days: Mapping[Key, Tally]) -> dict[Key, Tally]:
    """Return day pages added up to pages of `SPAN` days each, which begin at `page_start`."""
    pages: dict[Key, Tally] = {}
    for (team_id, day, stage), tally in days.items():
        pages.setdefault((team_id, page_start(day), stage), Tally()).add(tally)
    return pages


def page_start(day: date) -> date:
    """Return the first day of the long page that `day` lies in; the same for every team."""
    return day - timedelta(days=day.toordinal() % SPAN)
