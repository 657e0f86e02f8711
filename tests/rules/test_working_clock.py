"""The rules R1 to R10 one by one, and the clock cases that real desks got wrong."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.worktime.rules import never_opens
from tests.support.working_hours import (
    ALWAYS,
    HOUR,
    MINUTE,
    OFFICE,
    clock,
    every_day,
    local,
    weekdays,
)

# In 2024: 4 March is a Monday, 8 March a Friday. Berlin changes its clocks on 31 March and
# 27 October.


def test_instants_are_compared_in_utc_whatever_zone_they_come_in():
    office = clock(OFFICE)
    berlin = office.between(local("2024-03-04 10:00"), local("2024-03-04 12:00"))
    elsewhere = office.between(
        local("2024-03-04 18:00", "Asia/Tokyo").astimezone(ZoneInfo("America/New_York")),
        local("2024-03-04 06:00", "America/New_York").astimezone(ZoneInfo("Asia/Kathmandu")),
    )
    assert berlin == elsewhere == 2 * HOUR


def test_a_window_closes_as_its_closing_time_strikes():
    office = clock(OFFICE)
    assert office.is_open(local("2024-03-04 09:00"))
    assert office.is_open(local("2024-03-04 16:59:59"))
    assert not office.is_open(local("2024-03-04 17:00"))
    assert not office.is_open(local("2024-03-04 08:59:59"))


def test_from_opening_to_closing_is_the_whole_window():
    assert clock(OFFICE).between(local("2024-03-04 09:00"), local("2024-03-04 17:00")) == 8 * HOUR


def test_a_night_shift_belongs_to_the_date_on_which_it_opens():
    nights = clock({"tue": [["22:00", "06:00"]]})
    assert nights.between(local("2024-03-05 00:00"), local("2024-03-07 00:00")) == 8 * HOUR
    assert nights.is_open(local("2024-03-06 05:59"))
    assert not nights.is_open(local("2024-03-05 05:59"))


def test_a_window_that_closes_when_it_opens_lasts_until_the_next_day():
    shift = clock({"tue": [["09:00", "09:00"]]})
    assert shift.between(local("2024-03-04 00:00"), local("2024-03-08 00:00")) == 24 * HOUR


def test_midnight_and_the_end_of_day_close_alike():
    for closes in ("24:00", "00:00"):
        evening = clock({"tue": [["20:00", closes]]})
        assert evening.between(local("2024-03-04 00:00"), local("2024-03-08 00:00")) == 4 * HOUR


def test_the_night_shift_of_the_eve_runs_on_into_a_closed_date():
    nights = clock(every_day("22:00", "06:00"), holidays=["2024-03-06"])
    assert nights.is_open(local("2024-03-06 05:59"))
    assert not nights.is_open(local("2024-03-06 23:00"))
    assert not nights.is_open(local("2024-03-07 01:00"))
    assert nights.between(local("2024-03-06 00:00"), local("2024-03-08 00:00")) == 8 * HOUR


def test_a_special_date_replaces_its_windows_and_beats_a_closed_date():
    office = clock(
        OFFICE,
        holidays=["2024-12-24", "2024-12-25"],
        special={"2024-12-24": [["09:00", "13:00"]], "2024-12-27": []},
    )
    week = office.between(local("2024-12-23 00:00"), local("2024-12-30 00:00"))
    assert week == (8 + 4 + 0 + 8 + 0) * HOUR


def test_overlapping_windows_of_a_date_are_counted_once():
    office = clock({"mon": [["09:00", "13:00"], ["11:00", "17:00"], ["12:00", "12:30"]]})
    assert office.between(local("2024-03-04 00:00"), local("2024-03-05 00:00")) == 8 * HOUR


def test_a_night_shift_that_reaches_into_the_next_window_is_counted_once():
    office = clock({"mon": [["22:00", "10:00"]], "tue": [["09:00", "17:00"]]})
    assert office.between(local("2024-03-04 00:00"), local("2024-03-06 00:00")) == 19 * HOUR


@pytest.mark.parametrize("end", ["2024-03-05 12:00", "2024-03-05 11:00", "2023-03-05 12:00"])
def test_an_end_at_or_before_the_start_is_no_time(end):
    assert clock(OFFICE).between(local("2024-03-05 12:00"), local(end)) == 0


def test_both_ends_outside_hours_count_what_lies_between():
    assert clock(OFFICE).between(local("2024-03-04 05:00"), local("2024-03-06 22:00")) == 24 * HOUR


def test_hours_changed_from_a_date_on_never_touch_earlier_dates():
    shorter = {"from": "2024-03-06", "weekly": weekdays(["09:00", "13:00"])}
    none = {"from": "2024-03-08", "weekly": {}}
    changed = clock(OFFICE, changes=[none, shorter])
    first = changed.between(local("2024-03-04 00:00"), local("2024-03-06 00:00"))
    then = changed.between(local("2024-03-06 00:00"), local("2024-03-08 00:00"))
    last = changed.between(local("2024-03-08 00:00"), local("2034-03-08 00:00"))
    assert (first, then, last) == (16 * HOUR, 8 * HOUR, 0)


def test_the_night_shift_of_the_eve_keeps_its_old_hours_after_a_change():
    nights = clock(every_day("22:00", "06:00"), changes=[{"from": "2024-03-06", "weekly": {}}])
    assert nights.between(local("2024-03-05 12:00"), local("2024-03-09 00:00")) == 8 * HOUR


def test_closed_and_special_dates_hold_after_a_change_too():
    changed = clock(
        OFFICE,
        holidays=["2024-03-07"],
        special={"2024-03-09": [["10:00", "12:00"]]},
        changes=[{"from": "2024-03-06", "weekly": weekdays(["09:00", "10:00"])}],
    )
    week = changed.between(local("2024-03-04 00:00"), local("2024-03-11 00:00"))
    assert week == (8 + 8 + 1 + 0 + 1 + 2) * HOUR


def test_what_is_finer_than_a_second_is_cut_off_at_both_ends():
    office = clock(OFFICE)
    half = timedelta(milliseconds=500)
    start, end = local("2024-03-04 10:00:00"), local("2024-03-04 10:00:30")
    assert office.between(start + half, end) == 30
    assert office.between(start, end + half) == 30
    assert office.between(local("1969-12-31 09:00:00") + half, local("1969-12-31 09:00:01")) == 1


def test_t1_four_hours_from_friday_evening_are_due_on_monday_at_one():
    assert clock(OFFICE).add(local("2024-03-08 17:30"), 4 * HOUR) == local("2024-03-11 13:00")


def test_t2_due_and_warning_cross_the_night():
    long_days = clock(weekdays(["08:00", "18:00"]))
    assert long_days.add(local("2024-03-04 17:00"), 4 * HOUR) == local("2024-03-05 11:00")
    assert long_days.add(local("2024-03-04 17:00"), 3 * HOUR) == local("2024-03-05 10:00")


def test_t3_what_is_raised_at_lunch_starts_after_lunch():
    lunch = clock(weekdays(["09:00", "12:00"], ["13:00", "17:00"]))
    assert lunch.next_open(local("2024-03-04 12:15")) == local("2024-03-04 13:00")
    assert lunch.between(local("2024-03-04 12:10"), local("2024-03-04 12:50")) == 0
    assert lunch.add(local("2024-03-04 12:15"), 30 * MINUTE) == local("2024-03-04 13:30")


def test_t4_round_the_clock_loses_no_minute():
    start = local("2024-03-29 12:34:56")
    assert clock(ALWAYS).add(start, 48 * HOUR) - start == timedelta(hours=48)


def test_t5_a_team_open_on_tuesdays_finds_its_tuesdays():
    tuesdays = clock({"tue": [["09:00", "17:00"]]})
    assert tuesdays.add(local("2024-03-06 10:00"), 9 * HOUR) == local("2024-03-19 10:00")


def test_t6_a_weekend_that_changes_the_clocks_counts_by_the_wall():
    day_and_night = clock(every_day("00:00", "06:00"))
    spring = day_and_night.between(local("2024-03-30 12:00"), local("2024-03-31 12:00"))
    autumn = day_and_night.between(local("2024-10-26 12:00"), local("2024-10-27 12:00"))
    assert (spring, autumn) == (5 * HOUR, 7 * HOUR)


def test_t7_what_is_answered_before_opening_took_no_working_time():
    office = clock(OFFICE, holidays=["2024-12-25"])
    raised, answered = local("2024-12-25 11:00"), local("2024-12-26 08:30")
    assert office.between(raised, answered) == 0
    assert office.add(raised, 0) == raised


def test_t26_a_calendar_that_never_opens_says_so_at_once():
    closed = clock({"mon": []}, special={"2024-03-05": []}, changes=[])
    assert never_opens(closed.plan)
    assert not never_opens(clock({}, changes=[{"from": "2030-01-01", "weekly": OFFICE}]).plan)
    assert closed.add(local("2024-03-04 09:00"), 1) is None
    assert closed.next_open(local("2024-03-04 09:00")) is None
    assert closed.between(local("1990-03-04 09:00"), local("2050-03-04 09:00")) == 0


def test_a_calendar_of_special_dates_alone_or_one_that_shuts_for_good_never_opens_again():
    once = clock({}, special={"2024-03-05": [["09:00", "10:00"]]})
    assert never_opens(once.plan)
    assert once.add(local("2024-03-05 10:00"), 1) is None
    shut = {"from": "2030-01-01", "weekly": {}}
    back = {"from": "2031-01-01", "weekly": OFFICE}
    assert never_opens(clock(OFFICE, changes=[shut]).plan)
    assert not never_opens(clock(OFFICE, changes=[shut, back]).plan)


def test_t27_a_team_that_moved_counts_each_span_by_the_zone_of_its_time():
    moved = local("2024-03-05 00:00")
    berlin = clock(OFFICE).between(local("2024-03-04 09:00"), moved)
    lisbon = clock(OFFICE, "Europe/Lisbon").between(moved, local("2024-03-05 17:00"))
    assert (berlin, lisbon) == (8 * HOUR, 7 * HOUR)
