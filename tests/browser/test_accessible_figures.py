"""Every page of figures with its drawings, checked by axe in both colour schemes, and at 400 %."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.cast import PASSWORD
from tests.support.traffic import traffic

PAGES = [
    "now?team={it}",
    "how-long?team={it}",
    "promises?team={it}",
    "flow?team={it}",
    "expect?team={it}",
    "between?team={it}",
    "between?",
    "fair?type={laptop}",
    "advice?team={it}",
    "pair?team={it}&other={field}",
    "now/list?team={it}&of=open",
]


@pytest.fixture
def addresses(db_session, cast):
    traffic(db_session, cast, 240)
    ids = {"it": cast.it_help.id, "field": cast.field_office.id, "laptop": cast.laptop.id}
    return [f"/turnaround/{path.format(**ids)}&days=all" for path in PAGES]


@pytest.fixture
def page(browser_page, addresses):
    page = browser_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill("ivo@baton.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, addresses, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    axe, found = Axe(), []
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
        found += [
            f"{address}: {v['id']} at {v['nodes'][0]['target']}: {v['help']}"
            for v in axe.run(page).response["violations"]
        ]
    assert found == []


def test_nothing_sticks_out_at_400_percent(page, addresses):
    """1280 pixels at 400 % are 320 pixels (WCAG 1.4.10); tables scroll inside themselves."""
    page.set_viewport_size({"width": 320, "height": 256})
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_in_print_the_tables_are_open_and_the_switches_gone(page, addresses):
    page.emulate_media(media="print")
    page.goto(addresses[3])
    assert page.locator("#choosing").is_hidden()
    for figure in page.locator("figure").all():
        assert figure.locator("table").is_visible()
        assert "Clock" in figure.locator("figcaption").inner_text()
