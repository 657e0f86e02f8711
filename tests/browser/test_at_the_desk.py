"""A plain request at the desk, in a real browser: claim, note, question, handover, decline."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.sitting import sit, unfold


def raise_laptop(kim: Page) -> str:
    kim.get_by_role("link", name="Ask for something").first.click()
    kim.get_by_role("link", name="Laptop").first.click()
    expect(kim.get_by_role("heading", level=1)).to_contain_text("Laptop")
    kim.get_by_label("Title").fill("A laptop for Lou")
    kim.get_by_label("New", exact=True).check()
    kim.get_by_role("button", name="Ask IT Help").click()
    expect(kim.locator("#turn")).to_contain_text("nobody has picked it up yet")
    return kim.url


@pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "no javascript"])
def test_a_request_goes_through_the_desk(browser_page, cast, db_session, javascript):
    db_session.commit()
    kim = sit(browser_page, "kim", javascript=javascript)
    url = raise_laptop(kim)

    ivo = sit(browser_page, "ivo", javascript=javascript)
    ivo.get_by_role("link", name="IT Help").first.click()
    expect(ivo.locator("#main")).to_contain_text("A laptop for Lou")
    ivo.get_by_role("link", name="Board").click()
    expect(ivo.locator(".board")).to_contain_text("A laptop for Lou")
    ivo.get_by_role("link", name="A laptop for Lou").click()
    ivo.get_by_role("button", name="Take it up").click()
    expect(ivo.locator("#turn")).to_contain_text("Your turn, Ivo")
    ivo.get_by_label("Your message").fill("I have it, and look after lunch.")
    ivo.get_by_role("button", name="Send", exact=True).click()
    expect(ivo.locator("#talk")).to_contain_text("I have it")
    unfold(ivo, "Write an internal note")
    ivo.get_by_label("Your note").fill("The last one broke soon.")
    ivo.get_by_role("button", name="Keep the note").click()
    expect(ivo.locator("#talk")).to_contain_text("The last one broke soon.")
    ivo.reload()
    unfold(ivo, "Ask and wait for the answer")
    ivo.get_by_label("The person who asked").check()
    ivo.get_by_label("Your question").fill("Which size?")
    ivo.get_by_role("button", name="Ask and wait").click()
    expect(ivo.locator("#turn")).to_contain_text("Waiting for Kim’s answer")

    kim.goto(url)
    expect(kim.locator("#turn")).to_contain_text("Your turn: Ivo asks you something.")
    expect(kim.locator("body")).not_to_contain_text("The last one broke soon.")
    kim.get_by_label("Your message").fill("Thirteen inches.")
    kim.get_by_role("button", name="Send", exact=True).click()
    expect(kim.locator("#turn")).to_contain_text("Ivo has it.")

    ivo.goto(url)
    unfold(ivo, "Hand it to another team")
    ivo.get_by_label("Which team?").select_option(label="Content")
    ivo.get_by_label("What should they know?").fill("They want a text with it.")
    ivo.get_by_role("button", name="Hand it over").click()
    expect(ivo.locator("#history")).to_contain_text("handed it to Content")

    dov = sit(browser_page, "dov", javascript=javascript)
    dov.goto(url)
    expect(dov.locator("#talk")).to_contain_text("They want a text with it.")
    unfold(dov, "Decline it")
    dov.get_by_label("Why not?").fill("We have no laptops.")
    dov.get_by_role("button", name="Decline", exact=True).click()
    expect(dov.locator(".field-error, :invalid").first).to_be_attached()
    dov.get_by_label("Where could they go instead?").fill("The loan desk.")
    dov.get_by_role("button", name="Decline", exact=True).click()
    expect(dov.locator("#turn")).to_contain_text("declined it and said why")
    kim.goto(url)
    expect(kim.locator("#talk")).to_contain_text("Instead: The loan desk.")
