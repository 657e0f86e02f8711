"""What a desk does beside the main path, clicked through by the people who need it."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from app.people.models import Membership
from app.people.rules import Role
from tests.support.desk import ask
from tests.support.sitting import sit, unfold

PHONE = {"viewport": {"width": 390, "height": 844}}
SOON = str(date.today() + timedelta(days=7))  # noqa: TID251, DTZ011 - the browser's own day


@pytest.fixture(autouse=True)
def lead(db_session, cast):
    """Let Ivo lead IT Help."""
    db_session.query(Membership).filter_by(person_id=cast.ivo.id).update({"role": Role.LEAD})
    db_session.commit()


def open_request(db_session, cast, title="A laptop", by=None):
    request = ask(db_session, cast.laptop, by or cast.kim, title)
    db_session.commit()
    return f"/requests/{request.id}"


def test_a_lead_makes_a_form_and_somebody_asks_by_it_with_a_file(browser_page, cast, tmp_path):
    ivo = sit(browser_page, "ivo")
    ivo.get_by_role("link", name="IT Help").first.click()
    unfold(ivo, "Look after these")
    ivo.get_by_role("link", name="Offer something new").click()
    ivo.get_by_label("Name", exact=True).fill("A new screen")
    ivo.get_by_label(re.compile("Other words")).fill("monitor display")
    first = ivo.locator("fieldset.slot").nth(0)
    first.get_by_label("Question", exact=True).fill("How large?")
    first.get_by_label("Kind").select_option(label="Choice")
    first.get_by_label("Needs an answer").check()
    first.locator("summary").click()
    first.get_by_label("Choices, one a line").fill("27 inches\nAnother size")
    second = ivo.locator("fieldset.slot").nth(1)
    second.get_by_label("Question", exact=True).fill("Which size?")
    second.get_by_label("Needs an answer").check()
    second.locator("summary").click()
    second.get_by_label("Only if this question above").fill("How large?")
    second.get_by_label("is answered with").fill("Another size")
    third = ivo.locator("fieldset.slot").nth(2)
    third.get_by_label("Question", exact=True).fill("A picture of the desk")
    third.get_by_label("Kind").select_option("file")
    ivo.get_by_role("button", name="Save the offer").click()

    kim = sit(browser_page, "kim", **PHONE)
    kim.goto("/ask")
    kim.get_by_label("What is it about?").fill("monitr")
    expect(kim.locator("#teams")).not_to_contain_text("Laptop")
    kim.get_by_role("link", name="A new screen").first.click()
    form = kim.url
    kim.get_by_label("Title").fill("A screen for Lou")
    expect(kim.get_by_label("Which size?")).to_be_hidden()
    kim.get_by_label("Another size").check()
    kim.get_by_label("Which size?").fill("34 inches")
    picture = tmp_path / "desk.png"
    picture.write_bytes(b"\x89PNG some")
    kim.get_by_label(re.compile("A picture of the desk")).set_input_files(picture)
    kim.get_by_role("button", name="Ask IT Help").click()
    expect(kim.get_by_role("heading", level=1)).to_have_text("A screen for Lou")
    expect(kim.locator("#main")).to_contain_text("34 inches")
    expect(kim.get_by_role("link", name=re.compile("desk.png"))).to_be_visible()
    kim.goto(form)
    kim.get_by_label("Title").fill("A screen of the usual size")
    kim.get_by_label("27 inches").check()
    kim.get_by_role("button", name="Ask IT Help").click()
    expect(kim.get_by_role("heading", level=1)).to_have_text("A screen of the usual size")


def test_what_is_missing_and_whose_word_is_needed(browser_page, db_session, cast):
    url = open_request(db_session, cast)
    ivo, kim = sit(browser_page, "ivo"), sit(browser_page, "kim")
    ivo.goto(url)
    unfold(ivo, "Give it back with a list")
    ivo.get_by_label("What is missing?").fill("A cost centre\nThe size")
    ivo.locator("#form-return").get_by_role("button").click()
    kim.goto(url)
    expect(kim.locator("#turn")).to_contain_text("A cost centre")
    kim.get_by_label("Your message").fill("4711, and thirteen inches")
    kim.get_by_role("button", name="Send", exact=True).click()
    expect(kim.locator("#turn")).not_to_contain_text("A cost centre")

    ivo.goto(url)
    unfold(ivo, "Ask somebody to agree")
    ivo.get_by_label("Whose word is needed?").fill("Eve Castellanos")
    ivo.get_by_label("To what should they agree?").fill("900 euros")
    ivo.locator("#form-approval [name=until]").fill(SOON)
    ivo.get_by_role("button", name="Ask for their word").click()
    eve = sit(browser_page, "eve", **PHONE)
    eve.goto(url)
    eve.get_by_label("I agree").check()
    eve.get_by_role("button", name="Say so").click()
    ivo.goto(url)
    expect(ivo.locator("#approvals")).to_contain_text("agreed")


def test_merging_and_taking_it_back_and_linking(browser_page, db_session, cast):
    first, second = open_request(db_session, cast), open_request(db_session, cast, "Once more")
    ivo = sit(browser_page, "ivo")
    ivo.goto(second)
    unfold(ivo, "Merge it into another request")
    ivo.locator("#form-merge [name=number]").fill(first.rpartition("/")[2])
    ivo.get_by_role("button", name="Merge it").click()
    expect(ivo.get_by_role("heading", level=1)).to_have_text("A laptop")
    ivo.goto(second)
    expect(ivo.locator(".flash")).to_contain_text("goes on here")
    ivo.goto(f"{second}?stay=1")
    ivo.get_by_role("button", name="Take the merging back").click()
    expect(ivo.locator("#turn")).to_contain_text("picked it up yet")
    unfold(ivo, "Link it with another request")
    ivo.locator("#form-link [name=number]").fill(first.rpartition("/")[2])
    ivo.get_by_role("button", name="Link them").click()
    expect(ivo.locator("#beside")).to_contain_text("A laptop")


def test_several_at_once_with_a_look_first(browser_page, db_session, cast):
    for title in ("One", "Two", "Three"):
        open_request(db_session, cast, title)
    ida = sit(browser_page, "ida", **PHONE)
    ida.goto(f"/teams/{cast.it_help.id}")
    ida.get_by_role("link", name="Move several at once").click()
    ida.get_by_label("One").check()
    ida.get_by_label("Three").check()
    ida.get_by_label("I take it up").check()
    ida.get_by_role("button", name="See what would happen").click()
    expect(ida.get_by_text("Nothing has moved yet.")).to_be_visible()
    ida.get_by_role("button", name="Move 2 of them").click()
    expect(ida.get_by_text("2 of 2 moved.")).to_be_visible()
    ida.goto("/")
    expect(ida.locator("#main .row-title")).to_have_text(["One", "Three", "Two"])
