"""What a manager reads off the figures: sentences apart, and names that tell things apart."""

import pytest
from freezegun import freeze_time

from tests.support.lives import NOW
from tests.support.traffic import traffic


@pytest.fixture
def visit(client, db_session, cast):
    traffic(db_session, cast, 200)

    def go(url):
        with freeze_time(NOW):
            client.sign_in(cast.ivo)
            return client.get(url)

    return go


def test_types_of_the_same_name_are_told_apart_by_their_team(visit, db_session, cast):
    cast.article.name = cast.laptop.name
    db_session.flush()
    names = visit("/turnaround/fair").texts("#waits-by-asker tbody th")
    assert len(names) == len(set(names)) > 4
    assert "Laptop (IT Help): Field Office" in names
    assert "Laptop (Content): Field Office" in names
    ours = visit(f"/turnaround/fair?team={cast.it_help.id}").texts("#waits-by-asker tbody th")
    assert "Laptop: Field Office" in ours


def test_two_sentences_stand_apart(visit, cast):
    page = visit(f"/teams/{cast.it_help.id}/turnaround?days=365")
    [said] = [p for p in page.texts("#first-response p") if "before anybody had answered" in p]
    html = page.one("#first-response figure").decode()
    assert ". " in said
    assert ".<a" not in html


def test_weeks_of_more_than_a_year_are_named_with_their_year(visit, cast):
    long = "first=2024-11-04&last=2026-04-08"
    words = visit(f"/teams/{cast.it_help.id}/turnaround?{long}").texts("#throughput svg > text")
    assert "Nov 2024" in words
    short = visit(f"/teams/{cast.it_help.id}/turnaround?days=90").texts("#throughput svg > text")
    assert "9 Jan" in short
