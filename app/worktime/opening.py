"""A week of opening hours, for people to read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.worktime.rules import WorkingClock
from app.worktime.segments import EPOCH, open_segments


@dataclass(frozen=True)
class DayHours:
    """One local date, and from when to when it is open in the calendar's own zone.

    `stretches` are the hours as people read them, "09:00–12:00, 13:00–17:00"; empty when closed.
    """

    day: date
    is_today: bool
    stretches: str


@dataclass(frozen=True)
class Opening:
    """When a team works: now, next and this week.

    `next_open` is the next opening (UTC) while it is closed; None while it is open, or for never.
    """

    is_open: bool
    next_open: datetime | None
    week: tuple[DayHours, ...]
    zone: str


def opening(clock: WorkingClock, at: datetime) -> Opening:
    """Return the opening hours around `at` (aware)."""
    is_open = clock.is_open(at)
    opens = None if is_open else clock.next_open(at)
    return Opening(is_open, opens, week_of(clock, at), clock.plan.zone_at(at))


def week_of(clock: WorkingClock, at: datetime) -> tuple[DayHours, ...]:
    """Return Monday to Sunday around `at` (aware), in the zone of the clock's calendar.

    A stretch that runs past midnight stands on the date on which it opens.
    """
    zone = clock.plan.zone_at(at)
    today = at.astimezone(ZoneInfo(zone)).date()
    monday = today - timedelta(days=today.weekday())
    return tuple(DayHours(day, day == today, said) for day, said in _hours(clock, zone, monday))


@lru_cache(maxsize=512)
def _hours(clock: WorkingClock, name: str, monday: date) -> list[tuple[date, str]]:
    """Return the days of the week with their stretches; a plan never changes, its clock neither."""
    zone = ZoneInfo(name)
    days = [monday + timedelta(days=number) for number in range(7)]
    found: dict[date, list[str]] = {day: [] for day in days}
    for year in sorted({days[0].year, days[-1].year, (days[0] - timedelta(days=1)).year}):
        for start, end in open_segments(clock.plan, year):
            opens, closes = (
                (EPOCH + timedelta(seconds=second)).astimezone(zone) for second in (start, end)
            )
            if opens.date() in found:
                found[opens.date()].append(f"{opens:%H:%M}–{closes:%H:%M}")
    return [(day, ", ".join(found[day])) for day in days]
