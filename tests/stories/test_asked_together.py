"""Who asked and is gone hears nothing any more; who asked with them hears it in their place."""

from datetime import timedelta

import pytest

from app.catalogue.rules import Visibility
from app.handoffs.actions import say_done
from app.notices.models import Notice
from app.people.models import Membership, Person
from app.people.rules import Role
from app.requests.acts import settling, words, work
from app.requests.acts.ticking import Due, fire
from app.requests.rules import Outcome, WaitingOn
from tests.support.desk import MONDAY, act, ask

WEDNESDAY, FRIDAY = MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)


@pytest.fixture
def laptop(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    work.start(db_session, request, act=act(cast.ida))
    return request


def goes(session, person):
    person.is_active = False
    session.flush()


def ask_back(session, request, by):
    how = {"question": "Which?", "waiting_on": WaitingOn.REQUESTER, "who": "", "until": FRIDAY}
    work.pause(session, request, act=act(by), **how)


def remind(session, request, what, at):
    assert fire(session, Due(request.id, what, at), at=at)


def heard(session, person):
    rows = session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [(notice.event.kind, notice.reason) for notice in rows]


def test_while_who_asked_is_here_it_is_theirs_alone(db_session, cast, laptop):
    ask_back(db_session, laptop, cast.ida)
    remind(db_session, laptop, "answer wanted 1.1", WEDNESDAY)
    assert heard(db_session, cast.lou) == []
    assert heard(db_session, cast.kim)[-1] == ("reminded", "question")


def test_who_asked_with_them_hears_what_they_would_have_heard(db_session, cast, laptop):
    goes(db_session, cast.kim)
    ask_back(db_session, laptop, cast.ida)
    remind(db_session, laptop, "answer wanted 1.1", WEDNESDAY)
    words.write_message(db_session, laptop, words="Small", act=act(cast.lou, FRIDAY))
    say_done(db_session, laptop, words="Here", act=act(cast.ida, FRIDAY))
    remind(db_session, laptop, "confirm soon", FRIDAY + timedelta(days=6))
    told = [("paused", "question"), ("reminded", "question"), ("done", "turn")]
    told.append(("reminded", "reminder"))
    assert heard(db_session, cast.lou) == told

    later = FRIDAY + timedelta(days=6)
    settling.confirm(db_session, laptop, outcome=Outcome.YES, words="", act=act(cast.lou, later))
    remind(db_session, laptop, "how was it", later + timedelta(days=7))
    assert heard(db_session, cast.lou) == told  # how it was is for Kim alone to say


def test_where_their_team_has_a_lead_the_lead_hears_it(db_session, cast, laptop):
    db_session.add(Membership(person=cast.eve, team=cast.field_office, role=Role.LEAD))
    goes(db_session, cast.kim)
    ask_back(db_session, laptop, cast.ida)
    assert heard(db_session, cast.eve) == [("paused", "question")]
    assert heard(db_session, cast.lou) == []


def test_nobody_hears_of_their_own_question(db_session, cast):
    own = ask(db_session, cast.laptop, cast.ivo)
    work.start(db_session, own, act=act(cast.ida))
    third = Person(name="Uma Falk", email="uma@baton.example")
    db_session.add(Membership(person=third, team=cast.it_help))
    goes(db_session, cast.ivo)
    ask_back(db_session, own, cast.ida)
    assert "question" not in {reason for _, reason in heard(db_session, third)}


def test_what_is_confidential_is_told_to_nobody_else(db_session, cast):
    cast.laptop.visibility = Visibility.CONFIDENTIAL
    request = ask(db_session, cast.laptop, cast.kim)
    goes(db_session, cast.kim)
    ask_back(db_session, request, cast.ida)
    assert heard(db_session, cast.lou) == []
