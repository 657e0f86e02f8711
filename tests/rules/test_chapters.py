"""Rules of the chapters that need many rows, or rare ones: caps, gentle flags, small groups."""

from dataclasses import replace
from datetime import date, timedelta

from app.turnaround import expecting, fairness, flow
from app.turnaround.overtaking import overtaken
from app.turnaround.rules import Window
from app.turnaround.scatter import MOST_DOTS, SLOWEST
from app.turnaround.sheets import Lists
from app.turnaround.strips import MOST_DOTS as MOST_OPEN
from app.turnaround.strips import strips
from app.turnaround.survival import curve
from tests.support.made_up import HOUR, a_life, a_visit, sheet


def test_up_to_two_thousand_finished_requests_have_a_dot_each(basis):
    lives = [a_life(n, took=n, days_ago=n % 60) for n in range(1, MOST_DOTS + 1)]
    plot = sheet(flow, replace(basis, lives=lives), "scatter").plot
    assert [mark.shape for mark in plot.marks] == ["dot"] * MOST_DOTS
    assert len({mark.of for mark in plot.marks}) == MOST_DOTS


def test_more_are_weekly_bands_and_the_fifty_slowest(basis):
    lives = [a_life(n, took=n, days_ago=n % 60) for n in range(1, MOST_DOTS + 2)]
    plot = sheet(flow, replace(basis, lives=lives), "scatter").plot
    shapes = [mark.shape for mark in plot.marks]
    assert shapes.count("dot") == SLOWEST
    assert {m.span for m in plot.marks if m.shape == "dot"} == set(
        range(MOST_DOTS + 2 - SLOWEST, MOST_DOTS + 2)
    )
    assert 8 <= shapes.count("bar") <= 10
    assert all(mark.of.startswith("completions-") for mark in plot.marks if mark.shape == "bar")


def test_bands_of_a_window_that_goes_on_lead_to_the_lists_of_their_rows(basis):
    window = Window("UTC", date(2026, 1, 1), date(2026, 8, 1))  # by month, and by week so far
    lives = [a_life(n, took=n, days_ago=n % 60) for n in range(1, MOST_DOTS + 2)]
    lists = Lists()
    sheets = flow.tell(replace(basis, window=window, lives=lives), lists)
    bands = [mark for mark in sheets[-1].plot.marks if mark.shape == "bar"]
    assert len(bands) > 7
    assert {mark.of for mark in bands} <= lists.known.keys()


def test_open_work_has_at_most_five_hundred_dots_the_oldest(basis):
    lives = [a_life(n, took=n, done=False) for n in range(1, MOST_OPEN + 100)]
    plot = strips(basis, lives, curve([], []))
    assert len(plot.marks) == MOST_OPEN
    assert min(mark.span for mark in plot.marks) == 100
    assert all(0 <= mark.x <= 100 for mark in plot.marks)


def waits(basis, askers):
    visits, number = [], 0
    for asker, n, waited in askers:
        for _ in range(n):
            number += 1
            visits.append(a_visit(number, asker, waited=waited))
    return sheet(fairness, replace(basis, visits=visits), "waits-by-asker")


def test_a_team_that_waits_more_than_half_again_as_long_is_mentioned_gently(basis):
    assert waits(basis, [(2, 20, 150), (3, 20, 100)]).flag is None
    flag = waits(basis, [(2, 20, 151), (3, 20, 100)]).flag
    assert "Article: Finance" in flag
    assert "Front Desk" not in flag
    assert "worth a look" in flag


def test_small_groups_are_neither_shown_nor_mentioned(basis):
    told = waits(basis, [(2, 19, 900), (3, 20, 100)])
    assert [row[2].kind for row in told.rows] == ["few", "time"]
    assert told.flag is None
    told = waits(basis, [(4, 20, 900), (3, 20, 100)])
    assert [row[2].kind for row in told.rows] == ["time", "crowd"]
    assert told.flag is None


def test_rows_stand_by_name_never_by_figure(basis):
    told = waits(basis, [(3, 20, 900), (2, 20, 100), (1, 20, 500)])
    assert [row[0].value.split(": ")[1] for row in told.rows] == [
        "Content",
        "Finance",
        "Front Desk",
    ]


def test_two_begun_at_the_same_second_did_not_pass_each_other(basis):
    older, younger = a_visit(1, 2, waited=5 * HOUR), a_visit(2, 3, waited=4 * HOUR)
    younger = younger._replace(entered_at=younger.entered_at + timedelta(hours=1))
    same = younger._replace(started_at=older.started_at)
    sooner = younger._replace(started_at=older.started_at - timedelta(seconds=1))
    assert overtaken(replace(basis, visits=[older, same])) == []
    assert overtaken(replace(basis, visits=[older, sooner])) == [(sooner, older)]


def test_where_the_curve_ends_it_says_more_than(basis):
    lives = [a_life(n, took=HOUR) for n in range(10)]
    lives += [a_life(n, took=9 * HOUR, done=False) for n in range(10, 30)]
    (row,) = sheet(expecting, replace(basis, lives=lives), "expectation").rows
    assert [(cell.kind, cell.value) for cell in row[4:]] == [("more", 9 * HOUR)] * 3


def test_an_unsteady_past_warns_beside_the_forecast(basis):
    lives = [a_life(n, took=HOUR, days_ago=1 + n % 80) for n in range(40)]
    lives += [a_life(n, took=80 * 24 * HOUR, done=False) for n in range(40, 90)]
    told = sheet(expecting, replace(basis, lives=lives), "forecast")
    assert "Not steady" in told.flag
    assert [row[1].kind for row in told.rows] == ["day"] * 3


def last_days(basis, days, **more):
    first = basis.window.last - timedelta(days=days - 1)
    return replace(basis, window=Window("UTC", first, basis.window.last, days), **more)


def test_the_last_seven_days_are_enough_for_a_forecast(basis):
    lives = [a_life(n, days_ago=1 + n % 6) for n in range(52)]
    lives += [a_life(n, took=3 * HOUR, done=False) for n in range(52, 60)]
    told = sheet(expecting, last_days(basis, 7, lives=lives), "forecast")
    assert [row[1].kind for row in told.rows] == ["day"] * 3
    assert "the 6 whole days shown, on which 52 were done" in told.about
    told = sheet(expecting, last_days(basis, 6, lives=lives), "forecast")
    assert (told.rows, told.empty) == ((), "Too few whole days to say: 5, from 6 on.")
    told = sheet(expecting, last_days(basis, 7, lives=lives[40:]), "forecast")
    assert told.empty == "Too little was done in these days to say: 12, from 20 on."


def test_a_pile_that_grows_warns_beside_the_forecast(basis):
    lives = [a_life(n, took=8 * 24 * HOUR, days_ago=1 + n % 80) for n in range(160)]
    assert sheet(expecting, replace(basis, lives=lives[:1]), "forecast").flag is None
    more = [a_life(n, took=n % 24 * HOUR, done=False) for n in range(200, 240)]
    flag = sheet(expecting, replace(basis, lives=lives + more), "forecast").flag
    assert flag.startswith("Not steady, so take the dates lightly: in these days 200 came and 160")
    assert flag.endswith(" left, so that 0 open ones became 40.")


def test_the_mean_time_of_few_people_is_in_no_warning(basis):
    lives = [a_life(n, took=HOUR, days_ago=1 + n % 80) for n in range(40)]
    lives += [a_life(n, took=100 * 24 * HOUR, done=False) for n in range(40, 90)]
    flag = sheet(expecting, replace(basis, lives=lives), "forecast").flag
    assert "times 0.0 days" in flag
    flag = sheet(expecting, replace(basis, lives=lives, crowd=4), "forecast").flag
    assert flag == "Not steady, so take the dates lightly: what is open has grown old."
