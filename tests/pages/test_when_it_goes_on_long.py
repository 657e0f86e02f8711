"""A third round, a writer who has left, a suggestion the text has overtaken: kindly dealt with."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.feedback.rules import RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_on
from app.handoffs.advice import Advice
from tests.support.desk import act
from tests.support.pieces import (
    LATER,
    MUST,
    STRENGTH,
    answer,
    give_back,
    returned,
    with_editor,
    write,
)


@pytest.fixture(autouse=True)
def later():
    with freeze_time(LATER + timedelta(hours=1)):
        yield


def round_trip(session, cast, piece, minutes):
    at = LATER + timedelta(minutes=minutes)
    give_back(session, piece, cast.bea, [STRENGTH], at=at)
    hand_on(session, piece, advice=Advice(), to=None, act=act(cast.ada, at + timedelta(minutes=2)))


def test_in_the_third_round_fresh_eyes_are_offered(client, db_session, cast):
    piece = with_editor(db_session, cast)
    client.sign_in(cast.bea)
    for minutes, offered in ((0, False), (5, False), (10, True)):
        desk = client.get(f"/requests/{piece.id}/handoff")
        assert ("fresh pair of eyes" in desk.text) is offered
        round_trip(db_session, cast, piece, minutes)


def test_the_guard_speaks_to_the_reviewer_alone(client, db_session, cast):
    piece = with_editor(db_session, cast)
    client.sign_in(cast.bea)
    said = {
        "strengths-0-quote": "cold",
        "strengths-0-see": "The word is plain",
        "strengths-0-why": "One feels it at once",
        "decision": "back for small changes",
        "stage": "author",
    }
    look = client.submit(client.get(f"/requests/{piece.id}/handoff"), "Look it over", **said)
    assert "It is the first piece of this author here." in look.text
    sent = client.submit(look, "Pass the baton")
    assert "first piece" not in sent.text


def test_a_lead_settles_what_its_writer_left_behind(client, db_session, cast):
    piece = returned(db_session, cast, [STRENGTH, MUST])
    answer(db_session, piece, cast.ada, MUST.see)
    db_session.commit()
    client.sign_in(cast.dov)
    assert MUST.see not in client.get(f"/requests/{piece.id}").text
    cast.bea.is_active = False
    db_session.commit()
    page = client.get(f"/requests/{piece.id}")
    client.submit(page, "It is settled")
    assert "said by the lead" in client.get(f"/requests/{piece.id}").text


def test_an_overtaken_suggestion_shows_then_now_and_proposed(client, db_session, cast):
    text = "The keeper lit the old lamp and waited for the ferry."
    words = "lit the old lamp and waited"
    at = text.index(words)
    suggestion = RemarkWords(
        RemarkKind.SUGGESTION,
        Weight.COULD,
        "Shorter?",
        passage=(at, at + len(words)),
        replacement="waited",
    )
    piece = returned(db_session, cast, [STRENGTH, suggestion], text)
    write(db_session, piece, cast.ada, text.replace("old ", "brass "), on=1)
    db_session.commit()
    client.sign_in(cast.ada)
    page = client.get(f"/requests/{piece.id}")
    assert page.one(".suggestion del").text == words
    assert page.one(".suggestion ins").text == "waited"
    assert "Now it reads: “lit the brass lamp and waited”" in page.text
    assert page.all("[name=take]") == []


def test_slots_have_an_end(client, db_session, cast):
    piece = with_editor(db_session, cast)
    client.sign_in(cast.bea)
    page = client.get(f"/requests/{piece.id}/handoff")
    for _ in range(20):
        page = client.submit(page, "Name another strength")
    assert len(page.all("textarea[name^=strengths][name$=see]")) == 20
