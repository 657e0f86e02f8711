"""A page that stands open: news come in, and nothing that is being typed is touched."""

from playwright.sync_api import expect

from app.requests.acts import work
from app.requests.acts.words import write_message
from tests.support.cast import PASSWORD
from tests.support.desk import act, ask


def test_c6_somebody_else_acts_while_one_is_typing(browser_page, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    db_session.commit()
    page = browser_page()
    page.goto("/sign-in?next=/requests/1")
    page.get_by_label("E-mail").fill("kim@baton.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    field = page.get_by_label("Your message")
    field.fill("While I am wri")
    page.locator("summary", has_text="Take it back").click()
    reason = page.locator("#form-withdraw [name=reason]")
    reason.fill("Half a reason")
    field.focus()

    db_session.rollback()  # what the browser wrote meanwhile is seen, too
    work.claim(db_session, request, act=act(cast.ivo))
    write_message(db_session, request, words="I come at three.", act=act(cast.ivo))
    db_session.commit()

    expect(page.locator("#conversation")).to_contain_text("I come at three.", timeout=25_000)
    expect(page.locator("#turn")).to_contain_text("Ivo")
    expect(field).to_have_value("While I am wri")
    expect(field).to_be_focused()
    expect(reason).to_have_value("Half a reason")
