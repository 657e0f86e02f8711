"""Standing in for a colleague: asked by letter, and told why their work is in one's own."""

from dataclasses import replace
from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.notices.models import Letter, Wish
from app.people.absences import say_away
from app.requests.acts import work
from app.requests.rules import WaitingOn
from tests.support.desk import MONDAY, act, ask, counted_queries

TODAY = MONDAY.date()
DAY = timedelta(days=1)
THURSDAY = {"first_day": "2026-03-02", "last_day": "2026-03-05"}


@pytest.fixture(autouse=True)
def noon():
    with freeze_time(MONDAY + timedelta(hours=2)):
        yield


@pytest.fixture
def with_mail(app):
    before = app.extensions["baton"]
    app.extensions["baton"] = replace(
        before, mail_server="smtp://mail.example", address="https://baton.example"
    )
    yield
    app.extensions["baton"] = before


def held_by(session, cast, person, title):
    request = ask(session, cast.laptop, cast.kim, title)
    work.claim(session, request, act=act(person))
    return request


def away(session, person, substitute, days=4):
    last_day = TODAY + days * DAY
    return say_away(
        session, person, first_day=TODAY, last_day=last_day, substitute=substitute, today=TODAY
    )


def say_on_page(client, person, substitute, status=200, **days):
    client.sign_in(person)
    fields = THURSDAY | days | {"substitute": str(substitute.id if substitute else 0)}
    return client.submit(client.get("/me/away"), "Save these days", status, **fields)


def test_work_of_others_stands_under_whom_one_stands_in_for(client, db_session, cast):
    held_by(db_session, cast, cast.ivo, "His laptop")
    held_by(db_session, cast, cast.ida, "Her laptop")
    asked = ask(db_session, cast.article, cast.ida, "Her article")
    work.claim(db_session, asked, act=act(cast.ada))
    waits = {"waiting_on": WaitingOn.REQUESTER, "who": "", "until": MONDAY + DAY}
    work.pause(db_session, asked, question="Which?", **waits, act=act(cast.ada))
    away(db_session, cast.ivo, cast.ida)
    client.sign_in(cast.ida)
    page = client.get("/")
    assert "3 things wait on you, Ida." in page.text
    assert page.texts("#waiting + div h3") == ["You stand in for Ivo Novak until Friday 6 March"]
    assert page.texts("#waiting + div > ul:first-child .row-title") == ["Her laptop", "Her article"]
    assert page.texts("#waiting + div h3 + ul .row-title") == ["His laptop"]


def test_many_rows_of_others_take_one_look(client, db_session, cast):
    away(db_session, cast.ivo, cast.ida)
    client.sign_in(cast.ida)

    def queries():
        held_by(db_session, cast, cast.ivo, "His")
        db_session.commit()
        client.get("/")
        with counted_queries(db_session) as sent:
            client.get("/")
        return len(sent)

    assert queries() == queries()


def test_who_is_to_stand_in_is_asked_by_letter(client, db_session, cast, with_mail):
    cast.ida.language = "de"
    say_on_page(client, cast.ivo, cast.ida)
    [letter] = db_session.query(Letter)
    assert (letter.person_id, letter.reason) == (cast.ida.id, "question")
    assert letter.subject == "Du vertrittst Ivo Novak"
    assert "von Montag, 2. März bis Donnerstag, 5. März" in letter.body
    assert "https://baton.example/me/notices" in letter.body


@pytest.mark.parametrize("why", ["nobody stands in", "no mail leaves", "they want none"])
def test_nobody_else_gets_a_letter(client, db_session, cast, request, why):
    if why != "no mail leaves":
        request.getfixturevalue("with_mail")
    if why == "they want none":
        db_session.add(Wish(person_id=cast.ida.id, reason="question", how="never"))
    say_on_page(client, cast.ivo, None if why == "nobody stands in" else cast.ida)
    assert db_session.query(Letter).count() == 0


def test_two_who_are_away_do_not_stand_in_for_each_other(client, db_session, cast):
    away(db_session, cast.ivo, cast.ida)
    page = say_on_page(client, cast.ida, cast.ivo, 422)
    said = "Ivo Novak is away on some of these days, too; please choose somebody who is there."
    assert said in page.text
    later = {"first_day": "2026-03-09", "last_day": "2026-03-10"}
    assert "Ivo Novak stands in" in say_on_page(client, cast.ida, cast.ivo, **later).text


def test_who_goes_away_is_reminded_of_whom_they_were_to_stand_in_for(client, db_session, cast):
    away(db_session, cast.ivo, cast.ida)
    page = say_on_page(client, cast.ida, None)
    said = "You were to stand in for Ivo Novak on some of these days; please tell them."
    assert said in page.texts(".flash-info")[0]
    later = {"first_day": "2026-03-09", "last_day": "2026-03-10"}
    assert "stand in for Ivo" not in say_on_page(client, cast.ida, None, **later).text


def test_the_page_of_notices_says_for_whom_one_stands_in(client, db_session, cast):
    piece = ask(db_session, cast.article, cast.kim, "Her article")
    away(db_session, cast.bea, cast.cy)
    work.claim(db_session, piece, act=act(cast.ada))
    work.give(db_session, piece, to=cast.bea, act=act(cast.dov))
    client.sign_in(cast.cy)
    told = client.get("/notices").texts(".row-main")[0]
    assert "In place of a colleague" in told
    assert "You stand in for Bea Okafor: Dov Rosen gave it to Bea Okafor." in told
    assert "Your turn" not in told
