"""The door: passwords, guessing, sessions that end, and the demo's one click."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from freezegun import freeze_time
from sqlalchemy import select, update

from app.people import passwords
from app.people.models import LoginSession, Person
from tests.support.cast import PASSWORD, make_cast
from tests.support.clients import PageClient
from tests.support.desk import MONDAY

DOOR = "form:has(input[name=password])"


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


def knock(client, email, password, status=200, **more):
    client.stranger()
    return client.submit(client.get("/sign-in"), DOOR, status, email=email, password=password)


@pytest.mark.both
def test_the_right_password_opens_and_a_wrong_one_says_no_more_than_that(client, cast):
    assert knock(client, " ADA@baton.example ", PASSWORD).h1 == "My work"
    wrong = knock(client, "ada@baton.example", "wrong wrong wrong", 422)
    unknown = knock(client, "nobody@baton.example", "wrong wrong wrong", 422)
    assert wrong.texts(".field-error") == unknown.texts(".field-error") != []


@pytest.mark.both
def test_guessing_is_slowed_down_and_waiting_helps(client, cast, clock):
    for _ in range(5):
        knock(client, "ada@baton.example", "wrong wrong wrong", 422)
    page = knock(client, "ada@baton.example", PASSWORD, 429)
    assert page.headers["Retry-After"] == "900"
    assert "quarter of an hour" in page.text
    assert knock(client, "bea@baton.example", PASSWORD).h1 == "My work"
    clock.tick(timedelta(minutes=16))
    assert knock(client, "ada@baton.example", PASSWORD).h1 == "My work"


def test_coming_in_often_shuts_no_door(client, cast, clock):
    for _ in range(7):
        assert knock(client, "ada@baton.example", PASSWORD).h1 == "My work"


def test_it_leads_to_where_one_wanted_to_go_but_never_away(client, cast):
    page = client.get("/ask")
    assert page.url == "/sign-in?next=/ask"
    page = client.submit(page, DOOR, email="ada@baton.example", password=PASSWORD)
    assert page.url == "/ask"


@pytest.mark.parametrize(
    "foreign",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "/\r/evil"],
)
def test_it_never_leads_away(client, cast, foreign):
    page = client.get("/sign-in")
    typed = {"email": "ada@baton.example", "password": PASSWORD, "next": foreign}
    assert client.submit(page, DOOR, **typed).url == "/"
    token = client.get("/me").all("input[name=csrf_token]")[0]["value"]
    data = {"csrf_token": token, "form": "/ask", "back": foreign}
    answer = client.raw("/drafts/drop", method="POST", data=data)
    assert (answer.status_code, answer.location) == (303, "/")


def test_signing_out_ends_the_session_for_a_copied_cookie_too(client, cast):
    client.sign_in(cast.ada)
    cookie = client._browser.get_cookie("baton").value
    client.submit(client.get("/"), "Sign out")
    client._browser.set_cookie("baton", cookie)
    assert client.get("/").url == "/sign-in?next=/"


def test_a_session_ends_when_idle_revoked_or_its_person_has_left(client, cast, db_session, clock):
    client.sign_in(cast.ada)
    clock.tick(timedelta(days=13))
    assert client.get("/").h1 == "My work"
    clock.tick(timedelta(days=13))
    assert client.get("/").h1 == "My work", "being used keeps it"
    clock.tick(timedelta(days=15))
    assert client.get("/").url == "/sign-in?next=/"
    client.sign_in(cast.bea)
    db_session.execute(update(Person).where(Person.id == cast.bea.id).values(is_active=False))
    assert client.get("/").url == "/sign-in?next=/"


def test_everywhere_means_everywhere(client, cast, db_session):
    client.sign_in(cast.ada)
    knock(client, "ada@baton.example", PASSWORD)
    client.submit(client.get("/me"), "Sign out everywhere")
    assert set(db_session.scalars(select(LoginSession.revoked_at.is_not(None)))) == {True}
    client.sign_in(cast.ada)
    assert client.get("/").url == "/sign-in?next=/"


def test_another_browser_is_mine_to_end_and_nobody_elses(client, cast, db_session):
    client.sign_in(cast.ada)
    knock(client, "ada@baton.example", PASSWORD)
    page = client.submit(client.get("/me"), "Sign it out")
    assert len(page.all("form[action*=browsers] button")) == 1
    bea = knock(client, "bea@baton.example", PASSWORD)
    assert bea.h1 == "My work"
    client.sign_in(cast.bea)
    token = client.get("/me").one("form[action='/sign-out'] input")["value"]
    ids = db_session.scalars(select(LoginSession.id).order_by(LoginSession.id)).all()
    client.post(f"/me/browsers/{ids[0]}/end", {"csrf_token": token}, 404)


def test_a_new_password_needs_the_present_one(client, cast):
    client.sign_in(cast.ada)
    page = client.get("/me")
    wrong = client.submit(page, "Change it", 422, current="not this one", password="a" * 12)
    assert "not your present password" in wrong.text
    weak = client.submit(page, "Change it", 422, current=PASSWORD, password="short")
    assert "12 characters" in weak.texts(".field-error")[0]
    client.submit(page, "Change it", current=PASSWORD, password="a calm new sentence")
    assert knock(client, "ada@baton.example", "a calm new sentence").h1 == "My work"
    knock(client, "ada@baton.example", PASSWORD, 422)


def test_words_about_ones_hours_are_saved_or_refused_beside_the_field(client, cast):
    client.sign_in(cast.ada)
    page = client.submit(client.get("/me"), "Save", 422, works="x" * 121)
    assert "120" in page.texts(".field-error")[0]
    page = client.submit(page, "Save", works="Back on Monday")
    assert page.one("[name=works]")["value"] == "Back on Monday"


def test_words_typed_while_signed_out_are_kept_through_the_door(client, cast, db_session):
    client.sign_in(cast.kim)
    page = client.get(f"/ask/types/{cast.laptop.id}")
    db_session.execute(update(LoginSession).values(revoked_at=MONDAY))
    form = "form:has([name=title])"
    door = client.submit(page, form, 401, title="My long title", answer_wish="New")
    assert "your words are kept" in door.text
    kept = client.submit(door, DOOR, email="kim@baton.example", password=PASSWORD)
    assert kept.one("[name=title]")["value"] == "My long title"
    assert client.submit(kept, "Send them now").h1 == "My long title"


def test_the_demo_lets_anybody_in_with_one_click_and_nothing_else_does(make_app, client, cast):
    token = client.get("/sign-in").one("input[name=csrf_token]")["value"]
    client.post(f"/demo/{cast.ada.id}", {"csrf_token": token}, 404)

    app = make_app(BATON_DEMO="yes")
    with app.app_context():
        from app.db import db

        everybody = make_cast(db.session)
        db.session.commit()
        demo = PageClient(app, db.session)
        door = demo.get("/sign-in")
        assert door.h1 == "Who are you today?"
        page = demo.submit(door, f"form[action='/demo/{everybody.ada.id}']")
        assert page.h1 == "My work"


def test_a_hash_from_before_is_made_anew_when_its_password_is_given(
    client, cast, db_session, monkeypatch
):
    before = cast.kim.password_hash
    stronger = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", stronger)
    client.sign_in(cast.kim)
    db_session.refresh(cast.kim)
    assert cast.kim.password_hash != before
    assert passwords.password_fits(PASSWORD, cast.kim.password_hash)
    assert not passwords.is_outdated(cast.kim.password_hash)
