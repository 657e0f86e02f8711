"""Sitting down at a real browser as one of the cast."""

from playwright.sync_api import Page, expect

from tests.support.cast import PASSWORD


def sit(browser_page, name: str, **options: object) -> Page:
    page = browser_page(**options)
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(f"{name}@baton.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    return page


def unfold(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).click()
