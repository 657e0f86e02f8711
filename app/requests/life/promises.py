"""When an answer and the work itself are due, given once and moved only by a pause."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.language import gettext
from app.language.writing import whole_day, zone_letters
from app.worktime.days import DayClock as DueClock
from app.worktime.days import end_of_day

__all__ = ["DueClock", "LateCard", "due", "iso", "moved_by_wait"]


@dataclass(frozen=True)
class LateCard:
    """What who is late says first."""

    sorry: str
    why: str
    doing: str = ""

    def words(self, expected: datetime, zone: str) -> str:
        """Return the card as the message that both sides read, the new date among its words.

        They are kept as they are, and read by mail, too: so it is a date of `zone`, which it names.
        """
        there = expected.astimezone(ZoneInfo(zone))
        clock = f"{there:%H:%M} {zone_letters(there.tzname() or '')}"
        day = whole_day(there.date())
        by = gettext("It will be there by %(day)s, %(clock)s.", day=day, clock=clock)
        return "\n\n".join(part for part in (self.sorry, self.why, by, self.doing) if part)


def due(
    clock: DueClock, at: datetime, seconds: int | None, *, days: int | None = None
) -> datetime | None:
    """Return when a promise given at `at` falls due, None without one.

    It is so much working time, or "by the end of the n-th working day".
    """
    if days is not None:
        return end_of_day(clock, at, days)
    return None if seconds is None else clock.add(at, seconds)


def moved_by_wait(
    clock: DueClock, since: datetime, until: datetime, **dues: datetime | None
) -> dict[str, Any]:
    """Return `dues` as event data, each moved by the working time between `since` and `until`.

    One that had passed when the wait began was missed, and stays where it was.
    """
    seconds = clock.between(since, until)
    return {
        name: iso(clock.add(at, seconds) if at and at >= since else at) for name, at in dues.items()
    }


def iso(at: datetime | None) -> str | None:
    """Return an instant as it is kept in event data."""
    return at.isoformat() if at else None
