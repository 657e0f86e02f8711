"""What the overview of a team says and what its chapters say is the same, filtered alike, too."""

import pytest

from app.turnaround.lives import Time
from app.turnaround.queries import scope_of, team_figures, team_story
from app.turnaround.rules import Choice
from tests.support.chapters import DAYS, told
from tests.support.counting import settle
from tests.support.lives import NOW, live

TEAMS = ("it_help", "content", "field_office")
STAGES = {"author": "Author", "editor": "Editor", "proofreader": "Proofreader", "work": "Work"}
PARTS = {"waiting": "waiting to begin", "in_hand": "in hand"}


def figures_of(session, team, choice=DAYS):
    return team_figures(session, scope_of(session, team, choice, now=NOW))


def as_cells(spread):
    """Return a spread as the table of a chapter says it."""
    if spread.why:
        return [f"too few to say (n = {spread.n})"] * 2
    known = (spread.median, spread.p85)
    return [f"more than {spread.longest}" if at is None else at for at in known]


@pytest.mark.parametrize("settled", [True, False])
def test_first_responses_with_the_unanswered_ones(db_session, lived, settled):
    if settled:
        settle(db_session)
    for team in (getattr(lived, name) for name in TEAMS):
        for choice in (DAYS, Choice(30), Choice(7)):
            said = figures_of(db_session, team, choice).response
            for time in Time:
                sheets = told(db_session, "how-long", team, time=time, choice=choice)
                row = sheets["first-response"].get("Together", [0, 0, *as_cells(said.working)])
                spread = getattr(said, time.value)
                assert row[:2] == [spread.n, said.unanswered]
                assert row[2:4] == as_cells(spread)
    assert said.unanswered
    assert figures_of(db_session, lived.it_help, DAYS).response.ended_unanswered


def test_times_at_the_stages(db_session, cast):
    live(db_session, cast, 260)
    settle(db_session)
    for team in (cast.it_help, cast.content):
        rows = told(db_session, "how-long", team)["stage-times"]
        for stage in figures_of(db_session, team).stages:
            for part, name in PARTS.items():
                spread = getattr(stage, part)
                row = rows[f"{STAGES[stage.stage]}: {name}"]
                assert [row[0], *row[2:4]] == [spread.n, *as_cells(spread)]
            assert stage.paused.n < stage.waiting.n < stage.n, "some had none of it"


@pytest.mark.parametrize("stage", ["author", "editor", "proofreader"])
def test_a_stage_means_what_is_there_now_and_visits_to_it(db_session, cast, stage):
    live(db_session, cast, 260)
    whole, choice = figures_of(db_session, cast.content), Choice(None, DAYS.first, DAYS.last)
    narrowed = Choice(None, choice.first, choice.last, stage=stage)
    story = team_story(db_session, cast.content, narrowed, now=NOW, viewer=cast.ada)
    figures = story.figures
    now = told(db_session, "now", cast.content, stage=stage)["open-work"]["Together"]
    assert figures.open.n == now[-1] == len(story.cohorts["open"].rows) > 0
    assert figures.open.n < whole.open.n
    for key in ("late", "silent", "waiting"):
        assert getattr(figures.open, key) == len(story.cohorts[key].rows)
    assert (figures.response, figures.turnaround) == (whole.response, whole.turnaround)
    assert figures.periods == whole.periods
    for key in ("response", "turnaround", "unanswered"):
        everything = len(team_story(db_session, cast.content, choice, now=NOW).cohorts[key].rows)
        assert len(story.cohorts[key].rows) == everything
    assert [each.stage for each in figures.stages] == [stage]
