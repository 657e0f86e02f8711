"""Every page in a real browser: axe in both schemes, large letters, a small window, no motion.

Each page is opened once. A new page fails here until tests/support/every_page.py says where it is.
"""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from app.notices.tokens import unsubscribe_token
from app.people.links import SignInLink
from app.people.models import Invitation, LoginSession
from tests.support.apps import SETTINGS
from tests.support.axe import violations
from tests.support.every_page import NO_PAGES, PAGES, all_pages
from tests.support.sitting import sit
from tests.support.walking import rules_of
from tests.support.world import make_world

USUAL, SMALL, WIDE = ({"width": width, "height": 640} for width in (1280, 320, 640))
MOVING = """() => document.getAnimations()
  .filter(one => one.playState === "running" && one.effect.getComputedTiming().duration > 1)
  .map(one => one.effect.target?.className ?? "?")"""
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


def test_every_page_is_looked_at(app):
    gets = {endpoint for endpoint, method in rules_of(app) if method == "GET"}
    assert {one for one in gets if not one.startswith("api")} == PAGES.keys() | NO_PAGES.keys()


@pytest.fixture
def world(app, db_session, cast, setting):
    setting(mail_server="smtp://127.0.0.1:9", demo=True)
    make_world(db_session, cast, app)
    today = datetime.now(UTC)  # noqa: TID251  # the browser's own clock cannot be frozen
    for table in (Invitation, SignInLink):
        db_session.execute(update(table).values(expires_at=today + timedelta(days=1)))
    db_session.commit()
    return today


def open_pages(page, who):
    """Yield the path of each page of somebody, open, with everything unfolded."""
    token = unsubscribe_token(1, "digest", secret=SETTINGS["BATON_SECRET_KEY"])
    for whose, path in all_pages():
        if whose == who:
            answer = page.goto(path.format(unsubscribe=token))
            assert answer is not None
            assert answer.ok, path
            page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
            yield path


@pytest.mark.parametrize("who", sorted({who for who, _ in all_pages()}))
def test_everybody_can_use_it(browser_page, db_session, world, who):
    options = {"reduced_motion": "reduce", "viewport": USUAL}
    page = sit(browser_page, who, **options) if who else browser_page(**options)
    known = {"sure_at": world, "created_at": world, "door": "link"}
    db_session.rollback()
    db_session.execute(update(LoginSession).values(**known))
    db_session.commit()
    found = []
    for path in open_pages(page, who):
        found += [f"{path}: {each}" for each in wrong_with(page)]
    assert not found, "\n".join(found)


def wrong_with(page):
    """Yield what is wrong with the open page. What the dark scheme changes is colours."""
    yield from violations(page)
    page.emulate_media(color_scheme="dark")
    yield from (f"dark: {each}" for each in violations(page, "color-contrast"))
    page.emulate_media(color_scheme="light")
    yield from (f"moves although motion is reduced: {each}" for each in page.evaluate(MOVING))
    # WCAG 1.4.10: a screen of 1280 pixels at 400 %; and 1.4.4: letters twice as large.
    page.set_viewport_size(SMALL)
    if page.evaluate(SIDEWAYS):
        yield "sticks out at 400 %"
    page.set_viewport_size(WIDE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if page.evaluate(SIDEWAYS):
        yield "sticks out with letters of 200 %"
    page.set_viewport_size(USUAL)
