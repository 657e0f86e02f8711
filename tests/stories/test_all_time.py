"""All time begins with one day, whichever page tells of it, and nothing lies before it."""

from datetime import UTC, date, datetime

import pytest

from app.turnaround.basis import Scope
from app.turnaround.queries import all_lines, team_story
from app.turnaround.rules import Choice
from app.worktime.models import Calendar
from tests.support.cast import OFFICE_HOURS
from tests.support.chapters import tell_page
from tests.support.desk import ask
from tests.support.lives import NOW

ALL = Choice(None)
NIGHT = datetime(2026, 2, 2, 4, tzinfo=UTC)  # Monday; still Sunday the 1st in Honolulu


@pytest.fixture
def far(db_session, cast):
    """Return a cast whose IT Help sits in Honolulu, with the first request for it in the night."""
    plan = OFFICE_HOURS | {"tz": "Pacific/Honolulu"}
    cast.it_help.calendar = Calendar(name="Island hours", plan=plan)
    ask(db_session, cast.laptop, cast.kim, at=NIGHT)
    ask(db_session, cast.article, cast.kim, at=datetime(2026, 2, 9, 9, tzinfo=UTC))
    db_session.commit()
    return cast


@pytest.mark.parametrize(
    ("team", "first", "raised"),
    [
        ("it_help", date(2026, 2, 1), 1),
        ("content", date(2026, 2, 9), 1),
        ("field_office", date(2026, 2, 2), 0),  # it asked
    ],
)
def test_every_page_of_a_team_begins_with_the_first_it_had_or_asked_for(
    db_session, far, team, first, raised
):
    team = getattr(far, team)
    overview = team_story(db_session, team, ALL, now=NOW).figures
    assert (overview.window.first, overview.response.raised) == (first, raised)
    for chapter in ("how-long", "flow", "between"):
        page = tell_page(db_session, chapter, team, choice=None)
        assert page.basis.window.first == first


def test_everybody_begins_with_the_earliest_day_of_any_team(db_session, far):
    together = all_lines(db_session, ALL, now=NOW)[1]
    flow = tell_page(db_session, "flow", Scope("organisation", "Everybody"), choice=None)
    assert together.window.first == flow.basis.window.first == date(2026, 2, 1)
    assert together.raised == sum(row[1].value for row in flow.sheets[0].rows) == 2


def test_where_nothing_was_asked_all_time_is_today(db_session, far):
    window = team_story(db_session, far.finance, ALL, now=NOW).figures.window
    assert window.first == window.last == NOW.date()
    page = tell_page(db_session, "flow", far.finance, choice=None)
    assert page.basis.window.first == NOW.date()
