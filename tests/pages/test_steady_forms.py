"""A form drawn once for all is, on each page, the form of that page."""

import pytest
from freezegun import freeze_time

from app.web import steady
from tests.support.it_desk import MON, at

WITHDRAW = "form#form-withdraw"
GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def look(desk, client):
    def page_of(request, who=None, **headers):
        with freeze_time(at(MON, "10:00")):
            client.sign_in(who or desk.cast.kim)
            return client.get(f"/requests/{request.id}", **headers)

    steady._kept.clear()
    return page_of


def hidden(page, name):
    return page.one(f"{WITHDRAW} [name={name}]")["value"]


def test_each_page_has_its_own_address_version_key_and_token(desk, look):
    first, second = desk.ask(MON, "09:00"), desk.ask(MON, "09:05")
    desk.say(second, desk.cast.kim, MON, "09:10")
    pages = [look(first), look(second), look(second)]

    assert [page.one(WITHDRAW)["action"].split("/")[2] for page in pages] == [
        str(first.id),
        *[str(second.id)] * 2,
    ]
    assert [hidden(page, "seen") for page in pages] == [
        str(first.version),
        *[str(second.version)] * 2,
    ]
    assert len({hidden(page, "key") for page in pages}) == 3


def test_nothing_of_one_reader_stands_on_the_page_of_another(desk, look):
    laptop = desk.ask(MON, "09:00")
    kims, elses = look(laptop), look(laptop, desk.cast.ivo)
    tokens = {hidden(kims, "csrf_token"), kims.one("form#form-message [name=csrf_token]")["value"]}
    theirs = elses.one("form#form-message [name=csrf_token]")["value"]
    assert theirs not in tokens
    assert hidden(kims, "key") not in str(elses.soup)


def test_it_is_drawn_once_in_each_language(desk, look):
    laptop = desk.ask(MON, "09:00")
    assert "Take it back" in look(laptop).one("details:has(#form-withdraw)").get_text()
    assert "Zurücknehmen" in look(laptop, **GERMAN).one("details:has(#form-withdraw)").get_text()
    assert "Take it back" in look(laptop).one("details:has(#form-withdraw)").get_text()
    kept = len(steady._kept)
    look(desk.ask(MON, "09:30"))
    assert len(steady._kept) == kept


def test_typed_words_come_back_in_their_form_and_in_no_other(desk, client, look):
    laptop, other = desk.ask(MON, "09:00"), desk.ask(MON, "09:05")
    page = look(laptop)
    with freeze_time(at(MON, "10:01")):
        wrong = client.submit(page, WITHDRAW, 422, reason="x" * 20_001)
    assert "x" * 20_001 in wrong.one(f"{WITHDRAW} textarea").get_text()
    assert look(other).one(f"{WITHDRAW} textarea").get_text().strip() == ""
