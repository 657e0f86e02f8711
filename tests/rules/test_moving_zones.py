"""A team that moves to another zone, and from which day on two plans differ."""

from datetime import UTC, date, datetime

import pytest

from app.worktime.days import end_of_day
from app.worktime.differences import BEGINNING, first_changed_day
from app.worktime.months import month_of
from app.worktime.plan import BadCalendar
from app.worktime.rules import WorkingClock, parse_plan, plan_as_doc
from app.worktime.typed_hours import read_hours, show_hours

WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
BERLIN = {"tz": "Europe/Berlin", "weekly": WEEK}
MOVED = BERLIN | {"moves": [{"from": "2026-03-04", "tz": "America/New_York"}]}


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_each_day_opens_by_the_clock_of_the_zone_it_had_then():
    clock = WorkingClock(parse_plan(MOVED))
    open_at = [hour for hour in range(24) if clock.is_open(at(3, hour))]
    assert open_at == list(range(8, 16))  # 9 to 17 in Berlin
    open_at = [hour for hour in range(24) if clock.is_open(at(4, hour))]
    assert open_at == list(range(14, 22))  # 9 to 17 in New York
    assert clock.between(at(2, 0), at(7, 0)) == 5 * 8 * 3600
    assert clock.add(at(3, 15), 2 * 3600) == at(4, 15)


def test_a_night_shift_ends_by_the_zone_in_which_it_began():
    plan = {**MOVED, "weekly": {"tue": [["22:00", "06:00"]]}}
    clock = WorkingClock(parse_plan(plan))
    assert clock.between(at(1, 0), at(8, 0)) == 8 * 3600
    assert clock.next_open(at(3, 0)) == at(3, 21)


def test_working_days_follow_the_move():
    clock = WorkingClock(parse_plan(MOVED))
    assert end_of_day(clock, at(3, 12), 1) == at(4, 22)
    assert clock.plan.zone_at(at(4, 4, 30)) == "Europe/Berlin"  # still the third in New York
    assert clock.plan.zone_at(at(4, 5)) == "America/New_York"


def test_a_plan_with_moves_and_names_reads_back_equal():
    plan = parse_plan(MOVED | {"holidays": ["2026-12-25"], "names": {"2026-12-25": "Christmas"}})
    assert parse_plan(plan_as_doc(plan)) == plan
    for wrong in ({"from": "2026-03-04", "tz": "Nowhere"}, {"from": "x", "tz": "UTC"}, {}):
        with pytest.raises(BadCalendar):
            parse_plan(BERLIN | {"moves": [wrong]})


LATER = {"from": "2026-05-01", "weekly": {**WEEK, "fri": [["09:00", "12:00"]]}}


@pytest.mark.parametrize(
    ("change", "day"),
    [
        ({}, None),
        ({"names": {"2026-12-25": "Christmas"}}, None),
        ({"holidays": ["2026-12-25"]}, date(2026, 12, 25)),  # a Friday
        ({"holidays": ["2026-12-26"]}, None),  # a Saturday was closed anyway
        ({"special": {"2026-12-26": [["10:00", "12:00"]]}}, date(2026, 12, 26)),
        ({"special": {"2026-12-25": []}, "holidays": ["2027-01-01"]}, date(2026, 12, 25)),
        ({"changes": [LATER]}, date(2026, 5, 1)),
        ({"changes": [{"from": "2026-05-01", "weekly": WEEK}]}, None),
        ({"moves": [{"from": "2026-04-01", "tz": "UTC"}], "changes": [LATER]}, date(2026, 4, 1)),
        ({"weekly": LATER["weekly"]}, BEGINNING),
        ({"tz": "UTC"}, BEGINNING),
    ],
)
def test_the_first_day_that_differs(change, day):
    before, after = parse_plan(BERLIN), parse_plan(BERLIN | change)
    assert first_changed_day(before, after) == day
    assert first_changed_day(after, before) == day


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("9-17", "09:00–17:00"),
        ("13 – 17:30, 9.00 to 12", "09:00–12:00, 13:00–17:30"),
        ("22:00-06:00", "22:00–06:00"),
        ("0-24", "00:00–24:00"),
        ("8h–12h and 13h–16h", "08:00–12:00, 13:00–16:00"),
    ],
)
def test_hours_as_people_type_them(text, shown):
    windows = read_hours(text)
    assert show_hours(windows) == shown
    assert read_hours(shown) == windows


@pytest.mark.parametrize("text", ["9", "nine to five", "9-25", "24:00-03:00", "24:30-3", "9-17-18"])
def test_hours_that_cannot_be_read(text):
    with pytest.raises(BadCalendar):
        read_hours(text)


def test_a_month_says_which_days_are_closed_and_why():
    doc = MOVED | {
        "holidays": ["2026-03-06"],
        "special": {"2026-03-07": [["10:00", "12:00"], ["11:00", "13:00"]]},
        "names": {"2026-03-06": "Founders’ day"},
    }
    month = month_of(parse_plan(doc), date(2026, 3, 1))
    days = {one.day: one for week in month.weeks for one in week}
    assert [len(week) for week in month.weeks] == [7] * 6
    assert (days[date(2026, 3, 6)].note, days[date(2026, 3, 6)].name) == ("closed", "Founders’ day")
    assert days[date(2026, 3, 7)].note == "special"
    assert days[date(2026, 3, 4)].begins == ("Now America/New_York",)
    assert not days[date(2026, 2, 28)].in_month
    assert (month.open_days, month.open_minutes) == (22, 21 * 8 * 60 + 3 * 60)
