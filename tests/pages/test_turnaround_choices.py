"""Choosing days, requests and the kind of time on the turnaround pages."""

import pytest
from freezegun import freeze_time

from app.turnaround.queries import team_story
from app.turnaround.rules import Choice
from tests.support.lives import NOW, live
from tests.support.once import made_once


@pytest.fixture
def look(client, db_session, cast):
    """Open a turnaround page of IT Help as Ivo, at NOW, among 120 requests."""
    made_once(db_session, live, cast, 120)

    def go(query="", status=200, path=""):
        with freeze_time(NOW):
            client.sign_in(cast.ivo)
            return client.get(f"/teams/{cast.it_help.id}/turnaround{path}{query}", status)

    return go


def test_everything_that_was_chosen_stays_in_every_link(look, cast):
    page = look(f"?days=365&asker={cast.finance.id}&stage=work&time=elapsed")
    links = [a["href"] for a in page.all("#stage-times figure a, #window .tabs a, #done-work a")]
    kept = [link for link in links if "turnaround" in link]
    assert len(kept) > 8
    assert all(f"asker={cast.finance.id}" in link and "stage=work" in link for link in kept)
    current = [a.get_text() for a in page.all("#window .tabs a[aria-current]")]
    assert current == ["365 days", "Elapsed time"]
    assert page.one("select[name=asker] option[selected]").get_text() == "Finance"


def test_the_switch_shows_elapsed_time_in_the_stages(look, db_session, cast):
    told = team_story(db_session, cast.it_help, Choice(90), now=NOW).figures.stages[0]
    assert told.elapsed.median > told.working.median
    assert look().texts("#stage-times tbody td:first-of-type") == ["waiting", "in hand", "paused"]
    assert look("?time=elapsed").texts("#stage-times tbody td:first-of-type") == ["elapsed"]


def test_all_time_begins_with_the_first_request(look, db_session, cast):
    page = look("?days=all")
    assert page.texts("#window h2") == ["All time"]
    first = team_story(db_session, cast.it_help, Choice(None), now=NOW).figures.window.first
    assert f"{first.day} January 2026 to 8 April 2026" in page.text
    assert page.texts("#done-work td.num")[2] == str(
        team_story(db_session, cast.it_help, Choice(365), now=NOW).figures.turnaround.n
    )


def test_one_requesting_team_is_a_part_of_all(look, db_session, cast):
    whole = team_story(db_session, cast.it_help, Choice(90), now=NOW).figures.turnaround.n
    parts = [
        int(look(f"?asker={team.id}").texts("#done-work td.num")[2])
        for team in (cast.finance, cast.field_office)
    ]
    assert sum(parts) == whole > max(parts)
    listed = look(f"?figure=turnaround&asker={cast.finance.id}", path="/list")
    assert f"{parts[0]} requests of IT Help" in listed.text


@pytest.mark.parametrize("query", ["?asker=999", "?type=x", "?stage=nowhere"])
def test_what_is_not_there_to_choose_is_answered_beside_the_field(look, query):
    assert look(query, 422).texts(".field-error")


def test_the_form_says_on_each_page_what_that_page_shows(look, cast):
    """It is drawn once for each choice: never for another one."""
    finance = str(cast.finance.id)
    for query, chosen, first in (
        ("?days=30", [], "2026-03-10"),
        (f"?days=30&asker={finance}", [finance], "2026-03-10"),
        ("?days=30&stage=work", ["work"], "2026-03-10"),
        ("?days=7", [], "2026-04-02"),
    ):
        page = look(query)
        assert [option["value"] for option in page.all("#window option[selected]")] == chosen
        assert page.one("#window input[name=first]")["value"] == first
