"""The main path by keyboard alone and by what a screen reader says; no mouse, no looks."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.cast import PASSWORD
from tests.support.keyboard import Keyboard


@pytest.fixture
def sit(browser_page, cast, db_session, monkeypatch):
    """Sign somebody in by keyboard. A handoff arrives at once."""
    monkeypatch.setattr("app.handoffs.actions.UNDO_SECONDS", 0)
    db_session.commit()

    def sign_in(name, there="/"):
        keys = Keyboard(browser_page())
        keys.page.goto(f"/sign-in?next={there}")
        keys.write("E-mail", f"{name}@baton.example")
        keys.find("textbox", "Password")  # Playwright counts it so
        keys.page.keyboard.type(PASSWORD)
        keys.page.keyboard.press("Enter")
        keys.page.wait_for_url(f"**{there}")
        return keys

    return sign_in


def headline(keys, words):
    expect(keys.page.get_by_role("heading", level=1)).to_have_text(words)


def ask(kim):
    kim.go("link", "Ask for something")
    kim.go("link", re.compile("Article"))
    kim.write("Title", "Why the harbour froze")
    kim.write(re.compile("What is it about"), "The winter of 1929")
    kim.go("button", "Ask Content")
    headline(kim, "Why the harbour froze")


def test_the_main_path_by_keyboard_alone(sit):
    kim = sit("kim")
    ask(kim)
    url = "/" + kim.page.url.partition("#")[0].split("/", 3)[3]

    ada = sit("ada", url)
    ada.go("button", "I am on it")
    expect(ada.page.locator("#turn")).to_contain_text("Your turn, Ada")
    ada.write("Your message", "I begin today.")
    ada.go("button", "Send")
    expect(ada.page.get_by_role("status").filter(has_text="Sent.")).to_be_attached()
    expect(ada.page.locator("#conversation")).to_contain_text("I begin today.")
    ada.is_somewhere()
    ada.page.goto(url)
    ada.go("link", re.compile("Write the first version"))
    ada.write(re.compile("^The text"), "It was cold.")
    ada.go("button", "Save this version")
    ada.go("link", "Send it on")
    ada.choose(re.compile("Pass it on to the [a-z]+$"))
    ada.pick("To whom", "Bea")
    ada.go("button", "Pass the baton")
    expect(ada.page.get_by_role("status").first).to_contain_text("The baton is passed")

    bea = sit("bea", url)
    give_advice(bea)

    ada.page.goto(url)
    ada.go("link", "Answer them")
    ada.choose("Taken my own way")
    ada.write(re.compile("In your words"), "It stands in the title now")
    ada.go("button", "Save my answers")
    ada.go("link", re.compile("Write the next version"))
    ada.write(re.compile("^The text"), "In 1929 it was cold.")
    ada.go("button", "Save this version")
    ada.go("link", "Send it on")
    ada.choose(re.compile("Pass it on to the [a-z]+$"))
    ada.go("button", "Pass the baton")
    expect(ada.page.get_by_role("status").first).to_contain_text("The baton is passed")
    pass_on(bea, url)
    finish(sit("cy", url), kim, url)


def pass_on(bea, url):
    bea.page.goto(url)
    bea.go("link", "Give advice and pass it on")
    bea.choose(re.compile("Pass it on to the [a-z]+$"))
    bea.pick("To whom", "Cy")
    bea.go("button", "Look it over")
    bea.go("button", "Pass the baton")
    expect(bea.page.get_by_role("status").first).to_contain_text("The baton is passed")


def give_advice(bea):
    """Something to keep, something to change, and back to the author."""
    bea.go("link", "Give advice and pass it on")
    strength = bea.page.get_by_role("group", name="Strength 1")
    bea.write(re.compile("^The passage"), "It was cold")
    expect(strength.get_by_role("textbox", name=re.compile("^The passage"))).to_have_value(
        "It was cold"
    )
    bea.write(re.compile("^What works"), "The first picture")
    bea.write(re.compile("^Why"), "One is in the scene at once")
    bea.pick("Kind", "Prob")
    bea.choose("Must")
    bea.write("What I see", "The year is missing")
    bea.write(re.compile("^Why it matters"), "Nobody knows when")
    bea.write(re.compile("^What I would try"), "Add it to the first line")
    bea.choose("Back for small changes")
    bea.go("button", "Look it over")
    headline(bea, "Look it over before it leaves")
    bea.go("button", "Pass the baton")
    expect(bea.page.get_by_role("status").first).to_contain_text("The baton is passed")


def finish(cy, kim, url):
    """The team says that it is done, and whoever asked has the last word."""
    cy.unfold("Say that it is done")
    cy.write(re.compile("What did you do"), "Here it is.")
    cy.go("button", "It is done")
    expect(cy.page.locator("#turn")).to_contain_text("Kim has the last word")
    kim.page.goto(url)
    kim.choose("Yes, it holds")
    kim.go("button", "Say so")
    expect(kim.page.locator("#turn")).to_contain_text("Finished and confirmed")
