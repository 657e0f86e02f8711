"""Tokens and the calendar of what is due, on one's own page."""

from datetime import timedelta

import pytest
from freezegun import freeze_time
from icalendar import Calendar

from app.catalogue.rules import Visibility
from app.people.programs import ApiToken
from app.requests.acts import work
from tests.support.desk import MONDAY, act, ask


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_a_token_is_made_shown_once_used_and_revoked(client, db_session, cast):
    client.sign_in(cast.ivo)
    page = client.get("/me/tokens")
    assert page.one("#days")["value"] == "90"
    page = client.submit(page, "Make it", 422, name=" ", days="366")
    assert page.one("#days")["aria-invalid"] == page.one("#name")["aria-invalid"] == "true"
    page = client.submit(page, "Make it", name="Our intake form", scope="write", days="30")
    token = page.one(".to-copy").text.strip()
    assert token.startswith("baton_1_")
    kept = db_session.query(ApiToken).one()
    assert (kept.may_write, kept.expires_at) == (True, MONDAY + timedelta(days=30))
    page = client.get("/me/tokens")
    assert token not in page.text
    assert "Not used yet" in page.text
    assert client.raw("/api/v1/teams", headers=bearer(token)).status_code == 200
    page = client.get("/me/tokens")
    assert "Last used" in page.text
    page = client.submit(page, "form[action$=end]")
    assert "Our intake form" not in page.one("main ul, main .muted").text
    assert client.raw("/api/v1/teams", headers=bearer(token)).status_code == 401


def test_a_second_click_makes_no_second_token(client, db_session, cast):
    client.sign_in(cast.ivo)
    empty = client.get("/me/tokens")
    first, second = (
        client.submit(empty, "Make it", name="Twice").one(".to-copy").text.strip() for _ in "12"
    )
    assert db_session.query(ApiToken).count() == 1
    assert client.raw("/api/v1/teams", headers=bearer(first)).status_code == 401
    assert client.raw("/api/v1/teams", headers=bearer(second)).status_code == 200
    third = client.submit(empty, "Make it", 422, name="x" * 81)
    assert "80 characters" in third.text


def test_nobody_revokes_the_token_of_another(client, db_session, cast):
    client.sign_in(cast.ivo)
    client.submit(client.get("/me/tokens"), "Make it", name="Mine")
    address = client.get("/me/tokens").one("form[action$=end]")["action"]
    client.sign_in(cast.ida)
    data = {"csrf_token": client.get("/me/tokens").all("input[name=csrf_token]")[0]["value"]}
    assert client.raw(address, method="POST", data=data).status_code == 404
    assert db_session.query(ApiToken).one().revoked_at is None


def calendar_of(client, person):
    """Return the path of a new calendar address of somebody, and open their page again."""
    client.sign_in(person)
    page = client.submit(client.get("/me/tokens"), "form[action$=calendar]")
    return page.one(".to-copy").text.strip().removeprefix("http://localhost:5000")


def events(client, path):
    client.stranger()
    answer = client.raw(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return Calendar.from_ical(answer.data).walk("VEVENT")


def test_a_calendar_shows_what_is_due_for_its_person_alone(client, db_session, cast):
    laptop = ask(db_session, cast.laptop, cast.kim, "A laptop; green, light")
    ask(db_session, cast.laptop, cast.lou, "Not for me")
    cast.article.visibility = Visibility.CONFIDENTIAL
    ask(db_session, cast.article, cast.kim, "A secret story")
    work.claim(db_session, laptop, act=act(cast.ivo))
    kim, ivo = (
        events(client, calendar_of(client, cast.kim)),
        events(client, calendar_of(client, cast.ivo)),
    )
    assert [str(event["summary"]) for event in kim] == [
        "Expected: A laptop; green, light (#1)",
        "Expected: A confidential request (#3)",
    ]
    assert [str(event["summary"]) for event in ivo] == ["Due: A laptop; green, light (#1)"]
    assert kim[0]["dtstart"].dt == laptop.due_at
    assert ivo[0]["dtstart"].dt == laptop.respond_by
    assert str(kim[0]["url"]) == "http://localhost:5000/requests/1"
    assert "secret" not in b"".join(event.to_ical() for event in kim).decode()


def test_what_is_done_leaves_the_calendar(client, db_session, cast):
    laptop = ask(db_session, cast.laptop, cast.kim)
    path = calendar_of(client, cast.kim)
    assert len(events(client, path)) == 1
    work.decline(db_session, laptop, reason="No", change="", instead="x", act=act(cast.ivo))
    assert events(client, path) == []


def test_a_wrong_an_old_and_a_leavers_address_lead_nowhere(client, db_session, cast):
    old = calendar_of(client, cast.kim)
    new = calendar_of(client, cast.kim)
    events(client, new)
    for path in (old, new[:-5] + "x.ics", "/calendar/x.ics"):
        assert client.raw(path).status_code == 404, path
    cast.kim.is_active = False
    assert client.raw(new).status_code == 404


def test_a_calendar_that_is_ended_leads_nowhere(client, db_session, cast):
    path = calendar_of(client, cast.kim)
    client.sign_in(cast.kim)
    page = client.submit(client.get("/me/tokens"), "form[action$='calendar/end']")
    assert "leads nowhere any more" in page.text
    assert client.raw(path).status_code == 404
    assert not page.all("form[action$='calendar/end']")


def test_whoever_left_and_comes_back_begins_without_tokens_and_calendar(client, db_session, cast):
    cast.eve.is_admin = True
    path = calendar_of(client, cast.kim)
    page = client.submit(client.get("/me/tokens"), "Make it", name="Intake", scope="read", days="9")
    token = page.one(".to-copy").text.strip()
    client.sign_in(cast.eve)
    client.submit(client.get(f"/admin/people/{cast.kim.id}/leave"), "Deactivate")
    client.submit(client.get(f"/admin/people/{cast.kim.id}"), "Bring them back")
    assert client.raw("/api/v1/teams", headers=bearer(token)).status_code == 401
    assert client.raw(path).status_code == 404
