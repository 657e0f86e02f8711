"""Saying first that it will be late: the words that are sent, the new date among them."""

import pytest
from sqlalchemy import select

from app.language import speaking
from app.requests.acts import work
from app.requests.life.promises import LateCard
from app.requests.models import Message
from app.worktime.models import Calendar
from tests.support.cast import OFFICE_HOURS
from tests.support.it_desk import FRI, MON, act, at

CARD = LateCard("I am sorry, Kim.", "The drill broke.", "We borrow one.")


def late(desk, **more):
    laptop = desk.ask(MON, "09:00")
    ivo = act(desk.cast.ivo, MON, "12:00")
    work.promise_anew(desk.session, laptop, card=CARD, expected=at(FRI, "17:00"), act=ivo)
    return desk.session.scalar(select(Message.body).where(Message.request_id == laptop.id))


def test_sorry_why_the_new_date_and_what_is_done_about_it(desk):
    by = "It will be there by Friday 6 March, 17:00 CET."
    assert late(desk).split("\n\n") == [CARD.sorry, CARD.why, by, CARD.doing]


def test_the_date_is_one_of_the_clock_of_whoever_waits(desk):
    lisbon = Calendar(name="Lisbon", plan={**OFFICE_HOURS, "tz": "Europe/Lisbon"})
    desk.cast.field_office.calendar = lisbon
    desk.session.flush()
    assert "by Friday 6 March, 16:00 WET." in late(desk)


def test_whoever_has_left_every_team_reads_the_clock_of_the_team_that_has_it(desk):
    laptop = desk.ask(MON, "09:00")
    desk.session.delete(desk.cast.kim.memberships[0])
    desk.session.flush()
    desk.session.expire(desk.cast.kim)
    desk.promise(laptop, at(FRI, "17:00"), day=MON, clock="12:00")
    assert "17:00 CET." in desk.session.scalar(select(Message.body))


@pytest.mark.parametrize(("code", "said"), [("en", "It will be there"), ("de", "Freitag, 6. März")])
def test_it_is_said_in_the_language_of_whoever_writes(desk, code, said):
    with speaking(code):
        assert said in late(desk)
