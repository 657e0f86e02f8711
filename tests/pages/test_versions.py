"""Writing a piece: each version frozen, nothing overwritten, nothing read too early."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.documents.actions import NewVersion, make_version
from app.documents.models import Version
from app.handoffs.actions import hand_on
from app.handoffs.advice import Advice
from app.requests.acts import work
from tests.support.desk import MONDAY, act, ask

SAVE = "Save this version"


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def piece(db_session, cast):
    """An article that Kim asked for and Ada holds as its author."""
    request = ask(db_session, cast.article, cast.kim, "The harbour")
    work.claim(db_session, request, act=act(cast.ada))
    return request


@pytest.fixture
def write(client, cast, piece):
    def go(person=None, status=200):
        client.sign_in(person or cast.ada)
        return client.get(f"/requests/{piece.id}/versions/new", status)

    return go


def bodies(session):
    session.rollback()
    return [version.body for version in session.query(Version).order_by(Version.number)]


def test_the_author_writes_on_and_every_version_stays_readable(client, db_session, piece, write):
    assert "The first version." in write().text
    shown = client.submit(write(), SAVE, body="It was *cold*.\r\n\r\n", note="First go")
    assert shown.url == f"/requests/{piece.id}"
    assert "It stays with you until you send it on." in shown.text
    assert shown.one("#piece em").text == "cold"
    again = write()
    assert "You begin with version 1." in again.text
    assert again.one("textarea[name=body]").text.strip() == "It was *cold*."
    shown = client.submit(again, SAVE, body="It was warm.")
    assert "Version 2 by Ada Lindqvist" in shown.one("#piece").get_text()
    first = client.get(f"/requests/{piece.id}/versions/1")
    assert "“First go”" in first.text
    assert first.one(".piece").get_text().strip() == "It was cold."
    assert first.one("[aria-current=page]").text == "Version 1"
    assert bodies(db_session) == ["It was *cold*.", "It was warm."]


def test_a_text_that_cannot_be_a_version_is_said_beside_it(client, db_session, write):
    page = client.submit(write(), SAVE, 422, body=" \n", note="For Bea")
    assert "There is no text yet." in page.one(".field-error").text
    assert page.one("[name=note]")["value"] == "For Bea"
    long = client.submit(page, SAVE, 422, body="A start", note="n" * 281)
    assert "Please stay within 280 characters." in long.one(".field-error").text
    assert long.one("[name=body]").text.strip() == "A start"
    huge = client.submit(page, SAVE, 422, body="x" * 1_000_001, note="")
    assert "Please stay within 1,000,000 characters" in huge.one(".field-error").text
    assert bodies(db_session) == []


def test_a_second_click_makes_no_second_version(client, db_session, piece, write):
    page = write()
    client.submit(page, SAVE, body="Once")
    assert client.submit(page, SAVE, body="Once").url == f"/requests/{piece.id}"
    assert bodies(db_session) == ["Once"]


def test_two_tabs_do_not_overwrite_each_other(client, db_session, write):
    early, late = write(), write()
    client.submit(early, SAVE, body="From the first tab")
    refused = client.submit(late, SAVE, 409, body="From the second tab")
    assert "A newer version was saved" in refused.one(".field-error").text
    assert refused.link("See version 1 as it was saved").endswith("/versions/1")
    assert refused.one("[name=body]").text.strip() == "From the second tab"
    assert bodies(db_session) == ["From the first tab"]
    client.submit(refused, SAVE, body="From the second tab")
    assert bodies(db_session) == ["From the first tab", "From the second tab"]


def test_only_who_holds_it_may_write(client, db_session, cast, piece, write):
    page = write()
    write(cast.bea, 403)
    write(cast.kim, 403)
    write(cast.eve, 404)
    work.give(db_session, piece, to=cast.dov, act=act(cast.ada))
    client.sign_in(cast.ada)
    refused = client.submit(page, SAVE, 403, body="Too late")
    assert "Too late" in str(refused.one("[name=body]"))
    assert bodies(db_session) == []


def test_without_a_first_version_there_is_nothing_to_change(client, db_session, cast, piece, write):
    hand_on(db_session, piece, advice=Advice(), to=cast.bea, act=act(cast.ada))
    page = client.submit(write(cast.bea), SAVE, 409, body="Bea's")
    assert "The text is changed in the author's stage." in page.text
    assert bodies(db_session) == []


def test_a_script_in_the_text_is_text(client, piece, write):
    body = "<script>alert(1)</script> [here](javascript:alert(1)) مرحبا 🙂"
    page = client.submit(write(), SAVE, body=body)
    assert page.all("#piece script") == []
    assert not any("javascript" in link["href"] for link in page.all("#piece a"))
    assert "<script>alert(1)</script>" in page.one("#piece .piece").get_text()
    assert "مرحبا 🙂" in page.text


def test_nobody_outside_reads_a_version_before_its_time(client, db_session, cast, piece):
    make_version(db_session, piece, NewVersion("Draft", 0), act=act(cast.ada))
    url = f"/requests/{piece.id}/versions/1"
    for reader, status in ((cast.dov, 200), (cast.lou, 404), (cast.eve, 404)):
        client.sign_in(reader)
        client.get(url, status)
    client.sign_in(cast.dov)
    client.get(f"/requests/{piece.id}/versions/2", 404)
    client.get(f"/requests/{piece.id}/versions/{10**30}", 404)
