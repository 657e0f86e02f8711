"""`flask report turnaround` says what the page says."""

import json

import pytest
from freezegun import freeze_time

from app.turnaround.queries import team_story
from app.turnaround.rules import Choice
from tests.support.lives import NOW, live
from tests.support.once import made_once


@pytest.fixture
def report(app, db_session, cast):
    """Run the command at NOW over requests of all teams; give back its result."""
    made_once(db_session, live, cast, 120)

    def run(*options):
        db_session.commit()
        with freeze_time(NOW):
            return app.test_cli_runner().invoke(args=["report", "turnaround", *options])

    return run


def test_json_holds_the_very_figures_of_the_page(report, db_session, cast):
    told = json.loads(report("--format", "json", "--team", "IT Help").stdout)
    figures = team_story(db_session, cast.it_help, Choice(90), now=NOW).figures
    (team,) = told["teams"]
    assert told["unit"] == "seconds"
    assert team["team"] == "IT Help"
    assert team["at"] == NOW.isoformat()
    assert team["turnaround"]["working"] == {
        "n": figures.turnaround.n,
        "median": figures.turnaround.working.median,
        "p85": figures.turnaround.working.p85,
        "why": None,
        "longest": None,
    }
    assert team["response"]["elapsed"]["p85"] == figures.response.elapsed.p85
    assert sum(team["open"]["ages"].values()) == team["open"]["n"] == figures.open.n
    assert [week["arrivals"] for week in team["periods"]] == [p.arrivals for p in figures.periods]
    assert team["periods"][0]["first"] == team["window"]["first"] == "2026-01-09"
    assert team["by"] == "week"


def test_without_a_team_it_tells_of_each_and_of_all_together(report):
    told = json.loads(
        report("--format", "json", "--from", "2026-03-01", "--to", "2026-03-31").stdout
    )
    names = [team["team"] for team in told["teams"]]
    assert names == ["Content", "Field Office", "Finance", "IT Help"]
    assert told["together"]["open"]["n"] == sum(team["open"]["n"] for team in told["teams"])
    assert told["teams"][0]["window"]["start"] == "2026-02-28T23:00:00+00:00"
    assert told["teams"][0]["window"]["end"] == "2026-03-31T22:00:00+00:00"


def test_text_says_when_there_is_too_little_to_say(report):
    said = report("--team", "Finance").stdout
    assert "Turnaround, working: too few to say (n = 0)" in said
    assert "median" in report("--team", "IT Help").stdout


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["--days", "30"], {"days": 30}),
        (["--all"], {"days": None}),
        (["--type", "Laptop"], {"type_id": "laptop"}),
        (["--asker", "Field Office"], {"asking_team_id": "field_office"}),
        (["--stage", "work"], {"stage": "work"}),
    ],
)
def test_it_is_narrowed_as_the_page_is(report, db_session, cast, options, wanted):
    told = json.loads(report("--format", "json", "--team", "IT Help", *options).stdout)
    known = {name: getattr(cast, str(v)).id if "_id" in name else v for name, v in wanted.items()}
    figures = team_story(db_session, cast.it_help, Choice(**known), now=NOW).figures
    (team,) = told["teams"]
    assert team["turnaround"]["n"] == figures.turnaround.n > 0
    assert team["window"]["first"] == str(figures.window.first)
    assert list(told["only"].values()) == ([] if "days" in wanted else options[1:])


def test_text_says_what_it_leaves_out(report):
    said = report("--type", "Laptop", "--stage", "work").stdout
    assert said.startswith("Only: type Laptop, stage work\n")
    assert "Only" not in report().stdout


TWICE = "Please give either --days, or --all, or --from and --to."


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--days", "30", "--to", "2026-03-02"], TWICE),
        (["--team", "IT Help", "--type", "Story"], "There is no type called “Story”."),
        (["--team", "Nobody"], "There is no team called “Nobody”."),
        (["--from", "2026-03-01"], "Please give both the first and the last day."),
        (["--from", "2026-03-02", "--to", "2026-03-01"], "The last day lies before the first."),
        (["--from", "March"], "'March' does not match"),
    ],
)
def test_what_cannot_be_told_is_refused_in_a_sentence(report, options, sentence):
    result = report(*options)
    assert result.exit_code != 0
    assert sentence in result.output
