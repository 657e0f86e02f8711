"""Somebody leaves for whose word others wait: it goes on without, and who has it is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.administration.journal import Deed
from app.administration.leaving import asked_of, leave
from app.administration.models import AdminEvent
from app.handoffs.actions import say_done
from app.notices.models import Notice
from app.notices.queries import sentences
from app.people.models import Person
from app.requests.acts import asking_others, settling, words, work
from app.requests.happened import carried, happened
from app.requests.intervals import Approval, Pause, Timer
from app.requests.page import history_of
from app.requests.rules import NotYours, Outcome, Side, State, WaitingOn
from tests.support.desk import MONDAY, act, ask

pytestmark = pytest.mark.usefixtures("rebuilt")

NOON = MONDAY + timedelta(hours=2)
TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
GOES_ON = "The person it waited for has left; the work goes on."


@pytest.fixture
def laptop(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    work.start(db_session, request, act=act(cast.ida))
    return request


def ask_back(session, request, by):
    how = {"question": "Which?", "waiting_on": WaitingOn.REQUESTER, "who": "", "until": FRIDAY}
    work.pause(session, request, act=act(by, NOON), **how)


def ask_to_agree(session, request, of, by, at=NOON):
    asking_others.ask_to_agree(
        session, request, of=of, question="Is it paid?", until=FRIDAY, act=act(by, at)
    )


def leaves(session, person, by, to=None):
    leave(session, person, to or {}, deed=Deed(by, TUESDAY, "a-key-of-leaving"))
    session.flush()


def history(session, request):
    told = history_of(session, happened(session, request.id), carried(session, request.id))
    return [sentence for _, sentence in told]


def told(session, request):
    """Return {person: (reason, sentence)} of what was told of the leaving."""
    rows = session.query(Notice).filter_by(request_id=request.id, at=TUESDAY).order_by(Notice.id)
    people = {n: session.get(Person, n.person_id) for n in rows}
    return {one.id: (n.reason, sentences(session, one, [n])[0].words) for n, one in people.items()}


def test_an_answer_that_will_not_come_is_waited_for_no_longer(db_session, cast, laptop):
    due = laptop.due_at
    ask_back(db_session, laptop, cast.ida)
    assert asked_of(db_session, cast.kim).answers == [laptop]
    leaves(db_session, cast.kim, cast.eve)

    assert (laptop.state, laptop.turn_side) == (State.IN_WORK, Side.PROVIDING)
    assert (laptop.holder_id, laptop.turn_since) == (cast.ida.id, TUESDAY)
    assert laptop.due_at == due + timedelta(hours=6)  # the working time it rested, past a night
    assert db_session.query(Pause).one().ended_by == "left"
    assert told(db_session, laptop) == {cast.ida.id: ("turn", GOES_ON)}
    assert history(db_session, laptop)[0] == GOES_ON
    assert not db_session.scalars(select(Timer.what).where(Timer.what.like("answer wanted%"))).all()
    [noted] = db_session.query(AdminEvent)
    assert noted.after["went_on"] == [laptop.id]


def test_what_the_leaver_holds_and_is_asked_about_goes_to_who_takes_it(db_session, cast, laptop):
    ask_to_agree(db_session, laptop, cast.ivo, cast.ida)
    work.take_over(db_session, laptop, act=act(cast.ivo, NOON))
    leaves(db_session, cast.ivo, cast.eve, {laptop.id: cast.ida.id})

    assert (laptop.state, laptop.holder_id) == (State.IN_WORK, cast.ida.id)
    assert cast.ida.id in told(db_session, laptop)


def test_when_nobody_holds_it_the_team_is_told(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    ask_back(db_session, request, cast.ida)
    leaves(db_session, cast.kim, cast.eve)
    assert (request.state, request.holder_id) == (State.RAISED, None)
    assert told(db_session, request).keys() == {cast.ida.id, cast.ivo.id}


def test_a_yes_or_no_that_will_not_come_ends_undecided(db_session, cast, laptop):
    ask_to_agree(db_session, laptop, cast.eve, cast.ida)
    work.take_over(db_session, laptop, act=act(cast.ivo, NOON))
    assert asked_of(db_session, cast.eve).approvals == [laptop]
    leaves(db_session, cast.eve, cast.ada)

    assert (laptop.state, laptop.asked_id, laptop.waits_for) == (State.IN_WORK, None, None)
    approval = db_session.query(Approval).one()
    assert (approval.decided_at, approval.agreed) == (TUESDAY, None)
    undecided = "Eve Castellanos has left, without a yes or a no."
    assert history(db_session, laptop)[:2] == [GOES_ON, undecided]
    unnamed = "The person who was asked to agree has left, without a yes or a no."
    assert told(db_session, laptop) == {
        cast.ida.id: ("turn", unnamed),  # she asked
        cast.ivo.id: ("turn", GOES_ON),  # he has it
    }
    with pytest.raises(NotYours):
        asking_others.decide(db_session, laptop, agreed=True, words="", act=act(cast.eve, FRIDAY))
    ask_to_agree(db_session, laptop, cast.dov, cast.ivo, TUESDAY)
    assert laptop.asked_id == cast.dov.id


def test_a_yes_or_no_that_nobody_waited_for_moves_nothing(db_session, cast, laptop):
    ask_to_agree(db_session, laptop, cast.eve, cast.ida)
    work.resume(db_session, laptop, act=act(cast.ida, NOON))
    ask_back(db_session, laptop, cast.ida)
    leaves(db_session, cast.eve, cast.ada)
    assert (laptop.state, laptop.turn_side) == (State.WAITING, Side.ASKING)
    assert db_session.query(Approval).one().decided_at == TUESDAY
    assert told(db_session, laptop).keys() == {cast.ida.id}


def test_what_waits_for_others_or_is_over_stays_as_it_is(db_session, cast, laptop):
    ask_to_agree(db_session, laptop, cast.eve, cast.ida)
    over = ask(db_session, cast.laptop, cast.lou)
    ask_to_agree(db_session, over, cast.kim, cast.ida)
    settling.withdraw(db_session, over, reason="", act=act(cast.lou, NOON))
    leaves(db_session, cast.kim, cast.ada)
    assert (laptop.state, laptop.asked_id) == (State.WAITING, cast.eve.id)
    assert told(db_session, laptop) == told(db_session, over) == {}


def test_the_last_word_is_left_to_who_asked_with_them(db_session, cast, laptop):
    say_done(db_session, laptop, words="Here", act=act(cast.ida))
    asked = asked_of(db_session, cast.kim)
    assert (asked.last_words, asked.waiting, asked.going_on) == ([laptop], [], [])
    leaves(db_session, cast.kim, cast.ada)

    assert laptop.state == State.DONE
    assert db_session.get(Timer, (laptop.id, "confirm"))
    settling.confirm(db_session, laptop, outcome=Outcome.YES, words="", act=act(cast.lou, TUESDAY))
    assert laptop.state == State.CONFIRMED


def test_what_is_being_worked_on_goes_on_with_who_asked_with_them(db_session, cast, laptop):
    assert asked_of(db_session, cast.kim).going_on == [laptop]
    leaves(db_session, cast.kim, cast.ada)
    assert (laptop.state, laptop.holder_id) == (State.IN_WORK, cast.ida.id)
    ask_back(db_session, laptop, cast.ida)
    words.write_message(db_session, laptop, words="The small one", act=act(cast.lou, FRIDAY))
    assert laptop.state == State.IN_WORK
