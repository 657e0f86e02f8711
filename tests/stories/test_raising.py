"""Kim asks IT Help for a laptop, from the catalogue to the team's queue."""

import pytest
from freezegun import freeze_time
from sqlalchemy import func, select

from app.catalogue.rules import Visibility
from app.requests.models import Brief, Event, Request
from tests.support.desk import MONDAY, ask

SENT = {"title": "A laptop for Lou", "answer_wish": "New", "details": "**Light**, please. 🚲 שלום"}


@pytest.fixture(autouse=True)
def monday_morning():
    with freeze_time(MONDAY):
        yield


@pytest.fixture
def form(client, cast):
    """Walk from My work to the form of a laptop, as Kim."""
    client.sign_in(cast.kim)
    teams = client.get(client.get("/").link("Ask for something"))
    offers = client.get(teams.link("IT Help"))
    tile = next(each for each in offers.all(".tile") if "Laptop" in each.get_text())
    return client.get(tile["href"])


def test_what_is_asked_is_kept_and_stands_in_the_queue(form, client, db_session, cast):
    page = client.submit(form, "Ask IT Help", **SENT, answer_screen="13.5")
    request = db_session.scalars(select(Request)).one()
    assert page.url == f"/requests/{request.id}"
    assert (request.title, request.state, request.team_id) == (
        SENT["title"],
        "raised",
        cast.it_help.id,
    )
    assert (request.requester_id, request.asking_team_id) == (cast.kim.id, cast.field_office.id)
    brief = db_session.get(Brief, request.id)
    assert brief.details == SENT["details"]
    assert brief.answers == [
        {"label": "What do you need?", "text": "New"},
        {"label": "Screen size in inches", "text": "13.5", "kind": "number"},
    ]
    client.sign_in(cast.ida)
    queue = client.get(f"/teams/{cast.it_help.id}")
    assert queue.texts(".row-title") == [SENT["title"]]
    assert "Answer due today 14:00" in queue.text


def test_a_second_click_leads_to_the_same_request(form, client, db_session, cast):
    first = client.submit(form, "Ask IT Help", **SENT)
    second = client.submit(form, "Ask IT Help", **SENT)
    assert second.url == first.url
    assert db_session.scalar(select(func.count(Request.id))) == 1
    assert db_session.scalar(select(func.count(Event.id))) == 1


def test_without_the_token_of_the_page_nothing_is_raised(form, client, db_session, cast):
    url = f"/ask/types/{cast.laptop.id}"
    client.post(url, {**SENT, "key": "a-key-of-my-own"}, status=400)
    assert db_session.scalar(select(func.count(Request.id))) == 0


def test_a_script_in_a_title_is_words_and_nothing_else(form, client, db_session, cast):
    title = '<script>alert(1)</script> & "quotes"'
    client.submit(form, "Ask IT Help", **SENT | {"title": title})
    page = client.get("/asked")
    assert page.texts(".row-title") == [title]
    assert "<script>alert" not in page.html


def test_somebody_may_ask_their_own_team(client, db_session, cast):
    client.sign_in(cast.ivo)
    page = client.get(f"/ask/types/{cast.laptop.id}")
    client.submit(page, "Ask IT Help", **SENT)
    request = db_session.scalars(select(Request)).one()
    assert request.asking_team_id == request.team_id == cast.it_help.id
    assert client.get("/").texts("section[aria-labelledby=asked] .row-title") == [SENT["title"]]


def test_a_confidential_request_is_not_in_the_lists_of_the_asking_team(client, db_session, cast):
    cast.laptop.visibility = Visibility.CONFIDENTIAL
    ask(db_session, cast.laptop, cast.kim, "Only between us")
    seen = {}
    for person in (cast.kim, cast.lou, cast.ivo, cast.eve):
        client.sign_in(person)
        for url in (f"/teams/{cast.it_help.id}", f"/teams/{cast.it_help.id}/board", "/"):
            seen[person.first_name, url] = "Only between us" in client.get(url).text
    assert {who for (who, _), found in seen.items() if found} == {"Kim", "Ivo"}
