"""The main path in a real browser, walked by five people; and once more without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.cast import PASSWORD


@pytest.fixture
def person(browser_page, cast, db_session, monkeypatch):
    """Sit a member of the cast down at a browser of their own. A handoff arrives at once."""
    monkeypatch.setattr("app.handoffs.actions.UNDO_SECONDS", 0)
    db_session.commit()
    pages: dict[str, Page] = {}

    def sit(name: str, *, javascript: bool = True) -> Page:
        if name not in pages:
            page = browser_page(javascript=javascript)
            page.goto("/sign-in")
            page.get_by_label("E-mail").fill(f"{name}@baton.example")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("My work")
            pages[name] = page
        return pages[name]

    return sit


def ask_for_an_article(page: Page) -> str:
    """Raise an article for Content; return the address of the request."""
    page.get_by_role("link", name="Ask for something").first.click()
    page.get_by_role("link", name=re.compile("Article")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Article")
    expect(page.locator("body")).to_contain_text("working")
    page.get_by_label("Title").fill("Why the harbour froze")
    page.get_by_label("What is it about?").fill("The winter of 1929")
    page.get_by_role("button", name="Ask Content").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why the harbour froze")
    return page.url.split("#")[0]


def unfold(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).click()


def write_version(page: Page, text: str) -> None:
    page.get_by_role("link", name=re.compile("Write the (first|next) version")).click()
    page.get_by_label("The text").fill(text)
    page.get_by_role("button", name="Save this version").click()
    expect(page.locator("#piece")).to_contain_text(text)


def pass_on(page: Page, link: str, to: str | None = None) -> None:
    page.get_by_role("link", name=link).click()
    page.get_by_label(re.compile("Pass it on to the [a-z]+$")).check()
    if to:
        page.get_by_label("To whom").select_option(label=to)
    send(page)


def send(page: Page) -> None:
    """A reviewer looks it over first; an author has nothing to look over."""
    look = page.get_by_role("button", name="Look it over")
    if look.is_visible():
        look.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Look it over before it leaves")
    page.get_by_role("button", name="Pass the baton").click()
    expect(page.locator(".flash")).to_contain_text("The baton is passed")


def give_back(page: Page) -> None:
    """Refused without a strength, then handed back with one and a must-remark."""
    page.get_by_role("link", name="Give advice and pass it on").click()
    second = page.locator("fieldset", has_text="Remark 1")
    second.get_by_label("Kind").select_option("problem")
    second.get_by_label("Must").check()
    second.get_by_label("What I see").fill("The year is missing")
    second.get_by_label("Why it matters").fill("Nobody knows when")
    second.get_by_label("What I would try").fill("Add it to the first line")
    page.get_by_label("Back for small changes").check()
    page.get_by_role("button", name="Look it over").click()
    expect(page.locator(".field-error")).to_contain_text("works and should stay")
    expect(second.get_by_label("What I see")).to_have_value("The year is missing")
    first = page.locator("fieldset", has_text="Strength 1")
    first.get_by_label("The passage").fill("It was cold")
    first.get_by_label("What works").fill("The first picture")
    first.get_by_label("Why").fill("One is in the scene at once")
    send(page)


def answer(page: Page) -> None:
    page.get_by_role("link", name="Answer them").click()
    page.get_by_label("Taken my own way").check()
    page.get_by_label("In your words").fill("It stands in the title now")
    page.get_by_role("button", name="Save my answers").click()
    expect(page.locator("#piece")).to_contain_text("It stands in the title now")


def walk_the_piece(person, url: str) -> None:
    """Author, editor, author again, editor, proofreader, done."""
    ada = person("ada")
    ada.goto("/")
    ada.goto(url)
    ada.get_by_role("button", name="I am on it").click()
    expect(ada.locator("#turn")).to_contain_text("Your turn, Ada")
    ada.get_by_label("Your message").fill("I begin today.")
    ada.get_by_role("button", name="Send", exact=True).click()
    expect(ada.locator("#talk")).to_contain_text("I begin today.")
    write_version(ada, "It was cold.")
    pass_on(ada, "Send it on", to="Bea Okafor")
    bea = person("bea")
    bea.goto(url)
    bea.get_by_role("button", name="I am on it").click()
    give_back(bea)
    ada.goto(url)
    answer(ada)
    write_version(ada, "In 1929 it was cold.")
    pass_on(ada, "Send it on")
    bea.goto(url)
    pass_on(bea, "Give advice and pass it on", to="Cy Marchetti")
    cy = person("cy")
    cy.goto(url)
    unfold(cy, "Say that it is done")
    cy.get_by_label("What did you do").fill("Here it is.")
    cy.get_by_role("button", name="It is done").click()
    expect(cy.locator("#turn")).to_contain_text("Kim has the last word")


def settle(kim: Page, url: str) -> None:
    kim.goto(url)
    expect(kim.locator("#turn")).to_contain_text("Does it hold?")
    expect(kim.locator("#piece")).to_contain_text("In 1929 it was cold.")
    kim.get_by_label("Yes, it holds").check()
    kim.get_by_role("button", name="Say so").click()
    expect(kim.locator("#turn")).to_contain_text("Finished and confirmed")
    unfold(kim, "Say thanks")
    kim.get_by_label("Your thanks").fill("Thank you all!")
    kim.get_by_role("button", name="Send thanks").click()
    expect(kim.locator("#talk")).to_contain_text("Thank you all!")


def test_five_people_walk_the_main_path(person):
    kim = person("kim")
    url = ask_for_an_article(kim)
    walk_the_piece(person, url)
    settle(kim, url)
    ada = person("ada")
    ada.goto("/")
    expect(ada.locator("body")).to_contain_text("Thank you all!")
    dov = person("dov")
    dov.get_by_role("link", name="Content").click()
    dov.get_by_role("link", name="Board").click()
    expect(dov.locator("body")).to_contain_text("Why the harbour froze")
    dov.get_by_role("link", name="Turnaround").click()
    expect(dov.locator("figure").first).to_be_visible()
    dov.goto(url)
    expect(dov.locator("#history")).to_contain_text("for small changes")
    expect(dov.locator("#track")).to_contain_text("round 2")


def test_the_path_is_the_same_without_javascript(person):
    for name in ("kim", "ada", "bea", "cy"):
        person(name, javascript=False)
    kim = person("kim")
    url = ask_for_an_article(kim)
    walk_the_piece(person, url)
    kim.goto(url)
    kim.get_by_label("Not yet").check()
    kim.get_by_label("In your words").fill("The last line is cut off")
    kim.get_by_role("button", name="Say so").click()
    expect(kim.locator("#turn")).to_contain_text("has it")
    expect(person("cy").goto(url) and person("cy").locator("#turn")).to_contain_text("Your turn")
    unfold(person("cy"), "Say that it is done")
    person("cy").get_by_label("What did you do").fill("Whole again.")
    person("cy").get_by_role("button", name="It is done").click()
    settle(kim, url)
