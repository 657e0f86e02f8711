"""A month of opening hours, for people to look over."""

from calendar import Calendar as Grid
from dataclasses import dataclass
from datetime import date

from app.language import gettext
from app.worktime.plan import CalendarPlan, Windows


@dataclass(frozen=True)
class MonthDay:
    """One date of the grid: its hours, and what is said about it.

    `note` is "closed" for a closed date, "special" for hours of its own, else empty; `begins`
    says what holds from this day on.
    """

    day: date
    in_month: bool
    hours: Windows
    note: str
    name: str
    begins: tuple[str, ...]


@dataclass(frozen=True)
class Month:
    """A month in weeks of seven days, Monday first; `open_minutes` are those of its own dates."""

    first: date
    weeks: list[list[MonthDay]]
    open_minutes: int
    zone: str

    @property
    def open_days(self) -> int:
        """How many of its dates open at all."""
        return sum(bool(one.hours) for week in self.weeks for one in week if one.in_month)


def month_of(plan: CalendarPlan, first: date) -> Month:
    """Return the month that begins on `first`, by the plan's own dates."""
    grid = Grid().monthdatescalendar(first.year, first.month)
    weeks = [[_day(plan, day, first.month) for day in week] for week in grid]
    minutes = sum(_minutes(one.hours) for week in weeks for one in week if one.in_month)
    return Month(first, weeks, minutes, plan.zone_on(first))


def _day(plan: CalendarPlan, day: date, month: int) -> MonthDay:
    named = day in plan.special or day in plan.holidays
    note = "special" if plan.special.get(day) else "closed" if named else ""
    begins = [gettext("New hours")] if any(day == begin for begin, _ in plan.changes) else []
    begins += [gettext("Now %(zone)s", zone=zone) for begin, zone in plan.moves if begin == day]
    name = plan.names.get(day, "")
    return MonthDay(day, day.month == month, plan.hours_on(day), note, name, tuple(begins))


def _minutes(windows: Windows) -> int:
    """Return the minutes that windows of one date cover together (R6)."""
    covered = 0
    reached = 0
    for opens, closes in sorted((o, c if c > o else c + 24 * 60) for o, c in windows):
        covered += max(0, closes - max(opens, reached))
        reached = max(reached, closes)
    return covered
