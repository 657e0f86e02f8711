"""Late, said first; the place in line; and what stands after the end, on the pages."""

import pytest
from freezegun import freeze_time

from app.requests.acts import settling, work
from app.requests.rules import Outcome
from tests.support.it_desk import FRI, MON, THU, TUE, WED, act, at


@pytest.fixture
def see(client):
    def look(person, address, day, clock, status=200):
        with freeze_time(at(day, clock)):
            client.sign_in(person)
            return client.get(address, status)

    return look


def test_before_the_promise_ends_the_page_asks_for_a_word(desk, see, client):
    laptop, ivo = desk.ask(MON, "09:00"), desk.cast.ivo
    desk.say(laptop, ivo, MON, "10:00")

    early = see(ivo, "/requests/1", TUE, "13:00")
    assert "Will it be later than promised?" not in early.text
    page = see(ivo, "/requests/1", TUE, "14:00")
    assert "Will it be later than promised?" in page.text
    with freeze_time(at(TUE, "14:10")):
        page = client.submit(
            page, "Say it first", 422, sorry="Sorry", why="The lorry", day="2026-03-03"
        )
        assert "later than the one promised" in page.text
        assert "The lorry" in page.html
        page = client.submit(page, "Say it first", day="2026-03-05")
    assert "Promised anew for Thursday 17:00; first promised for today 17:00." in page.text
    assert "The lorry" in page.one("#talk").get_text()
    with freeze_time(at(WED, "10:00")):
        client.sign_in(desk.cast.kim)
        assert "and it is late" not in client.get("/requests/1").text


def test_late_without_a_word_stands_on_top_of_the_teams_page(desk, see):
    silent, said = desk.ask(MON, "09:00"), desk.ask(MON, "09:00")
    desk.promise(said, at(FRI, "12:00"), day=TUE, clock="10:00")
    team = f"/teams/{desk.cast.it_help.id}"

    page = see(desk.cast.ivo, team, WED, "10:00")

    [section] = page.all("section:has(#silent)")
    assert f"/requests/{silent.id}" in str(section)
    assert f"/requests/{said.id}" not in str(section)


def test_who_asked_sees_the_place_in_line_and_why_it_moved(desk, see):
    first, second = desk.ask(MON, "09:00"), desk.ask(MON, "09:30")
    mine = desk.ask(MON, "10:00")
    address, kim = f"/requests/{mine.id}", desk.cast.kim

    assert "Number 3 in line." in see(kim, address, MON, "10:05").text
    work.start(desk.session, first, act=act(desk.cast.ivo, MON, "10:10"))
    page = see(kim, address, MON, "10:15")
    assert "Number 2 in line. 1 before you was begun since you asked." in page.text
    urgent = desk.ask(MON, "10:20")
    urgent.due_at = at(MON, "12:00")
    page = see(kim, address, MON, "10:25")
    assert "Number 2 or 3 in line." in page.text
    assert "1 came later and is due sooner" in page.text
    assert "in line" not in see(desk.cast.ivo, address, MON, "10:30").one("#turn").get_text()
    assert second.state == "raised"


def test_after_the_end_who_asked_says_how_it_was_and_may_open_it_again(desk, see, client):
    kim, laptop = desk.cast.kim, desk.ask(MON, "09:00")
    desk.done(laptop, MON, "12:00")
    settling.confirm(
        desk.session, laptop, outcome=Outcome.YES, words="", act=act(kim, TUE, "10:00")
    )

    page = see(kim, "/requests/1", TUE, "10:05")
    with freeze_time(at(TUE, "10:06")):
        page = client.submit(page, "Say how it was", 422)
        assert "there is no default" in page.text
        page = client.submit(page, "Say how it was", rating="with bumps", words="Two calls")
    assert "You said: it went, with bumps." in page.text
    assert "Two calls" not in see(desk.cast.ida, "/requests/1", TUE, "10:07").text
    page = see(kim, "/requests/1", THU, "10:00")
    with freeze_time(at(THU, "10:00")):
        page = client.submit(page, "Open it again", words="Dark again")
    assert "Dark again" in page.text
    assert "It did not hold after all" not in page.text
