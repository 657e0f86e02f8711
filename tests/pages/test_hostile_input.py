"""What people and machines put into fields: each has a clear answer, and none breaks a page."""

import re

import pytest
from sqlalchemy import func, select

from app.requests.models import Event, Message, Request
from tests.support.desk import ask

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"
EMOJI = "👩‍👩‍👧‍👦 café"
RTL = "\u202eright to left\u202c مرحبا"


@pytest.fixture
def request_id(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    db_session.commit()
    return request.id


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def fill_in(client, cast, status=200, **fields):
    page = client.get(f"/ask/types/{cast.laptop.id}")
    given = {"title": "A laptop", "wish": "New", **fields}
    names = {field["name"] for field in page.all("form [name]")}
    named = {f"answer_{k}" if f"answer_{k}" in names else k: v for k, v in given.items()}
    return client.submit(page, "form[method=post]:has([name=title])", status, **named)


@pytest.mark.both
@pytest.mark.parametrize("words", [SCRIPT, EMOJI, RTL], ids=["script", "emoji", "right-to-left"])
def test_every_text_is_shown_as_text(client, cast, words):
    client.sign_in(cast.kim)
    page = fill_in(client, cast, title=words, details=words)
    page = client.submit(page, "Send", words=words)

    assert page.text.count(words.split("<")[0][:12]) >= 1
    assert words.split(" [")[0] in page.h1
    assert not page.all("script:not([src])")
    assert not page.all("[onerror]")
    assert not page.all("a[href^='javascript']")
    for url in ("/", "/asked", f"/teams/{cast.it_help.id}", f"/teams/{cast.it_help.id}/board"):
        assert client.get(url)


@pytest.mark.both
def test_a_nul_is_refused_with_the_words_kept(client, db_session, cast, request_id):
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{request_id}")
    page = client.submit(page, "Send", 400, words="Before\0after")

    assert "NUL" in page.text
    assert page.one("[name=words]")["value"] == "Before\ufffdafter"
    assert count(db_session, Message) == 0


def test_a_title_of_a_megabyte_is_refused_beside_the_field(client, db_session, cast):
    client.sign_in(cast.kim)
    page = fill_in(client, cast, 422, title="long " * 200_000)

    assert "200" in page.texts(".field-error")[0]
    assert count(db_session, Request) == 0


def test_a_message_that_is_too_long_is_kept_beside_its_sentence(
    client, db_session, cast, request_id
):
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{request_id}")
    page = client.submit(page, "Send", 422, words="long " * 10_000)

    assert "20,000" in page.texts(".field-error")[0]
    assert page.one("textarea#message-words").text.strip() == ("long " * 10_000).strip()
    assert count(db_session, Message) == 0


def test_a_body_of_ten_megabytes_is_told_the_limit(client, db_session, cast, request_id):
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{request_id}")
    page = client.submit(page, "Send", 413, words="x" * 10_000_000)

    assert "4 MB" in page.text
    assert count(db_session, Message) == 0


def test_spaces_are_no_words(client, db_session, cast, request_id):
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{request_id}")
    page = client.submit(page, "Send", 422, words="   \n ")

    assert page.texts(".field-error")
    assert count(db_session, Message) == 0


def test_without_its_token_a_form_does_nothing_and_its_words_are_kept(
    client, db_session, cast, request_id
):
    client.sign_in(cast.kim)
    page = client.post(
        f"/requests/{request_id}/messages", {"words": "My words", "key": "k" * 12}, 400
    )

    assert page.one("[name=words]")["value"] == "My words"
    assert count(db_session, Message) == 0
    page = client.submit(page, "Send it again")
    assert "My words" in page.text
    assert count(db_session, Message) == 1


def test_a_foreign_address_is_nothing_here(client, cast, request_id):
    client.sign_in(cast.eve)
    page = client.get(f"/requests/{request_id}", 404)

    assert page.h1 == client.get("/requests/999999", 404).h1
    client.get("/requests/99999999999999999999999", 404)
    client.get("/requests/-1", 404)
    client.get("/teams/99999999999999999999", 404)


def test_the_second_click_writes_nothing(client, db_session, cast, request_id):
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{request_id}")
    client.submit(page, "Send", words="Once")
    again = client.submit(page, "Send", words="Once")

    assert again.url == f"/requests/{request_id}"
    assert count(db_session, Message) == 1


@pytest.mark.both
def test_c5_a_stale_page_is_told_what_happened_and_keeps_its_words(
    client, db_session, cast, request_id
):
    client.sign_in(cast.ida)
    old = client.get(f"/requests/{request_id}")
    client.sign_in(cast.ivo)
    client.submit(client.get(f"/requests/{request_id}"), "Take it up")
    client.sign_in(cast.ida)
    page = client.submit(old, "Ask and wait", 409, waiting_on="requester", question="Which one?")

    assert "Which one?" in page.html
    assert "Ivo Novak" in page.text
    assert count(db_session, Event) == 2
    page = client.submit(page, "Send it again")
    assert "Which one?" in page.text
    assert "Waiting for Kim" in page.text


def test_a_key_that_is_missing_or_strange_is_refused(client, db_session, cast, request_id):
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{request_id}")
    token = re.search(r'csrf_token" value="([^"]+)', page.html)[1]
    for key in ("", "short", "x" * 100):
        data = {"csrf_token": token, "key": key, "words": "Hello"}
        client.post(f"/requests/{request_id}/messages", data, 422)
    assert count(db_session, Message) == 0
