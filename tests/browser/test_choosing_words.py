"""A remark on words chosen in the text: with the mouse, or by keyboard on a phone's width."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.feedback.models import Remark
from tests.support.cast import PASSWORD
from tests.support.pieces import with_editor

TEXT = "It was **cold** 🙂 in the harbour.\n\nThe keeper lit the lamp and waited for the ferry."


@pytest.fixture
def piece(db_session, cast):
    piece = with_editor(db_session, cast, TEXT)
    db_session.commit()
    return piece.id


def desk(page: Page, piece: int) -> Page:
    page.goto(f"/sign-in?next=/requests/{piece}/handoff")
    page.get_by_label("E-mail").fill("bea@baton.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Give advice on The harbour")
    return page


def drag_over(page: Page, words: str) -> None:
    """Draw the mouse over `words` of the text, once its letters are the final ones."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    box = page.evaluate(
        """words => {
          const runs = [...document.querySelectorAll("[data-choosing] span[data-at]")];
          const node = runs.find(run => run.textContent.includes(words)).firstChild;
          const range = document.createRange();
          range.setStart(node, node.data.indexOf(words));
          range.setEnd(node, node.data.indexOf(words) + words.length);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          return [left, right, (top + bottom) / 2];
        }""",
        words,
    )
    left, right, middle = box
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move(right, middle, steps=6)
    page.mouse.up()


def fill_in_strength(page: Page) -> None:
    strength = page.locator("fieldset", has_text="Strength 1")
    strength.get_by_label("The passage", exact=True).fill("in the harbour")
    strength.get_by_label("What works", exact=True).fill("The cold is there at once")
    strength.get_by_label("Why", exact=True).fill("One feels it")


def send_back(page: Page) -> None:
    page.get_by_label("Say sorry").fill("Sorry that you had to wait.")  # it is long past due
    page.get_by_label("What kept it").fill("The fair.")
    page.get_by_label("Back for small changes").check()
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look it over before it leaves")
    page.get_by_role("button", name="Pass the baton").click()
    expect(page.locator(".flash")).to_contain_text("The baton is passed")


def quotes(session):
    session.rollback()
    remarks = session.scalars(select(Remark).order_by(Remark.id))
    return [remark.anchor.quote if remark.anchor else None for remark in remarks]


def test_words_are_chosen_with_the_mouse(browser_page, db_session, piece):
    page = desk(browser_page(), piece)
    fill_in_strength(page)
    drag_over(page, "harbour")
    page.locator("#choosing-bar").get_by_role("button", name="Remark").click()
    remark = page.locator("fieldset", has_text="Remark 1")
    expect(remark.get_by_label("The passage", exact=True)).to_have_value("harbour")
    expect(remark.get_by_label("What I see")).to_be_focused()
    expect(page.get_by_label("What works", exact=True).first).to_have_value(
        "The cold is there at once"
    )
    page.keyboard.type("Which harbour is it, of the three we have?")
    expect(page.locator("mark.passage-suggestion")).to_have_text("harbour")
    send_back(page)
    assert quotes(db_session) == ["in the harbour", "harbour"]


def test_a_paragraph_is_chosen_by_keyboard_on_a_phone(browser_page, db_session, piece):
    page = browser_page()
    page.set_viewport_size({"width": 390, "height": 800})
    desk(page, piece)
    fill_in_strength(page)
    page.get_by_role("button", name="Keep paragraph 2").focus()
    page.keyboard.press("Enter")
    strength = page.locator("fieldset", has_text="Strength 2")
    expect(strength.get_by_label("The passage", exact=True)).to_have_value(
        "The keeper lit the lamp and waited for the ferry."
    )
    strength.get_by_label("The passage", exact=True).fill("waited for the ferry")
    strength.get_by_label("What works", exact=True).fill("The waiting")
    strength.get_by_label("Why", exact=True).fill("It says all without a word about her")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    send_back(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_label("What works", exact=True).nth(1)).to_have_value("The waiting")
    assert quotes(db_session)[1] == "waited for the ferry"


def test_a_closed_laptop_loses_no_remark(browser_page, piece):
    page = desk(browser_page(), piece)
    drag_over(page, "ferry")
    page.locator("#choosing-bar").get_by_role("button", name="Remark").click()
    page.locator("fieldset", has_text="Remark 1").get_by_label("What I see").fill("Half a thou")
    expect(page.locator("#advice-form .kept-note")).to_have_text("Your words are kept.")
    page.context.close()
    again = desk(browser_page(), piece)
    remark = again.locator("fieldset", has_text="Remark 1")
    expect(remark.get_by_label("What I see")).to_have_value("Half a thou")
    expect(remark.get_by_label("The passage", exact=True)).to_have_value("ferry")
