"""A team's queue: who sees what, in which order, and who may pick it up."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.catalogue.rules import Visibility
from app.handoffs.actions import say_done
from app.requests.acts import settling, words, work
from app.requests.lists.views import Place
from app.requests.rules import WaitingOn
from tests.support.desk import MONDAY, act, ask, counted_queries

HOUR = timedelta(hours=1)


@pytest.fixture
def queue(client, cast):
    def go(person, query="", status=200):
        with freeze_time(MONDAY + 3 * HOUR):
            client.sign_in(person)
            return client.get(f"/teams/{cast.it_help.id}{query}", status)

    return go


def titles(page):
    return page.texts(".row-title")


def test_the_oldest_unanswered_stands_on_top_then_what_is_due_first(queue, db_session, cast):
    for name, hours in (("Answered later", 8), ("Answered first", 72)):
        request = ask(db_session, cast.laptop, cast.kim, name, at=MONDAY - hours * HOUR)
        words.write_message(db_session, request, words="Hello", act=act(cast.ivo))
    ask(db_session, cast.laptop, cast.kim, "New")
    ask(db_session, cast.laptop, cast.eve, "Old", at=MONDAY - 2 * HOUR)
    assert titles(queue(cast.ivo)) == ["Old", "New", "Answered first", "Answered later"]


def test_the_views_part_the_queue(queue, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "To do")
    waiting = ask(db_session, cast.laptop, cast.kim, "Paused")
    done = ask(db_session, cast.laptop, cast.kim, "Finished")
    ended = ask(db_session, cast.laptop, cast.kim, "Given up")
    pause = {"question": "Which?", "waiting_on": WaitingOn.REQUESTER, "who": "", "until": None}
    work.pause(db_session, waiting, **pause, act=act(cast.ivo))
    say_done(db_session, done, words="Here", act=act(cast.ivo))
    settling.withdraw(db_session, ended, reason="", act=act(cast.kim))
    page = queue(cast.ivo)
    assert titles(page) == ["To do"]
    views = "nav[aria-label='Which requests'] a"
    assert page.texts(views)[:3] == [
        "To do · 1",
        "Waiting for an answer · 1",
        "Done, not yet confirmed · 1",
    ]
    shown = [titles(queue(cast.ivo, f"?view={each}")) for each in ("waiting", "done", "ended")]
    assert shown == [["Paused"], ["Finished"], ["Given up"]]
    assert page.texts(f"{views}[aria-current]") == ["To do · 1"]
    queue(cast.ivo, "?view=everything", status=404)


def test_rows_come_a_page_at_a_time_nothing_twice_or_left_out(queue, client, db_session, cast):
    for number in range(60):
        ask(db_session, cast.laptop, cast.kim, f"No {number}", at=MONDAY - number // 3 * HOUR)
    seen, url = [], ""
    while url is not None:
        page = queue(cast.ivo, url)
        seen += titles(page)
        more = page.all(".pager a")
        url = more[0]["href"].removeprefix(f"/teams/{cast.it_help.id}") if more else None
    assert len(seen) == 60
    assert set(seen) == {f"No {number}" for number in range(60)}
    ended = [titles(queue(cast.ivo, f"?view=ended&after={Place(0, MONDAY, 1)}"))]
    assert ended == [[]]


@pytest.mark.parametrize("place", ["x", "0.20260302T090000000000.-1", "7.20260302T090000000000.1"])
def test_a_place_nobody_wrote_is_not_found(queue, cast, place):
    queue(cast.ivo, f"?after={place}", status=404)


def test_everybody_sees_the_team_but_only_its_open_requests(queue, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "Between two teams")
    public = ask(db_session, cast.laptop, cast.kim, "For all to see")
    public.visibility = Visibility.OPEN
    page = queue(cast.eve)
    assert titles(page) == ["For all to see"]
    assert "To do · 1" in page.texts("nav[aria-label='Which requests'] a")
    assert page.all("form[action$=claims]") == []
    assert titles(queue(cast.lou)) == ["Between two teams", "For all to see"]


def test_the_team_picks_up_what_nobody_holds_but_not_its_own_questions(queue, db_session, cast):
    free = ask(db_session, cast.laptop, cast.kim, "Free")
    held = ask(db_session, cast.laptop, cast.kim, "Held")
    work.claim(db_session, held, act=act(cast.ida))
    ask(db_session, cast.laptop, cast.ivo, "My own")
    page = queue(cast.ivo)
    forms = page.all("form[action$=claims]")
    assert [form["action"] for form in forms] == [f"/requests/{free.id}/claims"]
    assert forms[0].select_one("[name=seen]")["value"] == str(free.version)
    assert page.texts("form[action$=claims] button") == ["Pick it up : Free"]


def test_a_team_nobody_founded_is_not_found(client, cast):
    client.sign_in(cast.kim)
    client.get("/teams/999", 404)
    client.get("/teams/999/board", 404)


def test_the_page_asks_the_database_no_more_for_many_rows(queue, db_session, cast):
    def fill(times):
        for _ in range(times):
            ask(db_session, cast.laptop, cast.kim)
            ask(db_session, cast.laptop, cast.eve)
        queue(cast.ivo)
        with counted_queries(db_session) as sent:
            queue(cast.ivo)
        return len(sent)

    few = fill(1)
    assert fill(15) == few
    assert few <= 12
