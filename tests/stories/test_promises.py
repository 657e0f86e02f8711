"""When things are due, and what moves that: desks' own mistakes, told with our cast.

Everybody works Monday to Friday, 9 to 17 in Berlin. A laptop is promised an answer within 4 and
the work within 16 working hours.
"""

from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from app.handoffs.actions import hand_to_team, say_done
from app.requests.acts import settling, words, work
from app.requests.acts.raising import Wish, raise_request
from app.requests.record.rebuilding import differences
from app.requests.record.recording import Act
from app.requests.rules import WaitingOn
from app.worktime.models import Calendar

BERLIN = ZoneInfo("Europe/Berlin")
KEYS = count()
HOUR = 3600


def berlin(day, clock):
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=BERLIN)


MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (f"2026-03-0{day}" for day in range(2, 7))
NEXT_MONDAY, NEXT_TUESDAY = "2026-03-09", "2026-03-10"


def act(person, day, clock):
    return Act(person, berlin(day, clock), f"promise-key-{next(KEYS)}")


@pytest.fixture
def raised(db_session, cast):
    """Raise a laptop request by Kim at a moment."""

    def make(day, clock, by=None, team=None):
        wish = Wish("A laptop", "", [], (team or cast.field_office).id)
        return raise_request(db_session, cast.laptop, wish, act=act(by or cast.kim, day, clock))

    return make


def ask(session, request, who, day, clock):
    work.pause(
        session,
        request,
        question="Which size?",
        waiting_on=WaitingOn.REQUESTER,
        who="",
        until=None,
        act=act(who, day, clock),
    )


def test_raised_on_friday_after_hours_the_answer_is_due_on_monday_at_one(raised):
    request = raised(FRIDAY, "17:30")

    assert request.respond_by == berlin(NEXT_MONDAY, "13:00")
    assert request.due_at == berlin(NEXT_TUESDAY, "17:00")


def test_a_pause_over_the_weekend_moves_the_due_time_by_its_working_time_only(
    db_session, cast, raised
):
    request = raised(THURSDAY, "09:00")
    ask(db_session, request, cast.ivo, FRIDAY, "16:00")

    words.write_message(
        db_session, request, words="Thirteen", act=act(cast.kim, NEXT_MONDAY, "10:00")
    )

    assert request.state == "raised"
    assert request.due_at == berlin(NEXT_MONDAY, "11:00")


def test_the_first_response_clock_runs_on_through_a_pause(db_session, cast, raised):
    request = raised(MONDAY, "09:00")
    assert request.first_response_at is None

    ask(db_session, request, cast.ivo, MONDAY, "11:00")

    assert request.first_response_at == berlin(MONDAY, "11:00")
    assert request.response_s == 2 * HOUR
    assert request.respond_by == berlin(MONDAY, "13:00")


def test_claims_notes_and_moves_are_no_answer(db_session, cast, raised):
    request = raised(MONDAY, "09:00")

    work.claim(db_session, request, act=act(cast.ivo, MONDAY, "09:30"))
    words.write_note(db_session, request, words="Again?", act=act(cast.ivo, MONDAY, "09:40"))
    work.start(db_session, request, act=act(cast.ivo, MONDAY, "09:50"))
    hand_to_team(
        db_session, request, to=cast.content, note="Yours", act=act(cast.ivo, MONDAY, "10:00")
    )

    assert request.first_response_at is None


def test_who_raised_it_does_not_answer_it_even_in_the_providing_team(db_session, cast, raised):
    request = raised(MONDAY, "09:00", by=cast.ivo, team=cast.it_help)

    words.write_message(db_session, request, words="Also…", act=act(cast.ivo, MONDAY, "10:00"))
    assert request.first_response_at is None

    words.write_message(db_session, request, words="I see", act=act(cast.ida, MONDAY, "11:00"))
    assert request.first_response_at == berlin(MONDAY, "11:00")


def test_a_refused_done_is_erased_and_the_clock_resumes(db_session, cast, raised):
    request = raised(MONDAY, "09:00")
    work.start(db_session, request, act=act(cast.ivo, MONDAY, "10:00"))
    say_done(db_session, request, words="Here", act=act(cast.ivo, MONDAY, "12:00"))
    assert (request.done_at, request.working_s) == (berlin(MONDAY, "12:00"), 3 * HOUR)

    settling.reopen(db_session, request, reason="Dark screen", act=act(cast.kim, TUESDAY, "12:00"))
    assert (request.done_at, request.working_s, request.reopenings) == (None, None, 1)
    assert request.due_at == berlin(WEDNESDAY, "17:00")  # a working day later than before

    say_done(db_session, request, words="Now", act=act(cast.ivo, TUESDAY, "14:00"))
    assert (request.done_at, request.working_s) == (berlin(TUESDAY, "14:00"), 5 * HOUR)


def test_done_during_a_pause_moves_the_promise_as_going_on_first_does(db_session, cast, raised):
    at_once, in_turn = raised(MONDAY, "09:00"), raised(MONDAY, "09:00")
    for request in (at_once, in_turn):
        ask(db_session, request, cast.ivo, MONDAY, "12:00")
    work.resume(db_session, in_turn, act=act(cast.ivo, THURSDAY, "12:00"))
    for request in (at_once, in_turn):
        say_done(db_session, request, words="Here", act=act(cast.ivo, THURSDAY, "12:00"))
        assert request.due_at == berlin(FRIDAY, "17:00")  # three working days later
        settling.reopen(db_session, request, reason="Dark", act=act(cast.kim, FRIDAY, "12:00"))
        assert request.due_at == berlin(NEXT_MONDAY, "17:00")
    assert list(differences(db_session)) == []


def test_a_handover_leaves_the_promise_to_the_requester_where_it_was(db_session, cast, raised):
    request = raised(MONDAY, "09:00")
    due = request.due_at

    hand_to_team(
        db_session, request, to=cast.content, note="Text first", act=act(cast.ivo, TUESDAY, "16:00")
    )

    assert request.due_at == due == berlin(TUESDAY, "17:00")
    assert (request.team_id, request.holder_id) == (cast.content.id, None)


def test_a_changed_calendar_moves_no_promise_that_was_given(db_session, cast, raised):
    request = raised(MONDAY, "09:00")
    due = request.due_at
    calendar = db_session.query(Calendar).one()
    calendar.plan = {**calendar.plan, "holidays": [MONDAY, TUESDAY]}
    db_session.flush()

    words.write_message(db_session, request, words="Hello", act=act(cast.ivo, MONDAY, "10:00"))

    assert request.due_at == due


def test_a_type_without_a_promise_is_never_due(db_session, cast, raised):
    cast.laptop.done_promise_s = cast.laptop.response_promise_s = None

    request = raised(MONDAY, "09:00")

    assert (request.due_at, request.respond_by) == (None, None)


def test_a_type_that_changes_leaves_what_was_raised_alone(db_session, cast, raised):
    request = raised(MONDAY, "09:00")
    cast.laptop.stages = [{"stage": "author"}, {"stage": "editor"}]
    cast.laptop.done_promise_s = 1
    db_session.flush()

    say_done(db_session, request, words="Here", act=act(cast.ivo, MONDAY, "10:00"))

    assert request.state == "done"
    assert request.due_at == berlin(TUESDAY, "17:00")


def test_who_was_party_to_it_still_speaks_after_a_handover(db_session, cast, raised):
    request = raised(MONDAY, "09:00")
    hand_to_team(
        db_session, request, to=cast.content, note="Yours", act=act(cast.ivo, MONDAY, "10:00")
    )
    db_session.flush()

    words.write_message(db_session, request, words="One more", act=act(cast.ida, MONDAY, "11:00"))

    assert request.first_response_at - request.raised_at == timedelta(hours=2)
