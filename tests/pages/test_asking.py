"""Asking for something: the team, the offer, what to expect, and the form."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.catalogue.models import RequestType
from app.handoffs.actions import say_done
from app.people.models import Membership, Person
from app.requests.models import Request
from tests.support.desk import MONDAY, act, ask, counted_queries

HOUR = timedelta(hours=1)
SENT = {"title": "A laptop for Lou", "answer_wish": "New"}


@pytest.fixture(autouse=True)
def monday_morning():
    with freeze_time(MONDAY):
        yield


@pytest.fixture
def visit(client):
    def go(person, url="/ask", at=MONDAY, status=200):
        with freeze_time(at):
            client.sign_in(person)
            return client.get(url, status)

    return go


@pytest.fixture
def form_of(visit):
    return lambda person, offered, at=MONDAY: visit(person, f"/ask/types/{offered.id}", at)


def test_every_team_with_an_offer_stands_under_its_department(visit, cast):
    page = visit(cast.kim)
    assert page.texts("#teams h2") == ["Publishing", "Services"]
    assert page.texts("#teams h3") == ["Content", "IT Help"]
    assert page.link("Laptop") == f"/ask/types/{cast.laptop.id}"


def test_words_find_offers_teams_and_purposes(visit, client, cast):
    cast.content.purpose = "We write what the house says."
    found = client.submit(visit(cast.kim), "Find", q="LAPTOP lent")
    assert found.texts("#teams h3") == ["IT Help"]
    assert visit(cast.kim, "/ask?q=house").texts("#teams h3") == ["Content"]
    assert "No team offers that" in visit(cast.kim, "/ask?q=elephants").text
    part = client.fragment("/ask?q=laptop", part="teams")
    assert part.texts("h3") == ["IT Help"]
    assert "<html" not in part.html


def test_a_team_shows_what_it_offers_with_its_promise(visit, cast):
    page = visit(cast.kim, f"/ask/{cast.it_help.id}")
    assert page.h1 == "Ask IT Help"
    assert "A first answer within 4 working hours, done within 16 working hours." in page.text
    assert "Open now." in page.text
    empty = visit(cast.kim, f"/ask/{cast.finance.id}")
    assert "Finance offers nothing here yet" in empty.text
    visit(cast.kim, "/ask/999", status=404)


def test_an_offer_withdrawn_or_missing_is_not_there(visit, db_session, cast):
    cast.laptop.is_active = False
    visit(cast.kim, f"/ask/types/{cast.laptop.id}", status=404)
    visit(cast.kim, "/ask/types/999", status=404)


def finished(session, cast, number):
    """Record laptops done after 1, 2, … hours, one each."""
    for hours in range(1, number + 1):
        at = MONDAY - timedelta(weeks=1)
        request = ask(session, cast.laptop, cast.kim, at=at)
        say_done(session, request, words="Here", act=act(cast.ivo, at + hours * HOUR))


def test_nine_finished_are_too_few_to_tell_how_long_it_takes(form_of, db_session, cast):
    finished(db_session, cast, 9)
    assert "Too few were finished" in form_of(cast.kim, cast.laptop).text


def test_ten_finished_tell_how_long_it_took_by_nearest_rank(form_of, db_session, cast):
    finished(db_session, cast, 10)
    page = form_of(cast.kim, cast.laptop)
    # From 10:00 the day has 7 hours left: elapsed and working time part after the seventh.
    assert "Half of the last 10 were done after 5 h (5 working hours)." in page.text
    assert "85 in 100 were done after 9 h (7 working hours)." in page.text
    later = form_of(cast.lou, cast.laptop, at=MONDAY + timedelta(weeks=8))
    assert "Too few were finished" in later.text


def test_the_line_and_the_hours_are_told_before_asking(form_of, db_session, cast):
    ask(db_session, cast.laptop, cast.eve)
    ask(db_session, cast.laptop, cast.kim)
    evening = form_of(cast.lou, cast.laptop, at=MONDAY + 12 * HOUR)
    assert "2 not begun yet, none in work." in evening.text
    assert "Closed now; opens tomorrow 09:00." in evening.text
    assert "09:00–17:00" in evening.text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": "  "}, "Please give it a title"),
        ({"title": "x" * 201}, "Please stay within 200 characters; this has 201."),
        ({"title": "x" * 1_000_000}, "Please stay within 200 characters; this has 1,000,000."),
        ({"details": "y" * 20_001}, "Please stay within 20,000 characters; this has 20,001."),
        ({"answer_screen": "big"}, "Please write a number"),
        ({"answer_wish": []}, "Please answer this one"),
    ],
)
def test_what_cannot_be_sent_is_said_beside_it_and_the_words_stay(
    form_of, client, db_session, cast, changed, sentence
):
    sent = {**SENT, "details": "For the field", **changed}
    page = client.submit(form_of(cast.kim, cast.laptop), "Ask IT Help", 422, **sent)
    assert sentence in " ".join(page.texts(".field-error"))
    assert page.one("[name=title]")["value"] == " ".join(sent["title"].split())
    assert page.one("[name=details]").get_text().strip() == sent["details"]
    assert db_session.query(Request).count() == 0


def test_a_choice_nobody_offered_is_refused(form_of, client, db_session, cast):
    page = form_of(cast.kim, cast.laptop)
    data = {each["name"]: each["value"] for each in page.all("form.form input[type=hidden]")}
    url = f"/ask/types/{cast.laptop.id}"
    answer = client.raw(url, method="POST", data=data | SENT | {"answer_wish": "A yacht"})
    assert answer.status_code == 422
    assert "Please take one of the choices." in answer.text
    assert db_session.query(Request).count() == 0


def test_somebody_in_two_teams_says_for_which(form_of, client, db_session, cast):
    db_session.add(Membership(person=cast.kim, team=cast.finance))
    page = form_of(cast.kim, cast.laptop)
    assert page.texts("[name=asking_team] option") == ["Field Office", "Finance"]
    client.submit(page, "Ask IT Help", **SENT, asking_team=cast.finance.id)
    assert db_session.query(Request).one().asking_team_id == cast.finance.id


def test_somebody_in_no_team_is_told_why_they_cannot_ask(form_of, client, db_session, cast):
    newcomer = Person(name="Noa", email="noa@baton.example", password_hash=cast.kim.password_hash)
    db_session.add(newcomer)
    db_session.commit()
    page = form_of(newcomer, cast.laptop)
    assert "You are in no team yet" in page.text
    assert page.all("main form") == []


def test_the_pages_ask_the_database_no_more_for_many_offers(visit, db_session, cast):
    def sent_for(url):
        visit(cast.kim, url)
        with counted_queries(db_session) as sent:
            visit(cast.kim, url)
        return len(sent)

    urls = ("/ask", f"/ask/{cast.it_help.id}", f"/ask/types/{cast.laptop.id}")
    few = [sent_for(url) for url in urls]
    db_session.add_all(RequestType(team=cast.it_help, name=f"Thing {n}") for n in range(20))
    finished(db_session, cast, 10)
    assert [sent_for(url) for url in urls] == few
    assert max(few) <= 12
