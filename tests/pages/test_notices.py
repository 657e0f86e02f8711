"""What people are told, on their page of notices, and how they want it."""

import pytest
from freezegun import freeze_time

from app.handoffs.actions import hand_to_team
from app.notices.models import Notice
from app.requests.acts import settling, words
from app.requests.rules import Outcome
from tests.support.it_desk import MON, TUE, act, at


@pytest.fixture
def told(client):
    def look(person, day=MON, clock="16:00"):
        with freeze_time(at(day, clock)):
            client.sign_in(person)
            return client.get("/notices")

    return look


def test_a_new_request_a_message_and_a_question_are_told_to_those_they_concern(desk, told):
    cast = desk.cast
    laptop = desk.ask(MON, "09:00")
    assert "New for your team" in told(cast.ivo).text
    desk.pause(laptop, MON, "10:00")

    page = told(cast.kim)
    assert "A question to you" in page.text
    assert page.texts(".bell-count") == ["1"]
    assert told(cast.eve).texts(".row") == []
    assert "Your turn" not in told(cast.ida).text


def test_who_asked_is_told_when_a_colleague_ends_it_and_all_read_who_did(desk, told, client):
    laptop, cast = desk.ask(MON, "09:00"), desk.cast
    settling.withdraw(desk.session, laptop, reason="Not now", act=act(cast.lou, MON, "10:00"))
    assert "Lou Tanaka took it back." in told(cast.kim).text
    assert "It ended" in told(cast.kim).text
    assert told(cast.lou).texts(".row") == []

    for person, words_said in (
        (cast.kim, "Lou took it back for Field Office."),
        (cast.ivo, "Lou took it back for Field Office."),
        (cast.lou, "Field Office took it back."),
    ):
        with freeze_time(at(MON, "16:00")):
            client.sign_in(person)
            page = client.get(f"/requests/{laptop.id}")
        assert words_said in page.texts("#turn")[0]


def test_who_asked_hears_what_a_colleague_answers(desk, told):
    laptop, cast = desk.ask(MON, "09:00"), desk.cast
    desk.pause(laptop, MON, "10:00")
    desk.say(laptop, cast.lou, MON, "11:00")
    assert "Lou Tanaka wrote a message." in told(cast.kim).text


def test_what_did_not_hold_after_all_is_told_as_that(desk, told, client):
    laptop, cast = desk.ask(MON, "09:00"), desk.cast
    for clock, again in (("10:00", "not yet. The clock goes on."), ("13:00", "open again.")):
        desk.done(laptop, MON, clock)
        if again == "open again.":
            helps = {"outcome": Outcome.YES, "words": "", "act": act(cast.kim, MON, "14:00")}
            settling.confirm(desk.session, laptop, **helps)
        settling.reopen(desk.session, laptop, reason="Dark", act=act(cast.kim, MON, "15:00"))
        assert told(cast.ivo).texts(".row-turn")[0].endswith(again)
        with freeze_time(at(MON, "16:00")):
            assert again in client.get(f"/requests/{laptop.id}").texts("#history")[0]


def test_what_is_handed_to_a_team_is_new_for_all_of_it_and_nobodys_turn(desk, told):
    laptop, cast = desk.ask(MON, "09:00"), desk.cast
    by = act(cast.ivo, MON, "10:00")
    hand_to_team(desk.session, laptop, to=cast.content, note="", act=by)
    for person in (cast.ada, cast.bea, cast.dov):
        page = told(person)
        assert "New for your team" in page.text
        assert "Your turn" not in page.text


def test_a_message_is_told_only_when_it_can_no_longer_be_taken_back(desk, told):
    laptop = desk.ask(MON, "09:00")
    desk.say(laptop, desk.cast.ivo, MON, "10:00")

    assert told(desk.cast.kim, clock="10:00:09").texts(".row") == []
    assert len(told(desk.cast.kim, clock="10:00:10").texts(".row")) == 1


def test_a_note_mentions_a_colleague_and_never_reaches_who_asked(desk, told):
    laptop, cast = desk.ask(MON, "09:00"), desk.cast
    words.write_note(
        desk.session, laptop, words="@Ida and @Kim, see the cellar", act=act(cast.ivo, MON, "10:00")
    )

    assert "You are mentioned" in told(cast.ida).text
    assert told(cast.kim).texts(".row") == []


def test_looking_at_a_request_reads_its_notices_and_one_button_reads_all(desk, told, client):
    first, second = desk.ask(MON, "09:00"), desk.ask(MON, "09:05")
    for laptop in (first, second):
        desk.say(laptop, desk.cast.ivo, MON, "10:00")
    assert told(desk.cast.kim).texts(".bell-count") == ["2"]

    with freeze_time(at(MON, "16:00")):
        page = client.get(f"/requests/{first.id}")
        client.submit(page, "form.seen", 204)
        page = client.get("/notices")
        assert page.texts(".bell-count") == ["1"]
        page = client.submit(page, "I have seen these")
    assert page.texts(".bell-count") == []
    assert "Nothing new." in page.text


def test_who_follows_a_request_is_told_and_who_lost_sight_of_it_is_not(desk, told, client):
    laptop, cast = desk.ask(MON, "09:00"), desk.cast
    with freeze_time(at(MON, "09:30")):
        client.sign_in(cast.lou)
        client.submit(client.get(f"/requests/{laptop.id}"), "Follow it")
    desk.say(laptop, cast.ivo, MON, "10:00")
    assert "You follow this" in told(cast.lou).text

    desk.session.query(type(cast.lou.memberships[0])).filter_by(person_id=cast.lou.id).delete()
    desk.session.commit()
    assert told(cast.lou).texts(".row") == []


def test_wishes_decide_what_goes_by_mail_and_when(desk, client):
    cast = desk.cast
    with freeze_time(at(MON, "08:00")):
        client.sign_in(cast.kim)
        page = client.get("/me/notices")
        client.submit(
            page, "Save", question="never", message="at once", starts="17:00", ends="08:00"
        )
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")
    desk.say(laptop, cast.kim, MON, "11:00")
    desk.say(laptop, cast.ivo, MON, "17:30")

    mine = desk.session.query(Notice).filter_by(person_id=cast.kim.id).order_by(Notice.id)
    assert [(notice.reason, notice.mail_at) for notice in mine] == [
        ("question", None),
        ("message", at(TUE, "08:00")),
    ]
    theirs = desk.session.query(Notice).filter_by(person_id=cast.ida.id, reason="new")
    assert {notice.mail_at for notice in theirs} == {at(TUE, "09:00")}
