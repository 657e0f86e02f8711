"""Baton speaks the language that somebody has chosen, or the one their browser asks for."""

import pytest
from freezegun import freeze_time

from app import language
from tests.support.clients import PageClient
from tests.support.it_desk import MON, at

GERMAN = {"Accept-Language": "de-CH,de;q=0.9,en;q=0.5"}


def test_the_door_speaks_the_language_of_the_browser(client):
    page = client.get("/sign-in", **GERMAN)
    assert page.soup.html["lang"] == "de"
    assert "Zum Inhalt springen" in page.text
    answer = client.raw("/sign-in", headers=GERMAN)
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_language_that_baton_does_not_speak_is_answered_in_english(client):
    page = client.get("/sign-in", **{"Accept-Language": "fi"})
    assert page.soup.html["lang"] == "en"
    assert "Skip to the page" in page.text


def test_who_chooses_a_language_is_spoken_to_in_it_whatever_the_browser_asks_for(desk, client):
    with freeze_time(at(MON, "09:00")):
        client.sign_in(desk.cast.kim)
        page = client.submit(client.get("/me"), "form[action='/me/language']", code="de")
        assert "Gespeichert." in page.text
        assert "Meine Arbeit" in client.get("/", **{"Accept-Language": "en"}).text

        page = client.submit(client.get("/me"), "form[action='/me/language']", code="")
        assert "Saved." in page.text
        assert "My work" in client.get("/").text
        assert "Meine Arbeit" in client.get("/", **GERMAN).text


def test_two_readers_of_one_page_each_read_it_in_their_own_language(desk, client):
    with freeze_time(at(MON, "09:00")):
        client.sign_in(desk.cast.kim)
        client.submit(client.get("/me"), "form[action='/me/language']", code="de")
        for name, words in [(desk.cast.ivo, "My work"), (desk.cast.kim, "Meine Arbeit")] * 2:
            client.sign_in(name)
            assert words in client.get("/").text


def test_a_language_that_was_made_up_is_refused_beside_the_field(desk, client):
    with freeze_time(at(MON, "09:00")):
        client.sign_in(desk.cast.kim)
        token = client.get("/me").one("form[action='/me/language'] [name=csrf_token]")["value"]
        answer = client.post("/me/language", {"csrf_token": token, "code": "tlh"}, 422)
        assert answer.texts("#code-error")


def test_a_choice_that_came_from_a_house_with_more_languages_is_passed_over(
    desk, client, db_session
):
    with freeze_time(at(MON, "09:00")):
        client.sign_in(desk.cast.kim)
        desk.cast.kim.language = "fr"
        db_session.commit()
        assert "My work" in client.get("/").text
        assert "Meine Arbeit" in client.get("/", **GERMAN).text
        assert client.get("/me").soup.html["lang"] == "en"


@pytest.fixture
def german_house(make_app):
    yield make_app(BATON_LANGUAGE="de")
    language.live_in(language.ENGLISH)


def test_the_language_of_the_house_is_for_whoever_neither_chose_nor_asks_for_one(
    german_house, db_session
):
    client = PageClient(german_house, db_session)
    for wanted, spoken in ((None, "de"), ("fi", "de"), ("en", "en"), ("de", "de")):
        page = client.get("/sign-in", **({"Accept-Language": wanted} if wanted else {}))
        assert page.soup.html["lang"] == spoken
    with language.speaking(None):  # as letters are written to those who have chosen none
        assert language.gettext("Saved.") == "Gespeichert."
    with language.speaking("en"):
        assert language.gettext("Saved.") == "Saved."
