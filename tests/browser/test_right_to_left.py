"""In a language that is written from right to left, pages begin at the right and fit as well."""

import pytest
from sqlalchemy import update

from app import language
from app.people.models import Person
from app.web import pages
from tests.support.sitting import sit
from tests.support.world import make_world

HEBREW = "he"
OVER = "document.documentElement.scrollWidth > innerWidth"
PATHS = (
    *("/", "/teams/1", "/teams/1/board", "/requests/1", "/requests/1/answers"),
    *("/find?q=piece", "/ask/types/1", "/teams/1/turnaround", "/me/notices", "/me"),
)


@pytest.fixture
def page(app, db_session, cast, setting, monkeypatch, browser_page):
    """Return a page of Ada's, who reads from right to left; no catalogue, so in English words."""
    make_world(db_session, cast, app)
    monkeypatch.setitem(language.LANGUAGES, HEBREW, "עברית")
    before = app.extensions["baton_pages"]
    pages.in_all_languages(app)
    page = sit(browser_page, "ada")
    db_session.execute(update(Person).values(language=HEBREW))
    db_session.commit()
    yield page
    app.extensions["baton_pages"] = before


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_begin_at_the_right_and_nothing_sticks_out(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for path in PATHS:
        assert page.goto(path).ok
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        wide += [path] if page.evaluate(OVER) else []
    assert wide == []


def test_what_comes_first_stands_at_the_right(page):
    page.goto("/teams/1")
    mark, person = (page.locator(each).bounding_box() for each in (".mark", ".menu-person"))
    assert mark["x"] > person["x"]
    row = page.locator(".row").first
    main, side = (row.locator(each).bounding_box() for each in (".row-main", ".row-side"))
    assert main["x"] > side["x"]


def test_somebody_s_own_words_keep_their_direction(page):
    page.goto("/teams/1")
    title = page.locator(".row-title a").first
    assert title.evaluate("each => getComputedStyle(each).direction") == "ltr"


def test_a_drawing_keeps_its_direction(page):
    page.goto("/teams/1/turnaround")
    drawing = page.locator(".chart").first
    assert drawing.evaluate("each => getComputedStyle(each).direction") == "ltr"
