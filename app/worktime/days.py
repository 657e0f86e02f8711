"""Working days: dates on which a calendar opens at all, in its own zone."""

from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from app.worktime.plan import CalendarPlan

HORIZON = 800  # dates looked at before a working day is called "never"


class DayClock(Protocol):
    """What counting days asks of a working clock."""

    @property
    def plan(self) -> CalendarPlan:
        """The calendar, with its zone."""

    def between(self, start: datetime, end: datetime) -> int:
        """Return the working seconds from `start` to `end`."""

    def add(self, start: datetime, seconds: int) -> datetime | None:
        """Return the instant at which `seconds` of working time have passed, or None: never."""


def opening_of_day(clock: DayClock, at: datetime, count: int) -> datetime | None:
    """Return when the `count`-th working day after the date of `at` opens (UTC), None for never.

    The date of `at` itself is not counted, whatever is left of it: asked on Monday, the first
    working day after is Tuesday.
    """
    start = _day_after(clock, at, count)
    after_first_second = start and clock.add(start, 1)
    return after_first_second and after_first_second - timedelta(seconds=1)


def end_of_day(clock: DayClock, at: datetime, count: int) -> datetime | None:
    """Return when the `count`-th working day after the date of `at` closes (UTC), None for never.

    This is the promise "by the end of the n-th working day"; 0 is the same day, or, when that is
    no working day or is over already, the next one.
    """
    if count == 0:
        left = clock.between(at, _midnight(clock, _date(clock, at) + timedelta(days=1)))
        if left:
            return clock.add(at, left)
        count = 1
    start = _day_after(clock, at, count)
    if start is None:
        return None
    end = _midnight(clock, _date(clock, start) + timedelta(days=1))
    return clock.add(start, clock.between(start, end))


def close_of(clock: DayClock, day: date) -> datetime | None:
    """Return when the hours of `day` end (UTC), None when it is no working day."""
    start = _midnight(clock, day)
    open_seconds = clock.between(start, _midnight(clock, day + timedelta(days=1)))
    return clock.add(start, open_seconds) if open_seconds else None


def next_working_day(clock: DayClock, day: date) -> date | None:
    """Return the first working day after `day`, None for never."""
    start = _day_after(clock, _midnight(clock, day), 1)
    return start and _date(clock, start)


def _day_after(clock: DayClock, at: datetime, count: int) -> datetime | None:
    day = _date(clock, at)
    for _ in range(HORIZON):
        day += timedelta(days=1)
        start, end = _midnight(clock, day), _midnight(clock, day + timedelta(days=1))
        count -= clock.between(start, end) > 0
        if count == 0:
            return start
    return None


def _date(clock: DayClock, at: datetime) -> date:
    return local_day(clock.plan.zone_at(at), at)


def _midnight(clock: DayClock, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(clock.plan.zone_on(day)))


def local_day(zone: str | None, at: datetime) -> date:
    """Return the date that an instant falls on in `zone`; UTC without one."""
    return at.astimezone(ZoneInfo(zone or "UTC")).date()
