"""An act from a page that is out of date: what happened meanwhile, and all words as typed."""

import pytest
from freezegun import freeze_time

from app.people.rules import Role
from app.requests.acts import words, work
from tests.support.clients import PageClient
from tests.support.it_desk import MON, act, at

QUESTION = {"waiting_on": "requester", "question": "Which size?", "until": "2026-03-05"}
AGAIN = "form:has(#again-question)"


@pytest.fixture
def see(client):
    def look(person, address="/requests/1"):
        with freeze_time(at(MON, "12:00")):
            client.sign_in(person)
            return client.get(address)

    return look


@pytest.fixture
def send(client):
    def submit(page, button, status=409, **fields):
        with freeze_time(at(MON, "13:00")):
            return client.submit(page, button, status, **fields)

    return submit


@pytest.fixture
def laptop(desk):
    """In the hands of Ivo."""
    laptop = desk.ask(MON, "09:00")
    work.claim(desk.session, laptop, act=act(desk.cast.ivo, MON, "10:00"))
    return laptop


def test_it_is_told_in_the_sentences_of_the_history(desk, laptop, see, send):
    page, cast = see(desk.cast.ivo), desk.cast
    cast.ida.memberships[0].role = Role.LEAD
    work.give(desk.session, laptop, to=cast.ida, act=act(cast.ida, MON, "12:10"))
    desk.say(laptop, cast.kim, MON, "12:20")
    page = send(page, "Ask and wait", **QUESTION)
    assert page.texts(".timeline li") == [
        "Kim Sørensen wrote a message. today 12:20",
        "Ida Brandt gave it to Ida Brandt. today 12:10",
    ]


def test_the_asking_side_reads_no_inner_steps(desk, laptop, see, send):
    page, ivo = see(desk.cast.kim), desk.cast.ivo
    desk.say(laptop, ivo, MON, "12:05")
    work.start(desk.session, laptop, act=act(ivo, MON, "12:10"))
    words.write_note(desk.session, laptop, words="Phew", act=act(ivo, MON, "12:20"))
    page = send(page, "form[action$=withdrawals]", reason="Not needed")
    assert page.texts(".timeline li") == ["Ivo Novak began to work on it. today 12:10"]


def test_the_form_stands_there_as_it_was_typed_and_can_be_sent(desk, laptop, see, send):
    page = see(desk.cast.ivo)
    work.start(desk.session, laptop, act=act(desk.cast.ivo, MON, "12:10"))
    page = send(page, "Ask and wait", **QUESTION)
    form = page.one(AGAIN)
    assert [label.get_text() for label in form.select(".field-label")] == [
        *("Who has the answer?", "Who else? (optional)", "Your question"),
        "When do you hope for it?",
    ]
    assert form.select_one("input[checked]")["value"] == "requester"
    assert "Which size?" in form.get_text()
    page = send(page, AGAIN, 200)
    assert "Waiting for Kim’s answer." in page.one("#turn").get_text()


def test_a_colleague_who_was_chosen_is_still_chosen_by_name(desk, laptop, see, send):
    page, cast = see(desk.cast.ivo), desk.cast
    work.start(desk.session, laptop, act=act(cast.ivo, MON, "12:10"))
    page = send(page, "Give it", to=str(cast.ida.id))
    assert page.one("#again-to option[selected]").get_text() == "Ida Brandt"
    send(page, "form:has(#again-to)", 200)
    assert laptop.holder_id == cast.ida.id


def test_where_nothing_happened_meanwhile_nothing_is_told(desk, laptop, see, send):
    page = see(desk.cast.ivo)
    linked = {"number": str(desk.ask(MON, "09:00").id), "kind": "related"}
    send(page, "Link them", 200, **linked)
    page = send(see(desk.cast.ivo), "Link them", **linked)
    assert "This is said already." in page.text
    assert "What happened meanwhile" not in page.text
    labels = page.texts(".stack-s .field-label")
    assert labels == ["How do they belong together?", "Number of the other request"]
    assert "It is related to that one" in page.text


@pytest.mark.parametrize(
    ("button", "typed", "said"),
    [
        ("Merge it", {"words": "The same"}, "A request cannot be merged into itself."),
        ("Link them", {"kind": "duplicate"}, "A request cannot be linked with itself."),
    ],
)
def test_with_itself_is_said_beside_the_field(desk, laptop, see, send, button, typed, said):
    page = send(see(desk.cast.ivo), button, 422, number=f"#{laptop.id}", **typed)
    assert page.texts(".field-error") == [said]
    assert f'value="#{laptop.id}"' in page.html
    assert all(word in page.html for word in typed.values())


def test_words_that_need_a_fresh_token_are_called_as_in_their_form(app, desk, laptop, see):
    page = see(desk.cast.ivo)
    page = PageClient(app, desk.session).submit(page, "Ask and wait", 400, **QUESTION)
    assert "Who has the answer? The person who asked" in page.text
    assert page.texts("label.field-label") == ["Your question"]
