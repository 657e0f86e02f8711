"""A week of hours as people read it."""

from datetime import UTC, datetime

from app.worktime.opening import opening
from app.worktime.rules import WorkingClock, parse_plan

NIGHTS = {
    "tz": "Europe/Berlin",
    "weekly": {"fri": [["22:00", "06:00"]], "sun": [["10:00", "12:00"]]},
}


def hours(plan, at):
    shown = opening(WorkingClock(parse_plan(plan)), at)
    return shown, {f"{one.day:%a}": one.stretches for one in shown.week}


def test_a_night_shift_stands_on_the_day_it_begins():
    shown, week = hours(NIGHTS, datetime(2026, 3, 6, 12, tzinfo=UTC))
    assert week["Fri"] == "22:00–06:00"
    assert week["Sat"] == ""
    assert [one.day.day for one in shown.week if one.is_today] == [6]
    assert not shown.is_open
    assert shown.next_open == datetime(2026, 3, 6, 21, tzinfo=UTC)


def test_a_week_across_new_year_shows_both_years():
    plan = {
        "tz": "Europe/Berlin",
        "weekly": {"wed": [["09:00", "17:00"]], "fri": [["09:00", "12:00"]]},
    }
    shown, week = hours(plan | {"holidays": ["2025-12-31"]}, datetime(2026, 1, 2, 9, tzinfo=UTC))
    assert (shown.week[0].day.year, shown.week[6].day.year) == (2025, 2026)
    assert week["Wed"] == ""
    assert week["Fri"] == "09:00–12:00"
    assert shown.is_open
    assert shown.next_open is None
