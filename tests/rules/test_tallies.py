"""Durations as pages keep them, and where long pages begin."""

from datetime import date, timedelta

from app.turnaround.tallies import Tally, page_start


def test_long_pages_begin_on_the_same_days_for_all():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(60)]
    assert len({page_start(day) for day in days}) in (2, 3)
    assert all(0 <= (day - page_start(day)).days < 30 for day in days)


def test_seconds_are_packed_in_order_and_read_back():
    tally = Tally()
    for seconds in (300, 7, 2**31, 0):
        tally.note("working", seconds)
    assert tally.packed("working").hex() == "00000000070000002c01000000000080"
    again = Tally()
    again.note_packed("working", tally.packed("working"))
    assert again.ordered("working") == [0, 7, 300, 2**31]
