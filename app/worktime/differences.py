"""From which day on two plans differ."""

from collections.abc import Callable
from datetime import date

from app.worktime.plan import CalendarPlan

BEGINNING = date(1900, 1, 1)  # the first year of the working clock


def first_changed_day(before: CalendarPlan, after: CalendarPlan) -> date | None:
    """Return the first local date whose opening differs, None when no clock would notice.

    It never comes late; where the week itself changed it is the day from which the change holds,
    even when the first weekday that differs comes a few days after.
    """
    named = {*before.holidays, *before.special, *after.holidays, *after.special}
    days = [day for day in named if before.hours_on(day) != after.hours_on(day)]
    weeks = [BEGINNING, *(day for plan in (before, after) for day, _ in plan.changes)]
    days += _differing(weeks, lambda plan, day: _open_days(plan, day), before, after)
    moved = first_moved_day(before, after)
    return min([*days, *([moved] if moved else [])], default=None)


def first_moved_day(before: CalendarPlan, after: CalendarPlan) -> date | None:
    """Return the first local date whose zone differs; from it on, days may have other ends."""
    zones = [BEGINNING, *(day for plan in (before, after) for day, _ in plan.moves)]
    return min(_differing(zones, lambda plan, day: plan.zone_on(day), before, after), default=None)


def _differing(
    begins: list[date],
    value: Callable[[CalendarPlan, date], object],
    before: CalendarPlan,
    after: CalendarPlan,
) -> list[date]:
    return [day for day in begins if value(before, day) != value(after, day)]


def _open_days(plan: CalendarPlan, day: date) -> dict[int, object]:
    return {number: hours for number, hours in plan.weekly_on(day).items() if hours}
