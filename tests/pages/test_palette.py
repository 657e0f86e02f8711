"""Going anywhere by a few letters, and never further than one may."""

import pytest
from freezegun import freeze_time

from tests.support.desk import MONDAY, ask, counted_queries

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY):
        yield


def leads_to(client, person, typed):
    client.sign_in(person)
    return [link["href"] for link in client.get(f"/go?q={typed}").all(".go-list a")]


def test_nothing_typed_leads_to_my_own_pages(client, cast):
    places = leads_to(client, cast.ivo, "")
    team = cast.it_help.id
    assert {"/", "/ask", f"/teams/{team}", f"/teams/{team}/board"} <= set(places)
    assert f"/teams/{cast.content.id}" not in places


def test_letters_find_pages_offers_and_requests(client, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    page, offer = f"/requests/{request.id}", f"/ask/types/{cast.laptop.id}"
    assert leads_to(client, cast.kim, "lapt") == [offer, page]
    assert leads_to(client, cast.kim, "away") == ["/me/away"]
    assert leads_to(client, cast.ivo, "boa") == [f"/teams/{cast.it_help.id}/board"]
    assert leads_to(client, cast.kim, f"%23{request.id}") == [page]
    assert leads_to(client, cast.kim, "state:raised") == [page]
    assert leads_to(client, cast.kim, "zzz") == []


def test_a_stranger_is_led_nowhere_new(client, db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    for typed in ("grey", f"{request.id}", f"%23{request.id}", "state:raised"):
        assert leads_to(client, cast.eve, typed) == [], typed


def test_a_part_is_the_list_alone_and_takes_few_queries(client, db_session, cast):
    client.sign_in(cast.kim)
    part = client.fragment("/go?q=lap", part="go")
    assert part.all("li")
    with counted_queries(db_session) as sent:
        client.get("/go?q=lap")
    assert len(sent) <= 8
