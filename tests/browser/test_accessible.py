"""Every page, checked by axe in both colour schemes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.administration import organising
from app.administration.journal import Deed
from app.documents.actions import NewVersion, Original
from app.feedback.placing import save_version
from app.feedback.rules import RemarkKind, RemarkWords, Weight
from app.imports import actions as imports
from tests.support.cast import PASSWORD
from tests.support.desk import act
from tests.support.logs_in import GOOD, HEADER, MAPPING
from tests.support.pieces import LATER, MUST, STRENGTH, returned, with_editor, write

TEXT = "# Ice\n\nIt was cold in the harbour.\n\nThe keeper lit the lamp and waited for the ferry."
PAGES = [
    ("ada", "/"),
    ("ada", "/requests/1"),
    ("ada", "/requests/1/answers"),
    ("ada", "/requests/1/handoff"),
    ("ada", "/requests/1/versions/new"),
    ("ada", "/requests/1/versions/1"),
    ("ada", "/requests/1/compare?from=1&to=2"),
    ("ada", "/requests/1/compare?from=1&to=2&view=beside"),
    ("ada", "/me/learning"),
    ("ada", "/me"),
    ("ada", "/me/new-password"),
    ("ada", "/me/second-step"),
    ("bea", "/requests/1"),
    ("bea", "/requests/2"),
    ("bea", "/requests/2/handoff"),
    ("bea", "/requests/2/aside"),
    ("dov", "/teams/1"),
    ("dov", "/teams/1/turnaround"),
    ("dov", "/types/1/stages"),
    ("dov", "/types/1"),
    ("dov", "/calendars/1"),
    ("dov", "/calendars/1/holidays?country=DE&years=2026"),
    ("dov", "/teams/1/members"),
    ("cy", "/admin/people"),
    ("cy", "/admin/people/1"),
    ("cy", "/admin/people/2/leave"),
    ("cy", "/admin/teams"),
    ("cy", "/admin/teams/1"),
    ("cy", "/admin/departments/1"),
    ("cy", "/admin/log"),
    ("cy", "/admin/logs"),
    ("cy", "/admin/logs/1"),
    ("kim", "/requests/1"),
    ("kim", "/notices"),
    ("kim", "/me/notices"),
    ("kim", "/find?q=piece+state:open"),
    ("kim", "/keys"),
    ("kim", "/me/tokens"),
    ("dov", "/teams/1/webhooks"),
    ("kim", "/ask/types/1"),
    ("kim", "/ask"),
    ("kim", "/asked"),
    ("kim", "/go?q=pi"),
    ("kim", "/me"),
    ("kim", "/turnaround"),
    ("dov", "/teams/1/board"),
    ("dov", "/teams/1/many"),
    ("dov", "/teams/1/answers"),
    ("dov", "/teams/1/types/new"),
    ("dov", "/me/away"),
]


@pytest.fixture
def pieces(db_session, cast):
    at = TEXT.index("the lamp")
    suggestion = RemarkWords(
        RemarkKind.SUGGESTION,
        Weight.COULD,
        "A plain word would do here",
        passage=(at, at + 8),
        replacement="a lamp",
    )
    piece = returned(db_session, cast, [STRENGTH, MUST, suggestion], TEXT, note="Nearly there")
    original = Original("ice.txt", "text/plain", TEXT.encode(), ["A picture was left out."])
    new = NewVersion(TEXT.replace("cold", "icy"), 1, original=original)
    save_version(db_session, piece, new, act=act(cast.ada, LATER))
    other = with_editor(db_session, cast, TEXT, "The other piece")
    write(db_session, other, cast.bea, TEXT.replace("cold", "icy"), on=1)
    cast.cy.is_admin = True
    deed = Deed(cast.cy, LATER, "a-key-of-the-log")
    organising.name_department(db_session, cast.content.department, name="Press", deed=deed)
    log = {"name": "desk.csv", "content": (HEADER + GOOD).encode(), "visibility": "open"}
    second = Deed(cast.cy, LATER, "a-key-of-another")
    imports.upload(db_session, mapping=MAPPING.read_text(), deed=second, **log)
    db_session.commit()


def every_page(browser_page, **options):
    """Yield each page as (who, path, the browser's page), with every disclosure open."""
    sitting = {}
    for who, path in PAGES:
        if who not in sitting:
            page = sitting[who] = browser_page(reduced_motion="reduce", **options)
            page.goto("/sign-in")
            page.get_by_label("E-mail").fill(f"{who}@baton.example")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/")
        page = sitting[who]
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
        yield who, path, page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser_page, pieces, scheme):
    axe, found = Axe(), []
    # What the dark scheme changes is colours.
    only = {"runOnly": {"type": "rule", "values": ["color-contrast"]}} if scheme == "dark" else None
    for who, path, page in every_page(browser_page, color_scheme=scheme):
        results = axe.run(page, options=only)
        found += [
            f"{who} {path}: {v['id']} at {v['nodes'][0]['target']}: {v['help']}"
            for v in results.response["violations"]
        ]
    assert not found, "\n".join(found)


# WCAG 1.4.10: a screen of 1280 pixels at 400 %; and 1.4.4: letters twice as large.
@pytest.mark.parametrize(("width", "letters"), [(320, 100), (640, 200)])
def test_nothing_is_cut_off_when_things_are_large(browser_page, pieces, width, letters):
    wide = []
    for who, path, page in every_page(browser_page, viewport={"width": width, "height": 640}):
        page.evaluate(f"document.documentElement.style.fontSize = '{letters}%'")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(f"{who} {path}")
    assert wide == []
