"""`flask report <chapter>`: the very figures of the pages."""

import json

import pytest
from freezegun import freeze_time

from app.turnaround.contents import CHAPTERS
from app.turnaround.rules import Choice
from app.turnaround.sheets import document
from tests.support.chapters import tell_page
from tests.support.lives import NOW
from tests.support.once import made_once
from tests.support.traffic import traffic


@pytest.fixture
def report(app, db_session, cast):
    made_once(db_session, traffic, cast, 120)

    def run(*options):
        db_session.commit()
        with freeze_time(NOW):
            return app.test_cli_runner().invoke(args=["report", *options])

    return run


@pytest.mark.parametrize("chapter", [key for key in CHAPTERS if key != "pair"])
def test_each_chapter_is_told_as_on_its_page(report, db_session, cast, chapter):
    told = json.loads(report(chapter, "--team", "IT Help").stdout)
    page = tell_page(db_session, chapter, cast.it_help, choice=Choice(90))
    assert told["figures"] == json.loads(
        json.dumps([document(sheet) for sheet in page.sheets], default=str)
    )
    assert (told["of"], told["time"], told["at"]) == ("IT Help", "working", NOW.isoformat())


def test_two_teams_a_type_days_and_the_clock_can_be_chosen(report):
    both = json.loads(report("pair", "--team", "IT Help", "--with", "Content", "--all").stdout)
    assert both["figures"][0]["columns"][1] == "IT Help asks Content"
    some = json.loads(report("expect", "--type", "Laptop", "--time", "elapsed").stdout)
    assert (some["of"], some["figures"][0]["unit"]) == ("Laptop", "elapsed time")
    few = json.loads(report("expect", "--days", "7", "--asker", "Finance").stdout)
    assert few["window"]["first"] == "2026-04-02"


def test_a_stage_can_be_chosen_where_the_page_offers_it(report, db_session, cast):
    told = json.loads(report("now", "--team", "IT Help", "--stage", "work").stdout)
    page = tell_page(db_session, "now", cast.it_help, choice=Choice(90), stage="work")
    assert told["figures"] == json.loads(
        json.dumps([document(sheet) for sheet in page.sheets], default=str)
    )
    assert told["only"] == {"stage": "work"}


TWICE = "Please give either --days, or --all, or --from and --to."


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["flow", "--stage", "work"], "`flow` is not narrowed by --stage."),
        (["between", "--asker", "Finance"], "`between` is not narrowed by --asker."),
        (["now", "--days", "7", "--from", "2026-03-01", "--to", "2026-03-02"], TWICE),
        (["now", "--days", "7", "--all"], TWICE),
        (["now", "--team", "Nobody"], "There is no team called “Nobody”."),
        (["pair", "--team", "IT Help"], "needs --team and --with"),
        (["flow", "--from", "2026-03-01"], "Please give both the first and the last day."),
        (["flow", "--days", "7", "--to", "2026-03-01"], TWICE),
        (["flow", "--days", "7", "--from", "2026-03-01", "--to", "2026-03-02"], TWICE),
        (["flow", "--all", "--to", "2026-03-01"], TWICE),
        (["flow", "--all", "--days", "7"], TWICE),
        (["flow", "--days", "1000000000"], "is not in the range"),
    ],
)
def test_what_cannot_be_told_is_refused_in_a_sentence(report, options, sentence):
    result = report(*options)
    assert result.exit_code != 0
    assert sentence in result.output
