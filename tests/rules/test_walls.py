"""Local days tile the time line, whatever zones a team moves among."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.turnaround.rules import Choice, Window, window_of
from app.worktime.walls import DAY, Wall, wall_in, wall_of

HOUR = timedelta(hours=1)
# Half hours, midnights that are left out or come twice, and both sides of the date line.
ZONES = (
    *("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"),
    *("America/St_Johns", "America/Sao_Paulo", "America/Havana", "Africa/Cairo"),
    *("Pacific/Apia", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Etc/GMT+12", "Pacific/Kwajalein"),
)
DATES = st.dates(date(1993, 6, 1), date(1993, 12, 31)) | st.dates(
    date(2010, 10, 1), date(2012, 1, 31)
)
MOVES = st.dictionaries(DATES, st.sampled_from(ZONES), max_size=4).map(
    lambda moves: tuple(sorted(moves.items()))
)
WALLS = st.builds(Wall, st.sampled_from(ZONES), MOVES)


@st.composite
def instants(draw):
    """Return an instant, often within two days of a move, on a wall."""
    wall = draw(WALLS)
    near = st.sampled_from([day for day, _ in wall.moves] or [date(2011, 12, 30)])
    day = draw(near | DATES)
    begin = datetime.combine(day, time(), UTC)
    return wall, begin + timedelta(seconds=draw(st.integers(-172_800, 172_800)))


@settings(max_examples=500)
@given(instants())
def test_every_instant_lies_in_one_day_and_in_no_other(found):
    wall, at = found
    day = wall.day_of(at)
    assert wall.begins(day) <= at < wall.begins(day + DAY)
    others = [day + n * DAY for n in range(-4, 5) if n]
    assert not any(wall.begins(each) <= at < wall.begins(each + DAY) for each in others)
    assert wall.day_of(wall.begins(day)) == day
    assert wall.day_of(wall.begins(day + DAY) - timedelta(microseconds=1)) == day
    assert list(wall.days_in(at, at + timedelta(microseconds=1))) == [day]


@settings(max_examples=500)
@given(WALLS, DATES)
def test_days_follow_each_other_without_gap_or_overlap(wall, first):
    edges = [wall.begins(first + n * DAY) for n in range(40)]
    assert edges == sorted(edges)
    days = [first + n * DAY for n, (a, b) in enumerate(pairwise(edges)) if a < b]
    assert list(wall.days_in(edges[0], edges[-1])) == days
    assert sum((b - a for a, b in pairwise(edges)), timedelta()) == (edges[-1] - edges[0])


@given(instants())
@example((wall_of("Pacific/Apia"), datetime(2011, 12, 30, 10, tzinfo=UTC)))
def test_away_from_moves_and_changed_clocks_it_is_the_date_on_the_wall(found):
    wall, at = found
    zone = ZoneInfo(wall.zone_on(at.date()))
    around = [at + n * HOUR for n in (-30, 30)]
    quiet = len({each.astimezone(zone).utcoffset() for each in around}) == 1
    if quiet and not any(abs(day - at.date()) <= 3 * DAY for day, _ in wall.moves):
        assert wall.day_of(at) == at.astimezone(zone).date()


@pytest.mark.parametrize(
    ("before", "after", "hours"),
    [
        ("Europe/Berlin", "America/New_York", 30),
        ("America/New_York", "Europe/Berlin", 18),
        ("Europe/Berlin", "Europe/Lisbon", 25),
        ("Asia/Kathmandu", "Asia/Kolkata", 24.25),
        ("Pacific/Kiritimati", "Pacific/Pago_Pago", 49),
        ("Pacific/Pago_Pago", "Pacific/Kiritimati", 0),
    ],
)
def test_the_day_of_a_move_ends_where_the_next_begins_in_the_new_zone(before, after, hours):
    moved = date(2026, 3, 4)
    wall = Wall(before, ((moved, after),))
    begins = datetime.combine(moved, time(), ZoneInfo(before))
    assert wall.begins(moved) == begins
    assert wall.begins(moved + DAY) - begins == hours * HOUR
    if hours:
        assert wall.begins(moved + DAY) == datetime.combine(moved + DAY, time(), ZoneInfo(after))
    second = datetime.combine(moved + 2 * DAY, time(), ZoneInfo(after))
    assert wall.begins(moved + 2 * DAY) == second


def test_a_date_that_an_island_left_out_has_no_instant():
    apia = wall_of("Pacific/Apia")
    assert apia.begins(date(2011, 12, 30)) == apia.begins(date(2011, 12, 31))
    days = list(apia.days_in(apia.begins(date(2011, 12, 29)), apia.begins(date(2012, 1, 1))))
    assert days == [date(2011, 12, 29), date(2011, 12, 31)]


def test_a_window_runs_by_the_zones_of_its_days_and_names_them():
    doc = {"tz": "Europe/Berlin", "moves": [{"from": "2026-03-04", "tz": "America/New_York"}]}
    wall = wall_in(doc)
    assert wall is wall_in(doc)
    now = datetime(2026, 3, 10, 3, 30, tzinfo=UTC)
    week = window_of(Choice(7), wall=wall, now=now)
    assert (week.first, week.last) == (date(2026, 3, 3), date(2026, 3, 9))
    assert week.end - week.start == 7 * DAY + 5 * HOUR  # six by the move, one less in summer
    assert week.zones == "Europe/Berlin, from 4 March 2026 America/New_York"
    assert (
        Window(wall.zone, date(2026, 3, 4), week.last, None, wall.moves).zones == wall.moves[0][1]
    )
    assert (
        Window(wall.zone, date(2026, 3, 1), date(2026, 3, 3), None, wall.moves).zones == wall.zone
    )
