"""Rows of one title, told apart by their number, and the ended ones by their day."""

import pytest
from freezegun import freeze_time

from app.handoffs.actions import say_done
from app.requests.acts import settling, work
from app.requests.rules import Outcome
from tests.support.it_desk import FRI, MON, NEXT_MON, TUE, WED, act, at


@pytest.fixture
def see(client):
    def look(person, address, day=WED):
        with freeze_time(at(day, "12:00")):
            client.sign_in(person)
            return client.get(address)

    return look


@pytest.fixture
def ended(desk):
    """Two of one title: the first confirmed on Monday, the second declined on Tuesday."""
    first, second = desk.ask(MON, "09:00"), desk.ask(MON, "09:00")
    ivo, kim = desk.cast.ivo, desk.cast.kim
    say_done(desk.session, first, words="Here", act=act(ivo, MON, "10:00"))
    confirmed = {"outcome": Outcome.YES, "words": ""}
    settling.confirm(desk.session, first, **confirmed, act=act(kim, MON, "11:00"))
    declined = {"reason": "No more of them", "change": "", "instead": "The shop"}
    work.decline(desk.session, second, **declined, act=act(ivo, TUE, "11:00"))
    return first, second


def test_what_ended_says_when_and_each_row_its_number(desk, see, ended):
    first, second = ended
    for address in (f"/teams/{desk.cast.it_help.id}?view=ended", "/find?q=laptop"):
        page = see(desk.cast.ida, address)
        assert set(page.texts(".row-kicker")) == {
            f"new Laptop · Kim Sørensen, Field Office · #{each.id}" for each in (first, second)
        }
        assert set(page.texts(".row-turn")) == {
            "Finished and confirmed. Ended last Monday 11:00 .",
            "IT Help declined it and said why. Ended yesterday 11:00 .",
        }


def test_time_passes_in_a_row_that_was_drawn_before(desk, see, ended):
    address = f"/teams/{desk.cast.it_help.id}?view=ended"
    said = [see(desk.cast.ida, address, day).texts(".row-turn")[0] for day in (WED, FRI, NEXT_MON)]
    assert [each.partition("Ended ")[2] for each in said] == [
        *("yesterday 11:00 .", "last Tuesday 11:00 .", "last Tuesday 11:00 .")
    ]


def test_open_rows_cards_and_figures_say_the_number_too(desk, see):
    laptop = desk.ask(MON, "09:00")
    team = f"/teams/{desk.cast.it_help.id}"
    for person, address in (
        *((desk.cast.ivo, team), (desk.cast.ivo, f"{team}/board"), (desk.cast.kim, "/asked")),
        *((desk.cast.ivo, f"{team}/many"), (desk.cast.ivo, f"{team}/turnaround")),
    ):
        page = see(person, address)
        shown = page.texts(".row-kicker") or page.texts(".row .muted")
        assert f" · #{laptop.id}" in shown[0], address
