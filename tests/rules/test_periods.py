"""The parts a window is told in: few enough to be seen, none lost, and each said in words."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.turnaround.periods import (
    MOST,
    Grain,
    added_up,
    begin_of,
    by_period,
    foot_names,
    grain_of,
    periods_of,
    within,
)
from app.turnaround.plots import LEFT, RIGHT
from app.turnaround.rules import Window
from app.worktime.walls import wall_of

DAYS = st.dates(date(1980, 1, 1), date(2150, 12, 31))
BROADEST = 18 * 365  # years are the longest parts there are


def window_of(first, days):
    return Window("Europe/Berlin", first, first + timedelta(days=days - 1))


def test_weeks_begin_on_monday_and_are_cut_to_the_window():
    window = Window("Europe/Berlin", date(2026, 3, 4), date(2026, 3, 17))
    assert periods_of(window) == [
        (date(2026, 3, 4), date(2026, 3, 8)),
        (date(2026, 3, 9), date(2026, 3, 15)),
        (date(2026, 3, 16), date(2026, 3, 17)),
    ]
    assert [week.is_whole for week in added_up(window, {})] == [False, True, False]


def test_days_add_up_by_week():
    window = Window("Europe/Berlin", date(2026, 3, 2), date(2026, 3, 15))
    sunday, monday = date(2026, 3, 8), date(2026, 3, 9)
    first, second = added_up(window, {sunday: (1, 4), monday: (2, 0), date(2026, 3, 15): (3, 0)})
    assert (first.arrivals, first.completions) == (1, 4)
    assert (second.arrivals, second.completions) == (5, 0)
    assert wall_of("Europe/Berlin").day_of(datetime(2026, 3, 8, 23, 30, tzinfo=UTC)) == monday


@given(DAYS, st.integers(1, BROADEST))
def test_the_parts_follow_each_other_and_hold_every_day_once(first, days):
    window = window_of(first, days)
    parts, grain = periods_of(window), grain_of(window)
    assert 0 < len(parts) <= MOST + 1
    assert (parts[0][0], parts[-1][1]) == (window.first, window.last)
    for (_, last), (later, _) in pairwise(parts):
        assert later == last + timedelta(days=1) == begin_of(grain, later)
    for begin, last in parts:
        assert begin_of(grain, begin) == begin_of(grain, last) <= begin


@pytest.mark.parametrize("days", [7, 90, 120, 126, 365, 500, 1500, 3700])
def test_a_column_of_a_pair_is_some_six_pixels_wide_on_a_phone(days):
    drawing = 318  # pixels of a drawing where the window is 390 wide
    slot = drawing * (RIGHT - LEFT) / 100 / len(periods_of(window_of(date(2016, 2, 29), days)))
    assert slot * 0.4 >= 5.9


@pytest.mark.parametrize(
    ("days", "grain", "n", "name", "said"),
    [
        (90, Grain.WEEK, 13, "29 Feb", "in the week from 29 February 2016"),
        (365, Grain.MONTH, 13, "Feb 2016", "in February 2016"),
        (1200, Grain.QUARTER, 14, "Q1 2016", "in the quarter from January 2016"),
        (3700, Grain.YEAR, 11, "2016", "in the year 2016"),
    ],
)
def test_the_longer_the_window_the_longer_its_parts(days, grain, n, name, said):
    window = window_of(date(2016, 2, 29), days)
    assert (grain_of(window), len(periods_of(window))) == (grain, n)
    assert foot_names(window)[0] == name
    assert within(grain, window.first) == said


def test_months_of_one_year_need_no_year():
    assert foot_names(window_of(date(2026, 1, 1), 300))[:2] == ["Jan", "Feb"]


@given(DAYS, st.integers(1, 2000), st.lists(st.integers(-40, 2040)))
def test_rows_and_days_lie_in_their_part_and_in_no_other(first, days, offsets):
    window = window_of(first, days)
    rows = [first + timedelta(days=n) for n in offsets]
    parts = by_period(window, rows, lambda day: day)
    for (begin, last), there in zip(periods_of(window), parts, strict=True):
        assert there == [day for day in rows if begin <= day <= last]
    inside = [day for day in rows if window.first <= day <= window.last]
    told = added_up(window, dict.fromkeys(inside, (2, 1)))
    assert sum(period.arrivals for period in told) == 2 * len(set(inside))
    assert [period.completions for period in told] == [len(set(there)) for there in parts]
