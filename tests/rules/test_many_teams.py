"""Figures of many teams, many years, or of nothing at all, so that they can still be read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.turnaround import between
from app.turnaround.basis import Basis, Scope
from app.turnaround.figures import turnaround
from app.turnaround.lives import Split, Time, Visit
from app.turnaround.plots import EDGE, Scale, day_names, foot
from app.turnaround.rules import Window
from app.turnaround.scatter import span_feet
from app.turnaround.sheets import Cell, Lists, first_read
from app.turnaround.tallies import Tally
from app.turnaround.ways import AT_MOST, LEAST_PASSES
from app.turnaround.when_done import when_done
from tests.support.made_up import a_life

NOW = datetime(2026, 4, 8, 12, tzinfo=UTC)
MANY = range(1, AT_MOST + 2)


@pytest.fixture
def basis():
    return Basis(
        scope=Scope("organisation", "Everybody"),
        window=Window("UTC", date(2026, 1, 9), date(2026, 4, 8), 90),
        now=NOW,
        time=Time.WORKING,
        teams={team: f"Team {team:02}" for team in MANY},
        types={1: "Article"},
        people=dict.fromkeys(MANY, 9),
        crowd=99,
        calendar="the hours of each team that serves",
    )


def passed(giver, taker, count):
    entered, split = NOW - timedelta(days=2), Split(60, 0, 0, 0)
    return [
        Visit(
            *(giver * 10_000 + taker * 100 + number, 1, 1, giver, "work", 1, taker, giver),
            *(entered, entered, entered, None, None, True, split, split),
        )
        for number in range(count)
    ]


def test_more_teams_than_fit_side_by_side_stand_on_a_line_for_each_way(basis):
    few = [visit for team in MANY[:-2] for visit in passed(team, team + 1, LEAST_PASSES)]
    keys = [sheet.key for sheet in between.tell(replace(basis, visits=few), Lists())]
    assert keys == ["handoffs", "handoff-waits", "handoff-returns"]

    many = [*few, *passed(MANY[-1], 1, LEAST_PASSES - 1), *passed(MANY[-1], 2, 1)]
    lists = Lists()
    [sheet] = between.tell(replace(basis, visits=many), lists)
    assert all(len(lists.known[row[2].of].rows) == row[2].value for row in sheet.rows)
    said = [tuple(cell.value for cell in row[:3]) for row in sheet.rows]
    assert said == [
        *((f"Team {team:02}", f"Team {team + 1:02}", LEAST_PASSES) for team in MANY[:-2]),
        ("2 other ways, under 5 each", "", LEAST_PASSES),
    ]
    assert sum(n for _, _, n in said) == len(many)


def test_a_team_with_many_others_draws_the_busiest_and_lists_all(basis):
    visits = [visit for team in MANY[1:] for visit in passed(team, 1, team)]
    visits += passed(2, 1, 50)
    extra = [*visits, *passed(99, 1, 1)]
    one = replace(
        basis, scope=Scope("team", "Team 01", team_id=1), teams=dict(basis.teams) | {99: "Zoo"}
    )
    [sheet] = between.tell(replace(one, visits=extra), Lists())
    assert len(sheet.rows) == AT_MOST + 1
    assert "Drawn are the 12 with most passes." in sheet.about
    drawn = [label.text for label in sheet.plot.labels if label.look == "label"]
    assert drawn == [row[0].value for row in sheet.rows if row[0].value != "Zoo"]
    [sheet] = between.tell(replace(one, visits=visits), Lists())
    assert "Drawn are" not in sheet.about


def test_days_of_many_years_are_named_with_their_year():
    first = date(2026, 3, 2)
    assert day_names([first, first + timedelta(days=366)]) == ["2 Mar", "3 Mar"]
    assert day_names([first, first + timedelta(days=367)]) == ["Mar 2026", "Mar 2027"]
    assert day_names([]) == []


def test_a_name_at_the_edge_is_not_cut():
    assert [foot("a", x, 0).anchor for x in (EDGE, EDGE + 1)] == ["middle", "end"]
    assert span_feet(10 * 3600, Time.WORKING, Scale(10 * 3600, 1, 97))[0].anchor == "start"


def test_what_is_known_of_none_is_not_read_first():
    head = ("What", "Half within", "85 % within", "95 % within")
    more = Cell(9, "more")
    assert first_read(head, (Cell("Together"), more, more, more), 30) == ()
    told = first_read(head, (Cell("Together"), Cell(5, "time"), more, more), 30)
    assert [(name, n) for name, _, n in told] == [(name, 30) for name in head[1:]]


def test_what_was_closed_without_a_word_is_neither_confirmed_nor_to_be_confirmed():
    tally = Tally()
    tally.counts.update(done=9, confirmed=3, partly=2, unconfirmed=1)
    assert turnaround(tally, 9).unspoken == 3


def test_no_day_is_forecast_for_nothing(basis):
    done = [a_life(number, days_ago=1 + number % 40) for number in range(1, 60)]
    assert when_done(replace(basis, lives=[*done, a_life(60, done=False)]), Lists()).rows
    sheet = when_done(replace(basis, lives=done), Lists())
    assert (sheet.title, sheet.rows, sheet.flag) == ("When all is done", (), None)
    assert sheet.empty == "Nothing is open."
