"""Saying that one is away, on the pages."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.requests.acts import work
from tests.support.desk import MONDAY, act, ask


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY + timedelta(hours=1)):
        yield


def test_others_read_who_is_away_and_who_stands_in(client, db_session, cast):
    laptop = ask(db_session, cast.laptop, cast.kim)
    work.claim(db_session, laptop, act=act(cast.ivo))
    client.sign_in(cast.ivo)
    page = client.get("/me/away")
    page = client.submit(
        page, "Save these days", 422, first_day="2026-03-05", last_day="2026-03-02", substitute="0"
    )
    assert "comes after the first" in page.text
    assert page.one("#first_day")["value"] == "2026-03-05"
    page = client.submit(
        page,
        "Save these days",
        first_day="2026-03-02",
        last_day="2026-03-05",
        substitute=str(cast.ida.id),
    )
    assert "Ida Brandt stands in" in page.text
    client.sign_in(cast.kim)
    said = client.get(f"/requests/{laptop.id}").one("#facts").text
    assert "Away until Thursday 5 March; Ida Brandt stands in." in " ".join(said.split())
    client.sign_in(cast.ida)
    assert "A laptop" in client.get("/").one("section:has(#waiting)").text
    client.sign_in(cast.ivo)
    page = client.submit(client.get("/me/away"), "form[action$=end]")
    assert "You are here, as far as anybody knows." in page.text


def test_nobody_ends_the_absence_of_another(client, db_session, cast):
    client.sign_in(cast.ivo)
    client.submit(
        client.get("/me/away"),
        "Save these days",
        first_day="2026-03-02",
        last_day="2026-03-05",
        substitute="0",
    )
    page = client.get("/me/away")
    address = page.one("form[action$=end]")["action"]
    client.sign_in(cast.ida)
    token = client.get("/me").all("input[name=csrf_token]")[0]["value"]
    assert client.raw(address, method="POST", data={"csrf_token": token}).status_code == 404
