"""The working clock where clocks change, dates vanish, nights cross years, and pauses meet."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.working_hours import ALWAYS, DAYS, HOUR, MINUTE, OFFICE, clock, every_day, local

SPRING = ("2024-03-31 00:00", "2024-04-01 00:00")  # Berlin: 02:00 becomes 03:00
AUTUMN = ("2024-10-27 00:00", "2024-10-28 00:00")  # Berlin: 03:00 becomes 02:00


@pytest.mark.parametrize(
    ("day", "window", "hours"),
    [
        (SPRING, ["00:00", "06:00"], 5),
        (SPRING, ["02:30", "06:00"], 3),
        (SPRING, ["00:00", "02:30"], 2),
        (SPRING, ["02:15", "02:45"], 0),
        (SPRING, ["03:00", "04:00"], 1),
        (AUTUMN, ["00:00", "06:00"], 7),
        (AUTUMN, ["02:30", "06:00"], 4),
        (AUTUMN, ["00:00", "02:30"], 3),
        (AUTUMN, ["02:15", "02:45"], 1),
        (AUTUMN, ["03:00", "04:00"], 1),
    ],
)
def test_a_wall_time_counts_as_often_as_it_happens(day, window, hours):
    sundays = clock({"sun": [window]})
    assert sundays.between(local(day[0]), local(day[1])) == hours * HOUR


def test_between_the_two_times_of_an_overlap_the_team_closes_and_opens_again():
    sundays = clock({"sun": [["02:30", "06:00"]]})
    assert sundays.is_open(local("2024-10-27 02:45", fold=0))
    assert sundays.next_open(local("2024-10-27 02:00", fold=1)) == local("2024-10-27 02:30", fold=1)
    due = sundays.add(local("2024-10-27 02:30", fold=0), 45 * MINUTE)
    assert due == local("2024-10-27 02:45", fold=1)


@pytest.mark.parametrize(
    ("tz", "begin", "window", "hours"),
    [
        ("Australia/Lord_Howe", "2024-04-07", ["00:00", "06:00"], 6.5),  # back by half an hour
        ("Australia/Lord_Howe", "2024-10-06", ["00:00", "06:00"], 5.5),
        ("Africa/Casablanca", "2024-03-10", ["00:00", "06:00"], 7),  # back for Ramadan
        ("Africa/Casablanca", "2024-04-14", ["00:00", "06:00"], 5),
        ("Africa/Cairo", "2014-05-15", ["22:00", "02:00"], 3),  # on, off for Ramadan, on, off
        ("Africa/Cairo", "2014-06-26", ["22:00", "02:00"], 5),
        ("Africa/Cairo", "2014-07-31", ["22:00", "02:00"], 3),
        ("Africa/Cairo", "2014-09-25", ["22:00", "02:00"], 5),
        ("Asia/Kathmandu", "2024-03-10", ["09:00", "17:00"], 8),
        ("Pacific/Chatham", "2024-04-07", ["02:00", "05:00"], 4),  # back from 03:45 to 02:45
        ("America/St_Johns", "2024-03-10", ["01:00", "05:00"], 3),
        ("Asia/Tokyo", "2024-03-31", ["00:00", "06:00"], 6),  # never changes
        ("Europe/Amsterdam", "1930-01-07", ["09:00", "17:00"], 8),  # 19 min 32 s ahead of UTC
        ("Asia/Manila", "1900-01-02", ["09:00", "17:00"], 8),
    ],
)
def test_zones_follow_their_own_history(tz, begin, window, hours):
    weekday = DAYS[date.fromisoformat(begin).weekday()]
    start = local(f"{begin} 00:00", tz)
    worked = clock({weekday: [window]}, tz).between(start, start + timedelta(hours=30))
    assert worked == hours * HOUR


@pytest.mark.parametrize(
    ("tz", "opening_in_utc"),
    [
        ("Asia/Kathmandu", "2024-01-08T03:15+00:00"),
        ("Pacific/Chatham", "2024-01-07T19:15+00:00"),
        ("America/St_Johns", "2024-01-08T12:30+00:00"),
    ],
)
def test_odd_offsets_open_at_their_own_nine_o_clock(tz, opening_in_utc):
    opening = clock({"mon": [["09:00", "17:00"]]}, tz).next_open(local("2024-01-08 00:00", tz))
    assert opening == datetime.fromisoformat(opening_in_utc)


def test_a_date_that_a_zone_left_out_has_no_working_time():
    around = (local("2011-12-29 00:00", "Pacific/Apia"), local("2011-12-31 12:00", "Pacific/Apia"))
    fridays = clock({"fri": [["09:00", "17:00"]]}, "Pacific/Apia")
    nights = clock({"thu": [["20:00", "06:00"]]}, "Pacific/Apia")
    always = clock(ALWAYS, "Pacific/Apia")
    assert fridays.between(*around) == 0
    assert nights.between(*around) == 4 * HOUR
    assert always.between(*around) == 36 * HOUR


@pytest.mark.parametrize(
    ("holidays", "hours"),
    [
        (["2024-03-09"], 40),  # on a weekend
        (["2024-03-04"], 32),  # on Monday
        (["2024-03-06", "2024-03-07"], 24),  # two in a row
        (["2024-03-11"], 40),  # just after the end
    ],
)
def test_closed_dates_take_their_own_windows_only(holidays, hours):
    office = clock(OFFICE, holidays=holidays)
    worked = office.between(local("2024-03-04 00:00"), local("2024-03-11 00:00"))
    assert worked == hours * HOUR


@pytest.mark.parametrize(
    ("weekday", "evening", "noon"),
    [
        ("wed", "2024-03-06 12:00", "2024-03-07 12:00"),
        ("sun", "2024-03-10 12:00", "2024-03-11 12:00"),
        ("tue", "2024-12-31 12:00", "2025-01-01 12:00"),
        ("thu", "2024-02-29 12:00", "2024-03-01 12:00"),
    ],
)
def test_a_night_is_whole_over_every_kind_of_midnight(weekday, evening, noon):
    nights = clock({weekday: [["22:00", "06:00"]]})
    assert nights.between(local(evening), local(noon)) == 8 * HOUR


@pytest.mark.parametrize("tz", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_new_year_in_utc_cuts_no_day_in_two(tz):
    daily = clock(every_day("00:00", "23:00"), tz)
    worked = daily.between(local("2023-12-30 00:00", tz), local("2024-01-03 00:00", tz))
    assert worked == 4 * 23 * HOUR
    assert daily.add(local("2023-12-30 00:00", tz), 4 * 23 * HOUR) == local("2024-01-02 23:00", tz)


def test_the_leap_day_is_a_working_day():
    february = clock(OFFICE).between(local("2024-02-26 00:00"), local("2024-03-02 00:00"))
    assert february == 40 * HOUR


def test_a_due_time_that_fills_the_day_is_its_closing_not_the_next_opening():
    office = clock(OFFICE)
    assert office.add(local("2024-03-04 09:00"), 8 * HOUR) == local("2024-03-04 17:00")
    assert office.add(local("2024-03-04 09:00"), 8 * HOUR + 1) == local("2024-03-05 09:00:01")


def test_the_search_for_a_due_time_ends():
    once = clock({}, special={"2050-01-03": [["09:00", "10:00"]]})
    assert once.add(local("2024-03-04 09:00"), HOUR) == local("2050-01-03 10:00")
    assert once.add(local("2024-03-04 09:00"), HOUR + 1) is None
    assert once.add(local("2050-01-03 10:00"), 1) is None
    assert once.add(local("2000-03-04 09:00"), HOUR) is None  # 50 years away
    assert clock(ALWAYS).add(local("2200-12-31 12:00"), 24 * HOUR) is None


def test_a_pause_takes_its_working_time_only():
    office = clock(OFFICE)
    start, end = local("2024-03-08 15:00"), local("2024-03-12 10:00")
    weekend = (local("2024-03-09 10:00"), local("2024-03-11 10:00"))
    night = (local("2024-03-11 16:00"), local("2024-03-12 09:30"))
    assert office.between(start, end) == 11 * HOUR
    assert office.between_excluding(start, end, []) == 11 * HOUR
    assert office.between_excluding(start, end, [weekend]) == 10 * HOUR
    assert office.between_excluding(start, end, [weekend, night]) == 8.5 * HOUR


def test_pauses_are_united_and_clipped_before_they_are_taken_off():
    office = clock(OFFICE)
    start, end = local("2024-03-04 10:00"), local("2024-03-04 16:00")

    def noon(first: str, last: str) -> tuple:
        return local(f"2024-03-04 {first}"), local(f"2024-03-04 {last}")

    touching = [noon("12:00", "12:30"), noon("12:30", "13:00")]
    overlapping = [noon("11:00", "13:00"), noon("12:00", "14:00"), noon("12:15", "12:30")]
    outside = [noon("08:00", "10:30"), noon("15:30", "20:00"), noon("16:00", "17:00")]
    backwards = [noon("13:00", "12:00")]
    assert office.between_excluding(start, end, touching) == 5 * HOUR
    assert office.between_excluding(start, end, overlapping) == 3 * HOUR
    assert office.between_excluding(start, end, outside) == 5 * HOUR
    assert office.between_excluding(start, end, backwards) == 6 * HOUR
    assert office.between_excluding(end, start, touching) == 0


def test_every_instant_from_1900_to_2200_can_be_asked_in_any_order():
    office = clock(OFFICE, "UTC")
    for year in (2024, 1900, 2200, 1969):
        monday = datetime(year, 6, 2, tzinfo=UTC)
        monday += timedelta(days=-monday.weekday() % 7)
        assert office.between(monday, monday + timedelta(days=7)) == 40 * HOUR


def test_what_cannot_be_counted_is_refused():
    office = clock(OFFICE)
    naive = datetime(2024, 3, 4, 9)  # noqa: DTZ001
    noon = local("2024-03-04 12:00")
    for ask in (
        lambda: office.between(naive, noon),
        lambda: office.between(noon, naive),
        lambda: office.between_excluding(noon, noon, [(noon, naive)]),
        lambda: office.add(naive, 60),
        lambda: office.add(noon, -1),
        lambda: office.is_open(naive),
        lambda: office.between(datetime(1899, 12, 31, tzinfo=UTC), noon),
        lambda: office.between(noon, datetime(2201, 1, 1, tzinfo=UTC)),
    ):
        with pytest.raises(ValueError, match=r"working clock|Working time"):
            ask()
