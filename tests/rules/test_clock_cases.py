"""Clock cases learned from other desks' mistakes: the pure ones, by their numbers in the study."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.requests.life.promises import due
from app.worktime.days import end_of_day, opening_of_day
from app.worktime.rules import WorkingClock, never_opens, parse_plan

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3600
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
DAYS = (*WEEKDAYS, "sat", "sun")
FRIDAY, MONDAY, TUESDAY = date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)


def clock(*windows, days=WEEKDAYS, zone="Europe/Berlin", **more):
    return WorkingClock(
        parse_plan({"tz": zone, "weekly": {d: [list(w) for w in windows] for d in days}} | more)
    )


def berlin(day, time):
    return datetime.fromisoformat(f"{day} {time}").replace(tzinfo=BERLIN)


OFFICE = clock(("09:00", "17:00"))


def test_t1_raised_on_friday_after_hours_four_hours_are_over_on_monday_at_one():
    assert due(OFFICE, berlin(FRIDAY, "17:30"), 4 * HOUR) == berlin(MONDAY, "13:00")


def test_t2_four_hours_at_the_end_of_a_long_day_go_on_the_next_morning():
    long_day = clock(("08:00", "18:00"))

    late = due(long_day, berlin(MONDAY, "17:00"), 4 * HOUR)
    warning = due(long_day, berlin(MONDAY, "17:00"), 3 * HOUR)

    assert (late, warning) == (berlin(TUESDAY, "11:00"), berlin(TUESDAY, "10:00"))


def test_t3_raised_in_the_lunch_break_the_clock_starts_after_it():
    halves = clock(("09:00", "12:00"), ("13:00", "17:00"))

    assert halves.next_open(berlin(MONDAY, "12:15")) == berlin(MONDAY, "13:00")
    assert due(halves, berlin(MONDAY, "12:15"), HOUR) == berlin(MONDAY, "14:00")


def test_t4_open_all_day_every_day_48_hours_are_48_hours():
    always = clock(("00:00", "24:00"), days=DAYS, zone="UTC")
    start = datetime(2026, 3, 4, 13, 7, tzinfo=UTC)

    assert due(always, start, 48 * HOUR) == start + timedelta(hours=48)
    assert always.between(start, start + timedelta(hours=48)) == 48 * HOUR


def test_t5_open_on_tuesdays_only():
    tuesdays = clock(("09:00", "17:00"), days=("tue",))

    assert due(tuesdays, berlin(FRIDAY, "12:00"), 10 * HOUR) == berlin(date(2026, 3, 17), "11:00")


def test_t6_a_night_shift_over_both_changes_of_the_clock():
    nights = clock(("22:00", "06:00"), days=DAYS)

    spring = nights.between(berlin(date(2026, 3, 28), "21:00"), berlin(date(2026, 3, 29), "07:00"))
    autumn = nights.between(
        berlin(date(2026, 10, 24), "21:00"), berlin(date(2026, 10, 25), "07:00")
    )

    assert (spring, autumn) == (7 * HOUR, 9 * HOUR)


def test_t7_raised_and_answered_before_opening_takes_no_working_time_but_real_time():
    asked, answered = berlin(MONDAY, "07:00"), berlin(MONDAY, "08:30")

    assert OFFICE.between(asked, answered) == 0
    assert (answered - asked).total_seconds() == 90 * 60


def test_t26_a_calendar_that_never_opens_is_known_and_gives_no_due_time():
    plan = parse_plan({"tz": "Europe/Berlin", "weekly": {}})

    assert never_opens(plan)
    assert due(WorkingClock(plan), berlin(MONDAY, "12:00"), HOUR) is None
    assert end_of_day(WorkingClock(plan), berlin(MONDAY, "12:00"), 1) is None


def test_t27_hours_that_change_from_a_date_on_count_each_day_by_its_own():
    changed = clock(
        ("09:00", "17:00"),
        changes=[{"from": "2026-03-10", "weekly": {"tue": [["10:00", "12:00"]]}}],
    )

    assert changed.between(berlin(MONDAY, "00:00"), berlin(date(2026, 3, 11), "00:00")) == 10 * HOUR


def test_the_end_of_the_nth_working_day_leaves_out_the_day_of_asking_and_the_weekend():
    assert end_of_day(OFFICE, berlin(FRIDAY, "09:30"), 1) == berlin(MONDAY, "17:00")
    assert end_of_day(OFFICE, berlin(FRIDAY, "18:30"), 2) == berlin(TUESDAY, "17:00")


def test_the_same_day_is_the_next_one_when_it_is_over():
    assert end_of_day(OFFICE, berlin(FRIDAY, "09:30"), 0) == berlin(FRIDAY, "17:00")
    assert end_of_day(OFFICE, berlin(FRIDAY, "17:00"), 0) == berlin(MONDAY, "17:00")


def test_a_working_day_opens_after_its_holiday():
    closed = clock(("09:00", "17:00"), holidays=["2026-03-09"])

    assert opening_of_day(closed, berlin(FRIDAY, "12:00"), 1) == berlin(TUESDAY, "09:00")
