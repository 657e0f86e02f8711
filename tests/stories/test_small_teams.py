"""Times of fewer than five people are told nowhere, in the same words, and counts everywhere."""

import csv
import io
import json

import pytest
from freezegun import freeze_time

from app.people.models import Membership
from app.turnaround.basis import Scope
from app.turnaround.crowds import people_of
from app.turnaround.kept import Promises
from app.turnaround.queries import all_lines, scope_of, team_figures
from app.turnaround.rules import CROWD, Choice
from app.turnaround.week_words import Week, week_words
from tests.support.chapters import told
from tests.support.crowds import thin_out
from tests.support.lives import NOW, live
from tests.support.once import made_once

pytestmark = pytest.mark.both
HIDDEN = "too few people to say"
DAYS = Choice(90)


@pytest.fixture
def lived(db_session, cast):
    made_once(db_session, live, cast, 360)
    return cast


def figures_of(session, team):
    return team_figures(session, scope_of(session, team, DAYS, now=NOW))


def spreads(figures):
    found = [figures.response.working, figures.response.elapsed]
    found += [figures.turnaround.working, figures.turnaround.elapsed]
    for stage in figures.stages:
        found += [getattr(stage, n) for n in ("waiting", "in_hand", "paused", "working", "elapsed")]
    return found


def test_five_people_are_told_of_and_four_are_not(db_session, lived):
    thin_out(db_session, lived.it_help, left=CROWD)
    before = figures_of(db_session, lived.it_help)
    assert all(each.median is not None for each in spreads(before))
    thin_out(db_session, lived.it_help, left=CROWD - 1)
    after = figures_of(db_session, lived.it_help)
    assert [(s.n, s.median, s.p85, s.why) for s in spreads(after)] == [
        (s.n, None, None, "crowd") for s in spreads(before)
    ]
    sums = ("working_s", "paused_s", "paused_percent")
    assert all(getattr(before.turnaround, name) is not None for name in sums)
    assert all(getattr(after.turnaround, name) is None for name in sums)
    assert after.open == before.open
    assert after.periods == before.periods


def test_nobody_is_counted_twice_and_who_has_gone_not_at_all(db_session, lived):
    people = people_of(db_session)
    assert people.of(lived.it_help.id) == 7
    assert people.of(None) == people.everybody == 9 + 4 * 5
    db_session.add(Membership(person=lived.ivo, team=lived.content))
    lived.ida.is_active = False
    db_session.flush()
    people = people_of(db_session)
    assert (people.of(lived.it_help.id), people.of(lived.content.id)) == (6, 10)
    lived.ida.email = "resolver-7@imported.invalid"  # whom only a log knows works all the same
    db_session.flush()
    assert people_of(db_session).of(lived.it_help.id) == 7
    assert people.everybody == 28
    assert people.of(10**6) == 0


def test_the_table_of_all_teams_hides_the_small_ones_and_so_does_its_chapter(db_session, lived):
    thin_out(db_session, lived.it_help, left=4)
    lines, together = all_lines(db_session, DAYS, now=NOW)
    small = {line.team: line.working.why for line in lines}
    assert small["IT Help"] == "crowd"
    assert small["Content"] is None
    assert together.working.why is None
    everybody = Scope("organisation", "Everybody")
    for chapter, sheet in (
        ("how-long", "done"),
        ("how-long", "first-response"),
        ("expect", "expectation"),
    ):
        rows = told(db_session, chapter, everybody, choice=DAYS)[sheet]
        assert HIDDEN in rows["IT Help"], sheet
        assert HIDDEN not in rows["Content"] + rows["Together"], sheet


def test_page_report_letter_and_export_say_so_in_the_same_words(app, client, db_session, lived):
    team = lived.it_help
    thin_out(db_session, team, left=4)
    db_session.commit()
    with freeze_time(NOW):
        client.sign_in(lived.eve)
        page = client.get(f"/teams/{team.id}/turnaround")
        everybody = client.get("/turnaround")
        rows = client.get(f"/teams/{team.id}/turnaround/turnaround.csv").html
        run = app.test_cli_runner().invoke
        report = ["report", "turnaround", "--team", team.name]
        text = run(args=report).stdout
        document = json.loads(run(args=[*report, "--format", "json"]).stdout)
    assert (
        page.text.count(HIDDEN) == 8 + 4 + 1 + 3
    )  # to be read first, their tables, pauses, one stage
    assert not page.all("#stage-times svg[role=group]")
    assert everybody.text.count(HIDDEN) == 2
    assert text.count(HIDDEN) == 7
    assert document["teams"][0]["turnaround"]["working"] == {
        "n": figures_of(db_session, team).turnaround.n,
        "median": None,
        "p85": None,
        "why": HIDDEN,
        "longest": None,
    }
    for row in csv.DictReader(io.StringIO(rows)):
        spans = {row[name] for name in row if name.endswith(("_s", "_at"))}
        assert (spans == {HIDDEN}) == (not row["request"])
    week = Week(figures_of(db_session, team), Promises([], [], []), "https://baton.example")
    assert week_words("Ida", week, settings_url="").body.count(HIDDEN) == 2
