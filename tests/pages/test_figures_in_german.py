"""The pages around the figures read in German; tables for programs keep their codes."""

import csv
import io

import pytest
from freezegun import freeze_time

from app.turnaround.plots import Label, feet, foot
from tests.support.lives import NOW, live
from tests.support.once import made_once


@pytest.fixture
def visit(client, db_session, cast):
    """Open an address as somebody who reads German, at NOW, among 200 requests."""
    made_once(db_session, live, cast, 200)
    cast.lou.language = "de"
    db_session.commit()

    def go(path, status=200):
        with freeze_time(NOW):
            client.sign_in(cast.lou)
            return client.get(path.format(team=cast.it_help.id), status)

    return go


def test_the_figures_of_a_team_are_told_in_german(visit):
    page = visit("/teams/{team}/turnaround?days=30")
    assert page.texts("title")[0] == "Wie lange es dauert · IT Help · Baton"
    assert "Die letzten 30 Tage" in page.texts("h2")
    assert page.texts("#open-work .label")[:2] == ["Unter einem Tag", "1 bis 3 Tage"]
    assert "Eingegangen in der Woche ab" in str(page.one("#throughput .chart"))


def test_a_mark_says_its_span_within_its_sentence(visit):
    page = visit("/turnaround/now?team={team}")
    said = page.all(".plot a")[0]["aria-label"]
    assert ", offen: " in said
    assert "{span}" not in said


def test_days_that_cannot_be_are_refused_in_german(visit):
    page = visit("/teams/{team}/turnaround?first=2026-03-09&last=2026-03-01", 422)
    assert "Der letzte Tag liegt vor dem ersten." in page.text


def test_a_table_for_programs_keeps_its_codes(visit):
    answer = visit("/teams/{team}/turnaround/turnaround.csv").response
    assert " bis " in answer.headers["Content-Disposition"]
    row = next(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert row["state"] in ("done", "confirmed")


def test_long_names_below_a_drawing_are_fewer_and_stay_inside():
    days, places = ["30. Nov."] * 12, [8 + 89 / 12 * (n + 0.5) for n in range(12)]
    assert [label.x for label in feet(days, places)] == [places[0], places[4], places[8]]
    assert foot("30. Nov.", 93, 0) == Label("30. Nov.", 90, 0, "middle")
