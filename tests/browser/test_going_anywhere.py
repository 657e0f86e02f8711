"""The dialog that leads anywhere, by keyboard alone."""

import re

from playwright.sync_api import expect

from tests.support.cast import PASSWORD
from tests.support.desk import ask

NO_TIMER_YET = """
    const later = window.setTimeout;
    window.setTimeout = (act, wait, ...rest) => later(act, wait ?? 20_000, ...rest);
"""


def sign_in(page, person):
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("My work")


def test_keys_pressed_as_the_page_appears_are_heard(browser_page, db_session, cast):
    db_session.commit()
    page = browser_page()
    page.add_init_script(NO_TIMER_YET)  # as on a machine with much else to do
    sign_in(page, cast.kim)

    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name="Everything I asked for")).to_be_visible()


def test_ctrl_k_leads_to_a_request_and_escape_back(browser_page, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    db_session.commit()
    page = browser_page()
    sign_in(page, cast.kim)
    page.goto("/")  # and wait for its scripts

    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name="Everything I asked for")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page.keyboard.press("Control+k")
    page.keyboard.type("grey")
    expect(dialog.get_by_role("link", name="Grey laptop")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/requests/{request.id}$"))


def test_what_is_found_while_typing_has_an_address_and_can_be_kept(browser_page, db_session, cast):
    for title in ("Grey laptop", "Blue screen"):
        ask(db_session, cast.laptop, cast.kim, title)
    db_session.commit()
    page = browser_page()
    sign_in(page, cast.kim)
    page.goto("/find?q=screen from:me")
    expect(page.get_by_label("Asked by")).to_have_value("me")
    page.get_by_label("Words, a number").fill("grey")
    expect(page.locator("#found .row-title")).to_have_text(["Grey laptop"])
    expect(page).to_have_url(re.compile(r"/find\?q=from:me\+grey$"))
    page.locator("summary", has_text="Keep this search").click()
    page.get_by_label("Keep it as").fill("Grey things")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Grey things").click()
    expect(page.locator("#found .row-title")).to_have_text(["Grey laptop"])

    page.get_by_label("Words, a number").fill("2")
    page.locator("#found").get_by_role("link", name="#2 Blue screen").click()
    expect(page.locator("h1")).to_have_text("Blue screen")
