"""Who will look at a request and when, and who carried one that is over."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.handoffs.actions import hand_to_team, say_done
from app.people.absences import say_away
from app.requests.acts import settling, work
from app.requests.rules import Outcome
from tests.support.desk import MONDAY, act, ask

DAY = timedelta(days=1)
NOON = MONDAY + timedelta(hours=2)


@pytest.fixture
def reads(client):
    def read(person, request, selector, at=NOON):
        with freeze_time(at):
            client.sign_in(person)
            return " ".join(client.get(f"/requests/{request.id}").texts(selector))

    return read


@pytest.fixture
def laptop(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    work.claim(db_session, request, act=act(cast.ivo))
    return request


@pytest.fixture
def said(client, cast, laptop):
    """Ivo has said on the page that he will look on Thursday."""
    with freeze_time(NOON):
        client.sign_in(cast.ivo)
        page = client.get(f"/requests/{laptop.id}")
        return client.submit(page, "#form-when", day="2026-03-05", words="After the move")


def test_it_is_said_that_it_was_said(said):
    assert "Said." in said.texts(".flash-good")[0]


def test_both_sides_read_the_day_where_they_read_whose_turn_it_is(reads, said, cast, laptop):
    for person in (cast.kim, cast.ida):
        words = "Ivo will look on Thursday 5 March. “After the move”"
        assert words in reads(person, laptop, "#turn")


def test_a_day_that_has_passed_is_one_that_was_meant(reads, said, cast, laptop):
    later = reads(cast.kim, laptop, "#turn", at=NOON + 4 * DAY)
    assert "Ivo meant to look on Thursday 5 March." in later
    assert "will look" not in later


def test_it_is_gone_with_the_holder_and_stays_gone(reads, said, db_session, cast, laptop):
    later = NOON + timedelta(hours=1)
    work.take_over(db_session, laptop, act=act(cast.ida, later))
    assert "will look" not in reads(cast.kim, laptop, "#turn", at=later)
    work.give(db_session, laptop, to=cast.ivo, act=act(cast.ida, later))
    assert "will look" not in reads(cast.kim, laptop, "#turn", at=later)


def test_while_it_waits_or_is_done_nobody_will_look(reads, said, db_session, cast, laptop):
    say_done(db_session, laptop, words="Here", act=act(cast.ivo, NOON))
    assert "will look" not in reads(cast.kim, laptop, "#turn")


def test_who_asked_reads_when_silence_confirms(reads, db_session, cast, laptop):
    say_done(db_session, laptop, words="Here", act=act(cast.ivo))
    words = "Without a word from you it counts as confirmed on Monday 9 March."
    assert words in reads(cast.kim, laptop, "#form-confirm")
    assert "Without a word" not in reads(cast.ivo, laptop, "main")


@pytest.mark.parametrize("end", ["confirmed", "withdrawn"])
def test_what_has_ended_was_carried_by_somebody(reads, db_session, cast, laptop, end):
    today = MONDAY.date()
    days = {"first_day": today, "last_day": today + 4 * DAY, "today": today}
    say_away(db_session, cast.ivo, substitute=cast.ida, **days)
    assert "Ida Brandt stands in" in reads(cast.kim, laptop, "#facts")
    if end == "confirmed":
        say_done(db_session, laptop, words="Here", act=act(cast.ivo))
        outcome = {"outcome": Outcome.YES, "words": ""}
        settling.confirm(db_session, laptop, **outcome, act=act(cast.kim))
    else:
        settling.withdraw(db_session, laptop, reason="", act=act(cast.kim))
    said = reads(cast.kim, laptop, "#facts")
    assert "Carried by" in said
    assert "Ivo Novak" in said
    assert "Who has it" not in said
    assert "stands in" not in said


def test_all_who_carried_what_is_over_are_named(reads, db_session, cast, laptop):
    hand_to_team(db_session, laptop, to=cast.content, note="Yours", act=act(cast.ivo))
    say_done(db_session, laptop, words="Here", act=act(cast.ada))
    said = reads(cast.kim, laptop, "#facts")
    assert said.index("Ivo Novak IT Help") < said.index("Ada Lindqvist Content")
    assert "It reaches Ivo Novak, Ada Lindqvist." in reads(cast.kim, laptop, "main")


def test_what_nobody_had_was_carried_by_nobody(reads, db_session, cast):
    untouched = ask(db_session, cast.laptop, cast.kim)
    settling.withdraw(db_session, untouched, reason="", act=act(cast.kim))
    said = reads(cast.kim, untouched, "#facts")
    assert "Carried by" not in said
    assert "Nobody yet" not in said
    assert "First answer" not in said
