"""The screen of somebody who leaves says what becomes of all that waits for them."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.catalogue.rules import Visibility
from app.handoffs.actions import say_done
from app.requests.acts import asking_others, work
from app.requests.rules import WaitingOn
from tests.support.desk import MONDAY, act, ask

FRIDAY = MONDAY + timedelta(days=4)
HEADING = "What waits for a word of theirs"


@pytest.fixture
def admin(client, db_session, cast):
    cast.eve.is_admin = True
    db_session.commit()
    client.sign_in(cast.eve)
    return cast.eve


@pytest.fixture
def desk(db_session, cast):
    """Make a laptop that Kim asked for and Ida works on."""

    def make(title, asker=cast.kim):
        request = ask(db_session, cast.laptop, asker, title)
        work.start(db_session, request, act=act(cast.ida))
        return request

    return make


def ask_back(session, request, by):
    how = {"question": "Which?", "waiting_on": WaitingOn.REQUESTER, "who": "", "until": FRIDAY}
    work.pause(session, request, act=act(by), **how)


def ask_to_agree(session, request, of, by):
    how = {"question": "Is it paid?", "until": FRIDAY}
    asking_others.ask_to_agree(session, request, of=of, act=act(by), **how)


def said(page):
    return dict(row.split(") ", 1) for row in page.texts("main .row-main"))


def test_what_waits_for_an_answer_is_told_and_goes_on(client, admin, cast, db_session, desk):
    hidden, seen = desk("Hidden"), desk("Seen")
    seen.visibility = Visibility.OPEN
    for request in (hidden, seen):
        ask_back(db_session, request, cast.ida)
    db_session.commit()
    page = client.get(f"/admin/people/{cast.kim.id}/leave")

    assert HEADING in page.texts("h2")
    goes_on = "Waits for their answer. It goes on without: the work returns to {}."
    assert said(page) == {
        f"A request to IT Help (#{hidden.id}": goes_on.format("IT Help"),
        f"Seen (#{seen.id}": goes_on.format("Ida Brandt"),
    }
    page = client.submit(page, "Deactivate")
    assert "Kim Sørensen has left." in page.text
    assert f"[{hidden.id}, {seen.id}]" in client.get("/admin/log").text
    history = client.get(f"/requests/{seen.id}").text
    assert "The person it waited for has left; the work goes on." in history
    client.sign_in(cast.ida)
    assert "The person it waited for has left" in client.get("/notices").text


def test_a_yes_or_no_is_told_and_stays_undecided(client, admin, cast, db_session, desk):
    waits, went_on = desk("Waits"), desk("Went on")
    for request in (waits, went_on):
        ask_to_agree(db_session, request, cast.dov, cast.ida)
    work.resume(db_session, went_on, act=act(cast.ida))
    db_session.commit()
    page = client.get(f"/admin/people/{cast.dov.id}/leave")

    told = said(page)
    assert "Waits for their yes or no." in told[f"A request to IT Help (#{waits.id}"]
    assert "it went on meanwhile" in told[f"A request to IT Help (#{went_on.id}"]
    client.submit(page, "Deactivate")
    client.sign_in(cast.ida)
    page = client.get(f"/requests/{waits.id}")
    assert "Dov Rosen has left, without a yes or a no." in page.text
    asked = page.one("#approvals").get_text(" ")
    assert "left without a yes or a no" in asked
    assert "did not agree" not in asked


def test_last_words_and_what_goes_on_are_told(client, admin, cast, db_session, desk):
    open_one, private = desk("Done"), desk("Secret")
    private.visibility = Visibility.CONFIDENTIAL
    for request in (open_one, private):
        say_done(db_session, request, words="Here", act=act(cast.ida))
    desk("Under way")
    db_session.commit()
    page = client.get(f"/admin/people/{cast.kim.id}/leave")

    told = said(page)
    assert "Colleagues in Field Office can say it" in told[f"A request to IT Help (#{open_one.id}"]
    assert "nobody says it for them; 5 working days" in told[f"A request to IT Help (#{private.id}"]
    assert "1 request that they asked for is being worked on, and goes on." in page.text


def test_of_whom_nobody_waits_the_screen_says_nothing(client, admin, cast):
    assert HEADING not in client.get(f"/admin/people/{cast.ada.id}/leave").text


def test_in_german_no_sentence_stays_english(client, admin, cast, db_session, desk):
    cast.eve.language = "de"
    for number in range(2):
        ask_back(db_session, desk("Eins"), cast.ida)
        ask_to_agree(db_session, desk("Zwei", cast.lou), cast.kim, cast.ida)
        say_done(db_session, desk(f"Drei {number}"), words="Da", act=act(cast.ida))
    desk("Vier")
    db_session.commit()
    text = client.get(f"/admin/people/{cast.kim.id}/leave").one("main").get_text(" ")
    english = ("word", "Waits", "Done", "goes on", "Colleagues", "work", "asked")
    assert [each for each in english if each in text] == []


def test_what_they_hold_is_told_since_when_as_rows_tell_it(client, cast, db_session):
    cast.eve.is_admin = True
    request = ask(db_session, cast.laptop, cast.kim)
    work.start(db_session, request, act=act(cast.ida, MONDAY + timedelta(days=1)))
    db_session.commit()
    with freeze_time(MONDAY + timedelta(days=2)):
        client.sign_in(cast.eve)
        page = client.get(f"/admin/people/{cast.ida.id}/leave")
    assert page.texts(".field-hint") == ["IT Help, in work, since yesterday 10:00"]
