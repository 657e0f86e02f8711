"""A link from a mail: lets in once and for ten minutes, and tells nobody who is here."""

from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import func, select, update

from app.notices.models import Letter
from app.people.links import SignInLink
from app.people.models import LoginSession, Person
from tests.support.desk import MONDAY
from tests.support.doors import ask_for_link, knock

ADA = "ada@baton.example"
NEW = "a calm new sentence"


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


def test_a_link_lets_in_once_and_only_by_a_button(client, cast, by_mail, mailbox):
    sent = ask_for_link(client, f" {ADA.upper()} ")
    assert sent.h1 == "Look into your mail"
    link = by_mail()
    assert mailbox.subjects(ADA) == ["Your link to sign in"]
    assert mailbox.mails[0]["List-Unsubscribe"] is None
    for _ in range(2):
        page = client.get(link)  # as a program that looks at mail does
    assert page.h1 == "Sign in as Ada Lindqvist"
    assert client.submit(page, "Sign in").h1 == "My work"
    client.stranger()
    assert client.get(link, 404).h1 == "This link is used up"
    assert client.submit(page, "Sign in", 400)  # a page of another browser
    again = client.submit(client.get("/sign-in"), "Mail me a link", email=ADA)
    assert again.h1 == sent.h1


def test_a_link_is_too_old_after_a_quarter_of_an_hour(client, cast, by_mail, clock):
    ask_for_link(client, ADA)
    link = by_mail()
    clock.tick(timedelta(minutes=9))
    page = client.get(link)
    clock.tick(timedelta(minutes=1))
    assert client.submit(page, "Sign in", 404).h1 == "This link is used up"
    client.get(link, 404)


def test_whoever_is_asked_for_the_answer_is_the_same(client, cast, by_mail, mailbox, db_session):
    db_session.execute(update(Person).where(Person.id == cast.bea.id).values(is_active=False))
    answers = {}
    for email in (ADA, "zoe@baton.example", "bea@baton.example"):
        answers[email] = ask_for_link(client, email).text.replace(email, "…")
    assert len(set(answers.values())) == 1
    rows = select(func.count()).select_from(SignInLink)
    assert db_session.scalar(rows) == 3, "the page does the same for everybody"
    by_mail()
    assert [mail["To"] for mail in mailbox.mails] == [ADA]
    db_session.rollback()
    assert db_session.scalar(rows) == 1, "what nobody has is not kept"


def test_asking_often_is_slowed_down_for_anybody(client, cast, by_mail, clock, db_session):
    for email in (ADA, "zoe@baton.example"):
        for _ in range(5):
            ask_for_link(client, email)
        page = ask_for_link(client, email, 429)
        assert page.headers["Retry-After"] == "900"
        assert "quarter of an hour" in page.texts(".field-error")[0]
    assert knock(client, ADA).h1 == "My work", "the other door is not shut by that"
    by_mail()
    assert db_session.scalar(select(func.count()).select_from(Letter)) == 5
    clock.tick(timedelta(minutes=16))
    ask_for_link(client, ADA)


def test_guessing_links_is_slowed_down_by_address(client, cast, by_mail):
    token = client.get("/sign-in").one("input[name=csrf_token]")["value"]
    for _ in range(30):
        client.post("/sign-in/links/guessed", {"csrf_token": token}, 404)
    client.post("/sign-in/links/guessed", {"csrf_token": token}, 429)


def test_who_forgot_the_password_sets_a_new_one_and_other_browsers_end(
    client, cast, by_mail, clock, db_session
):
    client.sign_in(cast.ada)
    ask_for_link(client, ADA)
    link, _ = by_mail(), ask_for_link(client, ADA)
    other_link = by_mail()
    page = client.submit(client.get(link), "Sign in and set a new password")
    assert page.h1 == "A new password"
    assert "12" in client.submit(page, "Keep it", 422, password="short").texts(".field-error")[0]
    assert client.submit(page, "Keep it", password=NEW).h1 == "My work"
    assert client.get("/").h1 == "My work"
    client.get(other_link, 404)
    client.sign_in(cast.ada)
    assert client.get("/").url == "/sign-in?next=/"
    knock(client, ADA, status=422)
    assert knock(client, ADA, NEW).h1 == "My work"


def test_only_a_fresh_link_does_without_the_present_password(client, cast, by_mail, clock):
    client.sign_in(cast.bea)
    page = client.get("/me/new-password")
    assert not page.all("form.door-card")
    ask_for_link(client, ADA)
    form = client.submit(client.get(by_mail()), "Sign in and set a new password")
    clock.tick(timedelta(minutes=16))
    assert "present one" in client.submit(form, "Keep it", 403, password=NEW).text
    assert knock(client, ADA).h1 == "My work"


def test_it_leads_to_where_one_wanted_to_go(client, cast, by_mail):
    client.stranger()
    client.submit(client.get("/ask"), "Mail me a link", email=ADA)
    assert client.submit(client.get(by_mail()), "Sign in").url == "/ask"


def test_without_a_mail_server_there_is_no_such_door(client, cast):
    page = client.get("/sign-in")
    assert "Mail me a link" not in page.text
    token = page.one("input[name=csrf_token]")["value"]
    client.post("/sign-in/link", {"csrf_token": token, "email": ADA}, 404)


def test_every_browser_ends_after_thirty_days_and_a_new_sign_in_ends_the_old_key(
    client, cast, clock, db_session
):
    client.sign_in(cast.ada)
    for _ in range(4):
        clock.tick(timedelta(days=7))
        assert client.get("/").h1 == "My work"
    clock.tick(timedelta(days=2))
    assert client.get("/").url == "/sign-in?next=/", "however often it was used"
    client.sign_in(cast.bea)
    old = client._browser.get_cookie("baton").value
    page = client.get("/sign-in")
    client.submit(
        page, "form:has(input[name=password])", email=ADA, password="correct horse battery"
    )
    client._browser.set_cookie("baton", old)
    assert client.get("/").url == "/sign-in?next=/"
    open_rows = select(func.count()).where(LoginSession.revoked_at.is_(None))
    assert db_session.scalar(open_rows) == 2


def test_words_typed_while_signed_out_wait_on_the_page_that_says_so(
    client, cast, by_mail, db_session
):
    client.sign_in(cast.ada)
    page = client.get(f"/ask/types/{cast.laptop.id}")
    db_session.execute(update(LoginSession).values(revoked_at=MONDAY))
    door = client.submit(
        page, "form:has([name=title])", 401, title="My long title", answer_wish="New"
    )
    sent = client.submit(door, "Mail me a link", email=ADA)
    assert sent.one("[name=title]")["value"] == "My long title"
    client.submit(client.get(by_mail()), "Sign in")
    again = client.submit(sent, "Send them now", 400)
    assert client.submit(again, "Send it again").h1 == "My long title"


def test_a_password_typed_while_signed_out_is_not_kept(client, cast, db_session):
    client.sign_in(cast.ada)
    page = client.get("/me")
    db_session.execute(update(LoginSession).values(revoked_at=MONDAY))
    door = client.submit(page, "Change it", 401, current="my present one", password=NEW)
    assert "my present one" not in door.html
    assert NEW not in door.html
