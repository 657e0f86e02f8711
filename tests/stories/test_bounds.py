"""Visits that are found by their requests are those that are found among all there are."""

from datetime import date

import pytest

from app.turnaround import bounds
from app.turnaround.basis import Scope
from app.turnaround.rules import Choice
from app.turnaround.sheets import document
from tests.support.chapters import DAYS, tell_page

CHOICES = [DAYS, Choice(7), Choice(None, date(2026, 2, 9), date(2026, 2, 20))]


def said(page):
    """Return everything that a page says, and what stands behind it."""
    lists = {key: (one.about, sorted(one.ids), one.mine) for key, one in page.lists.known.items()}
    return [document(sheet) for sheet in page.sheets], lists


def pages(session, chapter, lived, **more):
    one, other = lived.it_help, lived.content
    scopes = [
        *(Scope("team", team.name, team_id=team.id) for team in (one, other)),
        *(Scope("type", each.name, type_id=each.id) for each in (lived.laptop, lived.article)),
    ]
    if chapter == "pair":
        scopes = [Scope("pair", "Both", team_id=one.id, other_id=other.id)]
    for scope in scopes:
        for choice in CHOICES:
            yield said(tell_page(session, chapter, scope, choice=choice, viewer=lived.ivo, **more))


@pytest.mark.parametrize("chapter", ["between", "flow", "fair", "pair"])
def test_few_requests_found_first_say_the_same(db_session, lived, monkeypatch, chapter):
    for more in ({}, {"type_id": lived.laptop.id}):
        found = list(pages(db_session, chapter, lived, **more))
        with monkeypatch.context() as among_all:
            among_all.setattr(bounds, "KNOWN_BY_REQUEST", {})
            assert list(pages(db_session, chapter, lived, **more)) == found
        assert any(lists for _, lists in found)
