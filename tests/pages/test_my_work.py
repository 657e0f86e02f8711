"""My work: what waits on me, what my teams have, what I asked for, who thanked me."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.handoffs.actions import say_done
from app.requests.acts import settling, words, work
from app.requests.rules import Outcome, WaitingOn
from tests.support.desk import MONDAY, act, ask, counted_queries

HOUR = timedelta(hours=1)


@pytest.fixture
def my_work(client):
    def visit(person, url="/", at=MONDAY + 3 * HOUR, status=200):
        with freeze_time(at):
            client.sign_in(person)
            return client.get(url, status)

    return visit


def section(page, id):
    return page.one(f"section[aria-labelledby={id}]").get_text(" ", strip=True)


def paused(session, request, by, at):
    work.pause(
        session,
        request,
        question="Which size?",
        waiting_on=WaitingOn.REQUESTER,
        who="",
        until=None,
        act=act(by, at),
    )


def test_free_hands_and_nothing_asked_are_said_kindly(my_work, cast):
    page = my_work(cast.eve)
    assert "Your hands are free" in page.text
    assert "Nothing is on its way to you" in page.text
    assert "Nothing waits on you, Eve." in page.text


def test_what_i_hold_waits_on_me_and_the_late_one_stands_on_top(my_work, db_session, cast):
    late = ask(db_session, cast.laptop, cast.kim, "The late one")
    older = ask(db_session, cast.laptop, cast.kim, "The older one", at=MONDAY - 24 * HOUR)
    work.claim(db_session, older, act=act(cast.ivo, MONDAY))
    words.write_message(db_session, older, words="On it", act=act(cast.ivo, MONDAY))
    work.claim(db_session, late, act=act(cast.ivo, MONDAY + HOUR))
    page = my_work(cast.ivo, at=MONDAY + 5 * HOUR)
    assert page.texts("section[aria-labelledby=waiting] .row-title") == [
        "The late one",
        "The older one",
    ]
    first, second = page.texts("section[aria-labelledby=waiting] .row")
    assert "Your turn, Ivo, and it is late. Since today 11:00" in first
    assert "Answer late since today 14:00" in first
    assert "Your turn, Ivo. Since today 10:00" in second
    assert "Due " in second


def test_a_question_to_me_and_a_done_to_confirm_wait_on_me(my_work, db_session, cast):
    asked = ask(db_session, cast.laptop, cast.kim, "The asked one")
    work.claim(db_session, asked, act=act(cast.ivo))
    paused(db_session, asked, cast.ivo, MONDAY + HOUR)
    done = ask(db_session, cast.laptop, cast.kim, "The done one")
    say_done(db_session, done, words="Here", act=act(cast.ida, MONDAY + HOUR))
    waiting = section(my_work(cast.kim), "waiting")
    assert "Your turn: Ivo asks you something." in waiting
    assert "Done, says Ida. Does it hold?" in waiting
    assert "The asked one" not in section(my_work(cast.ivo), "waiting")


def test_what_nobody_picked_up_is_counted_and_the_oldest_are_named(my_work, db_session, cast):
    for number in range(7):
        ask(db_session, cast.laptop, cast.kim, f"Laptop {number}", at=MONDAY + number * HOUR)
    page = my_work(cast.ida, at=MONDAY + 8 * HOUR)
    free = f"section[aria-labelledby=team-{cast.it_help.id}]"
    assert page.texts(f"{free} .row-title") == [f"Laptop {number}" for number in range(5)]
    assert page.texts(f"{free} .count") == ["7"]
    assert page.one(f"{free} .section-head a")["href"] == f"/teams/{cast.it_help.id}"


def test_what_i_asked_for_says_who_has_it_now(my_work, db_session, cast):
    mine = ask(db_session, cast.laptop, cast.kim, "My laptop")
    work.claim(db_session, mine, act=act(cast.ivo))
    words = section(my_work(cast.kim), "asked")
    assert "My laptop" in words
    assert "Ivo has it. Nothing for you to do now." in words


def test_everything_i_asked_for_comes_in_pages(my_work, db_session, cast):
    for number in range(53):
        ask(db_session, cast.laptop, cast.kim, f"No {number}", at=MONDAY - number * HOUR)
    first = my_work(cast.kim, "/asked")
    assert first.texts(".row-title") == [f"No {number}" for number in range(25)]
    rest = my_work(cast.kim, first.link("Show more"))
    assert rest.texts(".row-title") == [f"No {number}" for number in range(25, 50)]
    last = my_work(cast.kim, rest.link("Show more"))
    assert last.texts(".row-title") == ["No 50", "No 51", "No 52"]
    assert "Show more" not in last.text
    my_work(cast.kim, "/asked?before=nonsense", status=404)


def test_thanks_reach_whoever_carried_it_and_nobody_else(my_work, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    work.claim(db_session, request, act=act(cast.ivo))
    say_done(db_session, request, words="Here", act=act(cast.ivo))
    settling.confirm(db_session, request, outcome=Outcome.YES, words="", act=act(cast.kim))
    settling.thank(db_session, request, words="You saved my week", act=act(cast.kim))
    assert "You saved my week" in section(my_work(cast.ivo), "thanks")
    assert "You saved my week" not in my_work(cast.ida).text
    assert "You saved my week" not in my_work(cast.ivo, at=MONDAY + timedelta(days=31)).text


def test_thanks_are_for_those_whose_hands_it_has_been_in_up_to_then(my_work, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    work.claim(db_session, request, act=act(cast.ivo))
    settling.thank(db_session, request, words="What a start", act=act(cast.kim))
    work.give(db_session, request, to=cast.ida, act=act(cast.ivo, MONDAY + HOUR))
    assert "What a start" in section(my_work(cast.ivo), "thanks")
    assert "What a start" not in my_work(cast.ida).text


def test_the_page_asks_the_database_no_more_for_many_rows(my_work, db_session, cast):
    def fill(times):
        for number in range(times):
            at = MONDAY - number * HOUR
            held = ask(db_session, cast.laptop, cast.kim, at=at)
            work.claim(db_session, held, act=act(cast.ivo, at))
            ask(db_session, cast.laptop, cast.eve, at=at)
            ask(db_session, cast.article, cast.ivo, at=at)
            settling.thank(db_session, held, words="Thank you", act=act(cast.kim, at))
        my_work(cast.ivo)
        with counted_queries(db_session) as sent:
            my_work(cast.ivo)
        return len(sent)

    few = fill(1)
    assert fill(6) == few
    assert few <= 12
