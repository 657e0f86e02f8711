"""Talking on a request's page with htmx: no reload, no lost word, no second message."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select, update

from app import clock
from app.people.models import LoginSession
from app.requests.models import Message
from tests.support.cast import PASSWORD
from tests.support.desk import ask


@pytest.fixture
def page(browser_page, cast, db_session):
    request = ask(db_session, cast.laptop, cast.kim)
    db_session.commit()
    page = browser_page()
    page.goto(f"/sign-in?next=/requests/{request.id}")
    page.get_by_label("E-mail").fill("ivo@baton.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A laptop")
    return page


def test_a_message_appears_without_leaving_the_page(page, db_session):
    unfolded = page.locator("details", has_text="Say that it is done")
    unfolded.locator("summary").click()
    page.get_by_label("What did you do").fill("Half a sentence")
    page.get_by_label("Your message").fill("I look at it now.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#talk .conversation")).to_contain_text("I look at it now.")
    expect(page.get_by_label("Your message")).to_have_value("")
    expect(page.get_by_label("What did you do")).to_have_value("Half a sentence")
    assert page.locator("#talk").count() == 1
    assert page.locator("#turn").count() == 1
    db_session.rollback()
    assert db_session.scalar(select(func.count()).select_from(Message)) == 1


def test_what_cannot_be_sent_stays_where_it_was_typed(page):
    page.get_by_label("Your message").fill("   ")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#talk .field-error")).to_contain_text("Please write something")
    page.get_by_label("Your message").fill("Now with words.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#talk .conversation")).to_contain_text("Now with words.")


def test_taking_a_message_back_is_offered_no_longer_than_it_holds(page):
    page.clock.install()
    page.reload()
    page.get_by_label("Your message").fill("Oh, and")
    page.get_by_role("button", name="Send", exact=True).click()
    back = page.get_by_role("button", name="Take it back")
    expect(back).to_be_visible()
    page.clock.fast_forward("00:11")
    expect(back).to_have_count(0)
    expect(page.locator("#talk .conversation")).to_contain_text("Oh, and")


def test_a_closed_laptop_loses_no_word(page, browser_page):
    url = page.url
    page.get_by_label("Your message").fill("I was about to say")
    expect(page.locator("#form-message .kept-note")).to_have_text("Your words are kept.")
    page.context.close()

    again = browser_page()
    again.goto(f"/sign-in?next={url.partition('/requests')[1]}{url.partition('/requests')[2]}")
    again.get_by_label("E-mail").fill("ivo@baton.example")
    again.get_by_label("Password").fill(PASSWORD)
    again.get_by_role("button", name="Sign in").click()
    expect(again.get_by_label("Your message")).to_have_value("I was about to say")


def test_whoever_was_signed_out_meanwhile_comes_to_the_door_and_back_with_the_words(
    page, db_session
):
    page.get_by_label("Your message").fill("I look at it now.")
    db_session.rollback()
    db_session.execute(update(LoginSession).values(revoked_at=clock.now()))
    db_session.commit()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#main")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("#said")).to_have_text("")
    db_session.rollback()
    assert db_session.scalar(select(func.count()).select_from(Message)) == 0

    page.get_by_label("E-mail").fill("ivo@baton.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Your message")).to_have_value("I look at it now.")
    page.get_by_role("button", name="Send them now").click()
    expect(page.locator("#talk .conversation")).to_contain_text("I look at it now.")
