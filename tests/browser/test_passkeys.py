"""Passkeys in a real Chromium with a virtual authenticator."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.people.factors import Passkey
from app.people.models import Person
from tests.support.axe import violations
from tests.support.cast import PASSWORD


@pytest.fixture
def house(live_server, setting):
    """Serve under the name localhost: a passkey is never made for a bare address of numbers."""
    address = live_server.replace("127.0.0.1", "localhost")
    setting(address=address)
    return address


@pytest.fixture
def device(browser_page, house):
    """Return a maker of pages whose browser has a security key in it."""

    def make(**options):
        page = browser_page(**options)
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        key = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        session.send("WebAuthn.addVirtualAuthenticator", {"options": key})
        return page

    return make


def sign_in(page, house, there="/"):
    page.goto(f"{house}/sign-in?next={there}")
    page.get_by_label("E-mail").fill("ada@baton.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def check_access(page):
    """Look at a page as axe does."""
    assert violations(page) == []


def add_passkey(page, house):
    sign_in(page, house, "/me/second-step")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("What to call it")).to_be_visible()
    page.wait_for_load_state("load")  # words filled in before that may go astray
    page.get_by_label("What to call it").fill("My laptop")
    expect(page.get_by_label("What to call it")).to_have_value("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    check_access(page)
    return page.locator(".codes code").first.inner_text()


def test_a_passkey_is_made_shown_and_forgotten(device, house, cast, db_session):
    page = device()
    add_passkey(page, house)
    passkey = db_session.scalar(select(Passkey))
    assert (passkey.name, passkey.person_id, passkey.used_at) == ("My laptop", cast.ada.id, None)
    db_session.rollback()
    page.goto(f"{house}/me")
    page.get_by_role("button", name="Sign out everywhere").click()
    sign_in(page, house, "/ask")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    check_access(page)
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("**/ask")
    assert db_session.scalar(select(Passkey.used_at)) is not None
    db_session.rollback()
    page.goto(f"{house}/me/second-step")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Forget My laptop").click()
    expect(page.get_by_role("status").first).to_contain_text("forgotten")
    assert not db_session.scalar(select(Person.second_step).where(Person.id == cast.ada.id))


def test_a_device_without_the_passkey_and_a_browser_without_javascript_have_a_code(
    device, browser_page, house, cast
):
    code = add_passkey(device(), house)
    other = device()
    sign_in(other, house)
    other.get_by_role("button", name="Use your passkey").click()
    expect(other.locator("[data-said]")).to_contain_text("Please try again")
    expect(other.locator("form[aria-busy]")).to_have_count(0)

    plain = browser_page(javascript=False)
    sign_in(plain, house)
    expect(plain.get_by_text("A passkey needs JavaScript")).to_be_visible()
    expect(plain.get_by_role("button", name="Use your passkey")).to_be_hidden()
    plain.get_by_label("Code").fill(code)
    plain.get_by_role("button", name="Go on").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("My work")
