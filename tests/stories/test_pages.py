"""Pages of figures against a count of everything: equal after any acts, refreshed or not."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from freezegun import freeze_time
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from app.handoffs.actions import say_done
from app.requests.acts.raising import Wish, raise_request
from app.requests.acts.work import claim, start
from app.requests.intervals import StageVisit
from app.requests.marks import ChangedDay
from app.requests.record.recording import Act
from app.requests.rules import NotNow, NotYours
from app.turnaround.checking import page_differences
from app.turnaround.models import StagePage, TeamPage
from app.turnaround.queries import all_figures, all_lines, stage_cells, team_story
from app.turnaround.refreshing import rebuild_all, teams_changed
from app.turnaround.rules import Choice
from app.turnaround.statistics import nearest_rank
from tests.stories.test_the_flow_holds import NAMES, PEOPLE
from tests.support.counting import CHOICES, assert_pages_are_the_raw_count, settle
from tests.support.desk import MONDAY, act, ask
from tests.support.flow import do, tries
from tests.support.lives import NOW, live


@pytest.mark.parametrize("settled", ["nothing", "half", "all"])
def test_pages_are_the_raw_count_in_every_window(db_session, cast, settled):
    live(db_session, cast, 150)
    if settled != "nothing":
        settle(db_session)
    if settled == "half":
        live(db_session, cast, 60, seed=2)
    for choice in CHOICES:
        assert_pages_are_the_raw_count(db_session, choice)
    assert (db_session.scalar(select(func.count(ChangedDay.id))) == 0) == (settled == "all")
    assert list(page_differences(db_session)) == []


SCRIPTS = st.lists(
    st.tuples(
        st.sampled_from([*NAMES, "settle"]), st.sampled_from(PEOPLE), st.integers(0, 60 * 60 * 90)
    ),
    min_size=8,
    max_size=30,
)


def test_after_any_acts_pages_are_the_raw_count(db_session, cast, engine):
    live(db_session, cast, 20)
    settle(db_session)
    db_session.commit()

    @settings(
        max_examples=tries(engine, 25),
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(SCRIPTS)
    def run(script):
        at, number = MONDAY, 0
        key = Act(cast.kim, at, f"raise-{id(script)}-{at.timestamp()}")
        request = raise_request(
            db_session, cast.laptop, Wish("A laptop", "", [], cast.field_office.id), act=key
        )
        for name, who, seconds in script:
            at, number = at + timedelta(seconds=seconds), number + 1
            if name == "settle":
                settle(db_session)
                continue
            one = Act(getattr(cast, who), at, f"pages-{request.id}-{number}", request.version)
            with suppress(NotNow, NotYours), db_session.begin_nested():
                do(db_session, request, one, cast, name)
        for choice in (Choice(None), Choice(90)):
            assert_pages_are_the_raw_count(db_session, choice, now=at)
        settle(db_session)
        assert list(page_differences(db_session)) == []
        assert_pages_are_the_raw_count(db_session, Choice(None), now=at)
        db_session.rollback()

    run()


def test_a_choice_that_holds_everything_is_the_same_from_pages_and_from_rows(db_session, cast):
    """A filter is counted from the rows; one type and one asking team of all say the same."""
    live(db_session, cast, 150)
    settle(db_session)
    whole = team_story(db_session, cast.it_help, Choice(90), now=NOW).figures
    narrowed = Choice(90, type_id=cast.laptop.id)
    assert team_story(db_session, cast.it_help, narrowed, now=NOW).figures == whole
    asked = [
        team_story(db_session, cast.it_help, Choice(90, asking_team_id=team.id), now=NOW).figures
        for team in (cast.field_office, cast.finance)
    ]
    assert sum(each.turnaround.n for each in asked) == whole.turnaround.n > 0
    assert sum(each.open.n for each in asked) == whole.open.n
    assert sum(each.response.unanswered_late for each in asked) == whole.response.unanswered_late
    (editing,) = team_story(
        db_session, cast.content, Choice(90, stage="editor"), now=NOW
    ).figures.stages
    stages = team_story(db_session, cast.content, Choice(90), now=NOW).figures.stages
    assert editing == next(each for each in stages if each.stage == "editor")


def test_lines_and_cells_say_what_the_figures_say(db_session, cast):
    live(db_session, cast, 150)
    settle(db_session)
    each, together = all_figures(db_session, Choice(365), now=NOW)
    lines, line = all_lines(db_session, Choice(365), now=NOW)
    for one, figures in zip([*lines, line], [*each, together], strict=True):
        assert (one.team_id, one.open, one.late) == (
            figures.team_id,
            figures.open.n,
            figures.open.late,
        )
        assert (one.raised, one.done) == (figures.response.raised, figures.turnaround.n)
        assert (one.working, one.elapsed) == (
            figures.turnaround.working,
            figures.turnaround.elapsed,
        )
    cells = stage_cells(db_session, Choice(365), now=NOW)
    for (team_id, stage), cell in cells.items():
        visits = select(StageVisit.waiting_s + StageVisit.in_hand_s).where(
            StageVisit.team_id == team_id, StageVisit.stage == stage, StageVisit.left_at <= NOW
        )
        seconds = sorted(db_session.scalars(visits))
        assert cell.n == len(seconds)
        ranks = tuple(nearest_rank(seconds, percent) for percent in (50, 85, 95))
        assert (cell.p50, cell.p85, cell.p95) == ranks


def test_an_act_marks_only_its_own_days(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    settle(db_session)
    claim(db_session, request, act=act(cast.ivo))
    assert teams_changed(db_session) == [], "who holds it is counted nowhere"
    start(db_session, request, act=act(cast.ivo, MONDAY + timedelta(hours=1)))
    say_done(db_session, request, words="Here", act=act(cast.ivo, MONDAY + timedelta(days=1)))
    marked = {(row.day, row.stage) for row in db_session.scalars(select(ChangedDay))}
    first = date(2026, 3, 2)
    assert marked == {(first, ""), (first + timedelta(days=1), ""), (date(2026, 3, 3), "work")}


def test_a_tampered_page_is_named_and_mended(app, db_session, cast):
    live(db_session, cast, 40)
    settle(db_session)
    db_session.execute(update(TeamPage).where(TeamPage.span == 1).values(raised=99))
    db_session.execute(delete(StagePage).where(StagePage.span == 30))
    said = list(page_differences(db_session))
    assert any("the page of" in sentence for sentence in said)
    assert any("the long page of" in sentence for sentence in said)
    rebuild_all(db_session)
    assert list(page_differences(db_session)) == []


def test_the_worker_counts_what_changed_and_looking_writes_nothing(app, db_session, cast):
    live(db_session, cast, 30)
    marks = select(func.count(ChangedDay.id))
    before = db_session.scalar(marks)
    team_story(db_session, cast.it_help, Choice(None), now=NOW)
    assert not db_session.new
    assert not db_session.dirty
    assert db_session.scalar(marks) == before > 0
    db_session.commit()
    with freeze_time(NOW):
        assert app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 0
    assert db_session.scalar(marks) == 0
    assert list(page_differences(db_session)) == []
