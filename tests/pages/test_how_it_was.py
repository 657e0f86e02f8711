"""What whoever asked says at the end is read by those who carried it, and by nobody else."""

import pytest
from freezegun import freeze_time

from app.requests.acts import settling, work
from app.requests.rules import Outcome
from tests.support.it_desk import MON, THU, TUE, WED, act, at


@pytest.fixture
def laptop(desk):
    """Carried by Ivo, confirmed by Kim."""
    laptop = desk.ask(MON, "09:00")
    work.start(desk.session, laptop, act=act(desk.cast.ivo, MON, "10:00"))
    desk.done(laptop, MON, "12:00")
    confirm(desk, laptop, TUE)
    return laptop


def confirm(desk, laptop, day):
    kim = act(desk.cast.kim, day, "10:00")
    settling.confirm(desk.session, laptop, outcome=Outcome.YES, words="", act=kim)


@pytest.fixture
def see(client, laptop):
    def look(person, day=TUE):
        with freeze_time(at(day, "11:00")):
            client.sign_in(person)
            return client.get(f"/requests/{laptop.id}")

    return look


def say(client, page, day=TUE, **words):
    with freeze_time(at(day, "11:00")):
        return client.submit(page, "Say how it was", **words)


def test_those_who_carried_it_read_the_words_and_nobody_else(desk, see, client):
    cast = desk.cast
    page = say(client, see(cast.kim), rating="with bumps", words="Two calls")
    assert "Thank you for saying so." in page.text

    told = see(cast.ivo).one("section[aria-labelledby=how-it-was]").get_text(" ", strip=True)
    assert "Kim says: it went, with bumps." in told
    assert "Two calls" in told
    for person in (cast.ida, cast.lou):
        assert "Two calls" not in see(person).text
        assert "with bumps" not in see(person).text


def test_without_words_the_answer_alone_is_told(desk, see, client):
    say(client, see(desk.cast.kim), rating="well")
    [told] = see(desk.cast.ivo).all("section[aria-labelledby=how-it-was]")
    assert "Kim says: it went well." in told.get_text()
    assert told.find("blockquote") is None


def test_after_it_was_opened_again_what_was_said_before_no_longer_holds(desk, see, client, laptop):
    say(client, see(desk.cast.kim), rating="well", words="Quick")
    kim = act(desk.cast.kim, WED, "10:00")
    settling.reopen(desk.session, laptop, reason="Dark again", act=kim)
    assert see(desk.cast.ivo, WED).all("#how-it-was") == []
    desk.done(laptop, WED, "12:00")
    confirm(desk, laptop, THU)
    say(client, see(desk.cast.kim, THU), THU, rating="not well", words="Twice")
    page = see(desk.cast.ivo, THU)
    assert "it did not go well" in page.text
    assert "Twice" in page.text
    assert "Quick" not in page.text
