"""The week of a team by mail: once, on the first morning of the next, to those who lead it."""

from datetime import date

import pytest
from sqlalchemy import select

from app.notices.actions import wish_weeks
from app.people.models import Membership
from app.people.rules import Role
from app.turnaround.models import WeekTold
from app.turnaround.week_letters import Telling, tell_week, weeks_to_tell
from tests.support.it_desk import FRI, MON, NEXT_MON, NEXT_TUE, TUE, at

pytestmark = pytest.mark.both
IDA = "ida@baton.example"
URL = "https://baton.example"


@pytest.fixture
def ida(desk):
    """Let Ida lead IT Help, which nobody else is told of."""
    cast = desk.cast
    for membership in desk.session.scalars(select(Membership)):
        leads = (membership.person_id, membership.team_id) == (cast.ida.id, cast.it_help.id)
        membership.role = Role.LEAD if leads else Role.MEMBER
    desk.session.commit()
    return cast.ida


def a_week(desk):
    """One laptop done in time, one late without a word, one that nobody has looked at."""
    first = desk.ask(MON, "09:00")
    desk.say(first, desk.cast.ivo, MON, "09:30")
    desk.done(first, TUE, "10:00")
    desk.say(desk.ask(TUE, "09:00"), desk.cast.ivo, TUE, "09:30")
    desk.ask(FRI, "16:00")


def test_the_letter_says_what_the_pages_say(desk, ida, worker, mailbox):
    a_week(desk)
    worker(NEXT_MON, "09:00")

    [letter] = [mail for mail in mailbox.mails if mail["Subject"].startswith("The week")]
    assert letter["To"] == IDA
    assert letter["Subject"] == "The week of IT Help, 2 March to 8 March"
    team = f"{URL}/teams/{desk.cast.it_help.id}"
    assert letter.get_content().splitlines() == [
        "Hello Ida,",
        "",
        "This was the week of IT Help, 2 March to 8 March.",
        "",
        "First of all: 1 is past the due time.",
        team,
        "",
        "Open now: 2. By age: 1 to 3 days, 1; 3 to 7 days, 1.",
        "Came in: 3. Done: 1.",
        "Promises that came due: 2; kept 1, done late 0, still open 1.",
        "First answer: too few to say (n = 3).",
        "Turnaround: too few to say (n = 1).",
        "",
        "All of it, and what each figure means:",
        f"{team}/turnaround?first=2026-03-02&last=2026-03-08",
        "",
        "--",
        "This comes once a week to those who look after IT Help.",
        f"Change what comes by mail: {URL}/me/notices",
    ]
    assert "unsubscribe" in letter["List-Unsubscribe"]


def test_it_comes_once_and_on_the_first_morning(desk, ida, worker, mailbox):
    a_week(desk)
    worker(NEXT_MON, "08:59")
    assert told(mailbox) == []
    worker(NEXT_MON, "09:00")
    worker(NEXT_MON, "09:05")
    worker(NEXT_TUE, "08:30")
    assert told(mailbox) == [IDA]


def told(mailbox):
    return [mail["To"] for mail in mailbox.mails if mail["Subject"].startswith("The week")]


def test_a_closed_monday_moves_it_to_tuesday(desk, ida, worker, mailbox):
    a_week(desk)
    calendar = desk.cast.it_help.calendar
    calendar.plan = {**calendar.plan, "holidays": [str(NEXT_MON)]}
    worker(NEXT_MON, "12:00")
    assert told(mailbox) == []
    worker(NEXT_TUE, "09:00")
    assert told(mailbox) == [IDA]


def test_who_was_not_told_within_a_day_is_told_of_the_next_week(desk, ida):
    a_week(desk)
    later = date(2026, 3, 11)
    assert weeks_to_tell(desk.session, at=at(later, "09:00")) == []
    assert len(weeks_to_tell(desk.session, at=at(NEXT_TUE, "08:59"))) == 1


def test_a_week_in_which_nothing_was_is_told_to_nobody(desk, ida, worker, mailbox):
    desk.ask(NEXT_MON, "09:00")
    worker(NEXT_MON, "09:30")
    assert told(mailbox) == []


def test_who_wants_none_gets_none(desk, ida, worker, mailbox):
    a_week(desk)
    wish_weeks(desk.session, ida, wanted=False)
    worker(NEXT_MON, "09:00")
    assert told(mailbox) == []


def test_who_has_gone_or_leads_no_longer_is_not_told(desk, ida):
    a_week(desk)
    ida.is_active = False
    desk.session.flush()
    assert weeks_to_tell(desk.session, at=at(NEXT_MON, "09:00")) == []


def test_two_workers_tell_it_once(desk, ida):
    a_week(desk)
    one = Telling(ida.id, desk.cast.it_help.id, NEXT_MON)
    assert tell_week(desk.session, one, url=URL, at=at(NEXT_MON, "09:00"))
    assert not tell_week(desk.session, one, url=URL, at=at(NEXT_MON, "09:00"))
    assert desk.session.query(WeekTold).count() == 1


def test_the_hours_of_the_team_decide_and_not_those_of_the_server(desk, ida):
    a_week(desk)
    calendar = desk.cast.it_help.calendar
    calendar.plan = {**calendar.plan, "tz": "America/New_York"}
    desk.session.flush()
    assert weeks_to_tell(desk.session, at=at(NEXT_MON, "13:59")) == []  # 8:59 there; DST has begun
    assert len(weeks_to_tell(desk.session, at=at(NEXT_MON, "14:00"))) == 1
