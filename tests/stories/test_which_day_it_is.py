"""What counts as today, where people are far from Greenwich."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.notices.models import Notice
from app.people.absences import say_away
from app.requests.acts import words, work
from app.requests.rules import NotNow, WaitingOn
from app.worktime.models import Calendar
from tests.support.cast import OFFICE_HOURS
from tests.support.desk import MONDAY, act, ask


@pytest.fixture
def moved(db_session, cast):
    """Let a team of the cast work the same hours in another zone."""

    def move(team, zone):
        team.calendar = Calendar(name=zone, plan={**OFFICE_HOURS, "tz": zone})
        db_session.flush()

    return move


def test_late_in_los_angeles_it_is_still_today(db_session, cast, moved):
    moved(cast.it_help, "America/Los_Angeles")
    laptop = ask(db_session, cast.laptop, cast.kim)
    work.claim(db_session, laptop, act=act(cast.ivo))
    at_five = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)  # Tuesday at five there, Wednesday in UTC

    def say(day):
        work.say_when(db_session, laptop, day=day, words="", act=act(cast.ivo, at_five))

    with pytest.raises(NotNow, match="passed"):
        say(date(2026, 3, 2))
    say(date(2026, 3, 3))


def test_early_in_auckland_who_stands_in_today_is_told(db_session, cast, moved):
    moved(cast.it_help, "Pacific/Auckland")
    laptop = ask(db_session, cast.laptop, cast.kim)
    work.claim(db_session, laptop, act=act(cast.ivo))
    week = {"first_day": date(2026, 3, 9), "last_day": date(2026, 3, 13)}
    today = date(2026, 3, 2)
    say_away(db_session, cast.ivo, **week, substitute=cast.ida, today=today)

    def told():
        people = db_session.query(Notice.person_id).filter_by(reason="turn")
        return {row[0] for row in people}

    question = {"question": "Which?", "waiting_on": WaitingOn.REQUESTER, "who": "", "until": None}
    work.pause(db_session, laptop, **question, act=act(cast.ivo))
    sunday = datetime(2026, 3, 8, 10, 0, tzinfo=UTC)  # eleven in the night in Auckland
    words.write_message(db_session, laptop, words="That one", act=act(cast.kim, sunday))
    assert told() == {cast.ivo.id}
    later = sunday + timedelta(hours=1)
    work.pause(db_session, laptop, **question, act=act(cast.ivo, later))
    monday = datetime(2026, 3, 8, 21, 0, tzinfo=UTC)  # ten in the morning there
    words.write_message(db_session, laptop, words="The other one", act=act(cast.kim, monday))
    assert told() == {cast.ivo.id, cast.ida.id}


def test_nothing_waits_until_a_time_that_has_passed(db_session, cast):
    laptop = ask(db_session, cast.laptop, cast.kim)
    work.claim(db_session, laptop, act=act(cast.ivo))
    question = {"question": "Which?", "waiting_on": WaitingOn.REQUESTER, "who": ""}
    with pytest.raises(NotNow, match="passed"):
        work.pause(db_session, laptop, **question, until=MONDAY, act=act(cast.ivo))
