"""A team's board: columns by where the work is."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.handoffs.actions import hand_on, hand_to_team, say_done
from app.handoffs.advice import Advice
from app.requests.acts import settling, work
from app.requests.rules import Outcome
from tests.support.desk import MONDAY, act, ask, counted_queries
from tests.support.pieces import write

HOUR = timedelta(hours=1)


@pytest.fixture
def board(client):
    def go(person, team, at=MONDAY + 3 * HOUR):
        with freeze_time(at):
            client.sign_in(person)
            return client.get(f"/teams/{team.id}/board")

    return go


def columns(page):
    return {
        column.select_one("h2").get_text(" ", strip=True): [
            card.get_text(" ", strip=True) for card in column.select(".card-title")
        ]
        for column in page.all(".board-column")
    }


def test_plain_work_moves_from_not_picked_up_to_done(board, db_session, cast):
    named = {
        name: ask(db_session, cast.laptop, cast.kim, name)
        for name in ("New", "Taken", "Going", "Ready", "Settled", "Refused")
    }
    work.claim(db_session, named["Taken"], act=act(cast.ivo))
    work.start(db_session, named["Going"], act=act(cast.ivo))
    for name in ("Ready", "Settled"):
        say_done(db_session, named[name], words="Here", act=act(cast.ivo))
    settling.confirm(db_session, named["Settled"], outcome=Outcome.YES, words="", act=act(cast.kim))
    settling.withdraw(db_session, named["Refused"], reason="", act=act(cast.kim))
    page = board(cast.ivo, cast.it_help)
    assert columns(page) == {
        "Not picked up 1": ["New"],
        "Picked up 1": ["Taken"],
        "In work 1": ["Going"],
        "Waiting for an answer 0": [],
        "Done in the last 14 days 2": ["Ready", "Settled"],
    }
    later = board(cast.ida, cast.it_help, at=MONDAY + timedelta(days=15))
    assert columns(later)["Done in the last 14 days 0"] == []


def test_a_writing_team_has_a_column_for_each_stage(board, db_session, cast):
    ask(db_session, cast.article, cast.kim, "Unread")
    written = ask(db_session, cast.article, cast.kim, "Being written")
    work.start(db_session, written, act=act(cast.ada))
    assert columns(board(cast.bea, cast.content)) == {
        "Not picked up 1": ["Unread"],
        "Writing 1": ["Being written"],
        "Editing 0": [],
        "Proofreading 0": [],
        "Waiting for an answer 0": [],
        "Done in the last 14 days 0": [],
    }


def test_what_nobody_has_stands_where_new_things_stand(board, client, db_session, cast):
    handed = ask(db_session, cast.laptop, cast.kim, "Handed over")
    work.claim(db_session, handed, act=act(cast.ivo))
    hand_to_team(db_session, handed, to=cast.finance, note="Yours", act=act(cast.ivo))
    page = board(cast.eve, cast.finance)
    assert columns(page)["Not picked up 1"] == ["Handed over"]
    assert columns(page)["Picked up 0"] == []
    with freeze_time(MONDAY + 3 * HOUR):
        facts = client.get(f"/requests/{handed.id}").one("#facts")
        assert facts.select_one(".chip").get_text(strip=True) == "Not picked up"
        work.claim(db_session, handed, act=act(cast.eve, MONDAY + HOUR))
        facts = client.get(f"/requests/{handed.id}").one("#facts")
        assert facts.select_one(".chip").get_text(strip=True) == "Accepted"
    assert columns(board(cast.eve, cast.finance))["Picked up 1"] == ["Handed over"]


def test_a_piece_that_no_editor_took_up_stands_at_editing(board, db_session, cast):
    piece = ask(db_session, cast.article, cast.kim, "Written")
    work.claim(db_session, piece, act=act(cast.ada))
    write(db_session, piece, cast.ada, "Text", on=0)
    hand_on(db_session, piece, advice=Advice(), to=None, act=act(cast.ada))
    assert columns(board(cast.bea, cast.content))["Editing 1"] == ["Written"]


def test_a_card_says_whose_turn_it_is_and_what_is_late(board, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim, "A laptop")
    work.claim(db_session, request, act=act(cast.ida))
    [card] = board(cast.ivo, cast.it_help, at=MONDAY + 5 * HOUR).texts(".card")
    assert "Ida has it, and it is late." in card
    assert "Answer late since today 14:00" in card


def test_a_column_stops_at_ten_and_leads_on(board, db_session, cast):
    for number in range(53):
        ask(db_session, cast.laptop, cast.kim, f"No {number}", at=MONDAY - number * HOUR)
    page = board(cast.ivo, cast.it_help)
    assert len(page.all(".card")) == 10
    assert page.link("And 43 more in the queue") == f"/teams/{cast.it_help.id}?view=open"


def test_the_board_shows_each_person_what_they_may_see(board, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "Between two teams")
    assert columns(board(cast.eve, cast.it_help))["Not picked up 0"] == []
    assert "Between two teams" in board(cast.lou, cast.it_help).text


def test_the_board_renews_itself_as_a_part(board, client, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "New")
    page = board(cast.ivo, cast.it_help)
    with freeze_time(MONDAY + 3 * HOUR):
        part = client.fragment(page.one("#board")["hx-get"], part="board")
    assert part.one("#board").get_text() == page.one("#board").get_text()
    assert "<html" not in part.html


def test_the_page_asks_the_database_no_more_for_many_cards(board, db_session, cast):
    def fill(times):
        for number in range(times):
            held = ask(db_session, cast.laptop, cast.kim)
            work.claim(db_session, held, act=act((cast.ivo, cast.ida)[number % 2]))
            ask(db_session, cast.laptop, cast.eve)
        board(cast.ivo, cast.it_help)
        with counted_queries(db_session) as sent:
            board(cast.ivo, cast.it_help)
        return len(sent)

    few = fill(1)
    assert fill(10) == few
    assert few <= 12
