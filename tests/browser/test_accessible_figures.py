"""Every page of figures with its drawings, checked by axe in both colour schemes, and at 400 %."""

import pytest

from tests.support.axe import violations
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
    "?",
    "../teams/{it}/turnaround?",
    "../me/turnaround?",
]


@pytest.fixture
def addresses(db_session, cast):
    traffic(db_session, cast, 240)
    ids = {"it": cast.it_help.id, "field": cast.field_office.id, "laptop": cast.laptop.id}
    found = [f"/turnaround/{path.format(**ids)}&days=all" for path in PAGES]
    return [url.replace("/turnaround/../", "/").replace("/?", "?") for url in found]


@pytest.fixture
def page(browser_page, addresses):
    page = browser_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill("ivo@baton.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    return page


def test_axe_finds_nothing_in_either_scheme_and_nothing_sticks_out_at_400_percent(page, addresses):
    """1280 pixels at 400 % are 320 pixels (WCAG 1.4.10); tables scroll inside themselves."""
    found = []
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 720})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
        found += [f"{address}: {each}" for each in violations(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{address}, dark: {each}" for each in violations(page, "color-contrast")]
        page.set_viewport_size({"width": 320, "height": 256})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append(f"{address} sticks out")
    assert found == []


def test_in_print_the_tables_are_open_and_the_switches_gone(page, addresses):
    page.emulate_media(media="print")
    page.goto(addresses[3])
    assert page.locator("#choosing").is_hidden()
    for figure in page.locator("figure").all():
        assert figure.locator("table").is_visible()
        assert "Clock" in figure.locator("figcaption").inner_text()


ROWS = """() => [...document.querySelectorAll("main .form-inline")].map(form => {
  const place = node => { const box = node.getBoundingClientRect(); return [box.top, box.bottom]; };
  const fields = [...form.querySelectorAll(".field")].map(field => [
    ...place(field.querySelector("label")), ...place(field.querySelector("input, select")),
  ]);
  return [...fields, [null, null, ...place(form.querySelector("button"))]];
})"""


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_days_and_lists_to_choose_from_stand_on_one_line(page, addresses, width):
    """Whatever lies at one height begins and ends there, labels and fields and the button."""
    page.set_viewport_size({"width": width, "height": 800})
    for address in (addresses[0], addresses[5], addresses[-2]):
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
        [fields] = page.evaluate(ROWS)
        assert len(fields) > 3
        for one in fields:
            for other in fields:
                if abs(one[2] - other[2]) < 20:
                    near = zip(one, other, strict=True)
                    assert all(a is None or b is None or abs(a - b) < 0.5 for a, b in near)
