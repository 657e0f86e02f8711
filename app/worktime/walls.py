"""The local days of a team, also of one that moves: every instant lies in exactly one of them.

A day begins at its midnight by the clock that was on the wall the day before. So the day of a move
runs from the old zone's midnight to the new zone's next one: shorter going east, longer going west.
Across the date line it may have no instant at all, like the date that an island left out.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from app.language import gettext
from app.language.writing import dated

Moves = tuple[tuple[date, str], ...]
DAY = timedelta(days=1)


class Wall:
    """The dates on a team's wall: those of `zone`, and from each date of `moves` of another one.

    `moves` are (date, zone) in ascending order. Ask `wall_of`, which keeps them.
    """

    def __init__(self, zone: str, moves: Moves = ()) -> None:
        self.zone, self.moves = zone, moves
        self._first = ZoneInfo(zone)
        self._begins: dict[date, datetime] = {}

    def zone_on(self, day: date) -> str:
        """Return the zone whose clock is on the wall when a date ends."""
        return [self.zone, *(zone for begin, zone in self.moves if begin <= day)][-1]

    def begins(self, day: date) -> datetime:
        """Return the instant (UTC) at which a day begins, and the one before it has ended."""
        known = self._begins.get(day)
        if known is None:
            # Far to the east tomorrow begins before today has begun far to the west.
            known = max(self._midnight(day), self._midnight(day - DAY))
            self._begins[day] = known
        return known

    def day_of(self, at: datetime) -> date:
        """Return the day that an instant lies in."""
        zone = ZoneInfo(self.zone_on(at.date())) if self.moves else self._first
        day = at.astimezone(zone).date()
        while at < self.begins(day):
            day -= DAY
        while at >= self.begins(day + DAY):
            day += DAY
        return day

    def days_in(self, start: datetime, end: datetime) -> Iterator[date]:
        """Yield each day that has an instant in [start, end)."""
        day = self.day_of(start)
        while self.begins(day) < end:
            if self.begins(day) < self.begins(day + DAY):
                yield day
            day += DAY

    def zones_in(self, first: date, last: date) -> str:
        """Say the zones of the days from `first` to `last`, each later one with its first day."""
        later = [(day, zone) for day, zone in self.moves if first < day <= last]
        said = (gettext("from %(day)s %(zone)s", day=dated(day), zone=zone) for day, zone in later)
        return ", ".join([self.zone_on(first), *said])

    def _midnight(self, day: date) -> datetime:
        zone = ZoneInfo(self.zone_on(day - DAY))
        return datetime.combine(day, time(), zone).astimezone(UTC)


@lru_cache(maxsize=512)
def wall_of(zone: str, moves: Moves = ()) -> Wall:
    """Return the wall of a zone and its moves; the same ones are worked out only once."""
    return Wall(zone, moves)


def wall_in(plan: Mapping[str, Any]) -> Wall:
    """Return the wall that the document of a calendar describes (see `document.parse_plan`)."""
    moves = ((date.fromisoformat(one["from"]), one["tz"]) for one in plan.get("moves", ()))
    return wall_of(plan["tz"], tuple(sorted(moves)))
