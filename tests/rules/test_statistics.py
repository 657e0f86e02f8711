"""Medians and percentiles by nearest rank, shares, and weeks on the wall of a team."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.turnaround.rules import (
    CROWD,
    MAX_DAYS,
    MIN_N,
    BadWindow,
    Choice,
    Window,
    band_of,
    choose,
    is_late,
    is_silent,
    window_of,
)
from app.turnaround.statistics import (
    Spread,
    nearest_rank,
    share,
    spread,
    untold,
)
from app.worktime.walls import wall_of

SECONDS = st.lists(st.integers(0, 10**8), min_size=1, max_size=200)
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@given(SECONDS, st.integers(1, 100))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(values, percent):
    enough = [v for v in values if 100 * sum(x <= v for x in values) >= percent * len(values)]
    assert nearest_rank(sorted(values), percent) == min(enough)


@pytest.mark.parametrize(("n", "median", "p85"), [(1, 1, 1), (2, 1, 2), (10, 5, 9), (20, 10, 17)])
def test_the_ranks_of_whole_numbers(n, median, p85):
    ordered = list(range(1, n + 1))
    assert (nearest_rank(ordered, 50), nearest_rank(ordered, 85)) == (median, p85)


@pytest.mark.parametrize("percent", [0, 101])
def test_there_is_no_percentile_beyond_all(percent):
    with pytest.raises(ValueError, match="percentile"):
        nearest_rank([1], percent)


def test_there_is_no_percentile_of_nothing():
    with pytest.raises(ValueError, match="percentile"):
        nearest_rank([], 50)


def test_few_values_are_counted_and_not_described():
    assert spread(range(MIN_N - 1), crowd=CROWD) == Spread(MIN_N - 1, why="few")
    assert spread([], crowd=CROWD) == Spread(0, why="few")
    assert spread(range(MIN_N), crowd=CROWD) == Spread(MIN_N, 9, 16)


def test_the_work_of_few_people_is_counted_and_not_described():
    assert spread(range(MIN_N), crowd=CROWD - 1) == Spread(MIN_N, why="crowd")
    assert spread(range(MIN_N - 1), crowd=CROWD - 1) == Spread(MIN_N - 1, why="few")
    assert untold("crowd", MIN_N) == "too few people to say"
    assert untold("few", 3) == "too few to say (n = 3)"


def test_one_slow_piece_moves_neither_the_median_nor_the_percentile():
    assert spread([60] * 19 + [10**7], crowd=CROWD) == Spread(20, 60, 60)


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, None), (0, 7, 0), (1, 3, 33), (1, 8, 13), (7, 7, 100)]
)
def test_a_share_is_a_whole_percent(part, whole, percent):
    assert share(part, whole) == percent


def test_a_window_is_half_open_and_follows_the_wall_clock_through_a_change():
    window = Window("Europe/Berlin", date(2026, 3, 28), date(2026, 3, 29))
    assert window.end - window.start == 47 * HOUR
    assert window.holds(window.start)
    assert not window.holds(window.end)
    assert window.holds(window.end - timedelta(microseconds=1))
    assert not window.holds(None)


def test_the_last_days_end_with_today_where_the_team_is():
    almost_midnight = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    berlin = window_of(Choice(30), wall=wall_of("Europe/Berlin"), now=almost_midnight)
    assert (berlin.first, berlin.last) == (date(2026, 2, 4), date(2026, 3, 5))
    assert window_of(Choice(30), wall=wall_of("UTC"), now=almost_midnight).last == date(2026, 3, 4)


def test_a_choice_takes_both_days_or_none():
    day = date(2026, 3, 4)
    assert choose(None, None, None) == choose(8, None, None) == Choice(90)
    assert choose(30, None, None) == Choice(30)
    assert choose(30, day, day) == Choice(None, day, day)
    for first, last in (
        (day, None),
        (None, day),
        (day, day - timedelta(days=1)),
        (day, day + timedelta(days=MAX_DAYS)),
        (date(1, 1, 1), date(1, 1, 2)),
        (date(9999, 12, 30), date(9999, 12, 31)),
    ):
        with pytest.raises(BadWindow):
            choose(None, first, last)


def test_ages_fall_into_bands_without_a_gap():
    keys = [band_of(seconds).key for seconds in (0, 86_399, 86_400, 27 * 86_400, 28 * 86_400)]
    assert keys == ["day", "day", "3-days", "4-weeks", "older"]


def test_waiting_work_is_not_late_but_can_be_silent():
    assert is_late("in work", NOON - HOUR, NOON)
    assert not is_late("waiting", NOON - HOUR, NOON)
    assert not is_late("done", NOON - HOUR, NOON)
    assert not is_late("in work", None, NOON)
    assert is_silent("waiting", NOON - HOUR, None, NOON)
    assert not is_silent("waiting", NOON - HOUR, NOON, NOON)
    assert not is_silent("declined", NOON - HOUR, None, NOON)
    assert not is_silent("raised", NOON, None, NOON)
