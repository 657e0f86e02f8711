"""Lists a page at a time, and what they may be narrowed to."""

import re

import pytest

from app.requests.acts.work import claim
from tests.support.desk import act, ask, counted_queries

pytestmark = pytest.mark.both


@pytest.fixture
def requests(db_session, cast):
    laptops = [ask(db_session, cast.laptop, cast.kim, f"Laptop {n}") for n in range(5)]
    article = ask(db_session, cast.article, cast.kim, "The café story")
    claim(db_session, laptops[0], act=act(cast.ivo))
    return [*laptops, article]


def titles(program, query):
    return {line["title"] for line in program.get(f"/requests{query}", 200).json["items"]}


def next_of(answer):
    found = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
    return found and found[1]


def test_pages_follow_each_other_without_gaps(program, cast, requests):
    kim, seen, there = program(cast.kim), [], "/requests?limit=2&state=open"
    while there:
        answer = kim.get(there, 200)
        seen.append([line["id"] for line in answer.json["items"]])
        there = next_of(answer)
    assert seen == [[6, 5], [4, 3], [2, 1]]
    people = kim.get("/people?limit=4", 200)
    assert [person["id"] for person in kim.get(next_of(people), 200).json["items"]] == [5, 6, 7, 8]


def test_events_and_messages_come_in_pages_too(program, cast, requests):
    kim = program(cast.kim)
    for words in ("One", "Two", "Three"):
        kim.post("/requests/1/messages", {"words": words}, 201)
    first = kim.get("/requests/1/messages?limit=2", 200)
    assert [said["words"] for said in first.json["items"]] == ["One", "Two"]
    rest = kim.get(next_of(first), 200)
    assert ([said["words"] for said in rest.json["items"]], next_of(rest)) == (["Three"], None)
    events = kim.get("/requests/1/events?limit=1", 200)
    assert events.json["items"][0]["kind"] == "raised"
    assert kim.get(next_of(events), 200).json["items"][0]["kind"] == "claimed"


def test_lists_are_narrowed(program, cast, requests):
    kim, ivo = program(cast.kim), program(cast.ivo)
    laptops = {f"Laptop {n}" for n in range(5)}
    assert titles(kim, f"?team={cast.it_help.id}") == laptops
    assert titles(kim, f"?type={cast.article.id}") == {"The café story"}
    assert titles(kim, f"?holder={cast.ivo.id}") == titles(ivo, "?holder=me") == {"Laptop 0"}
    assert titles(ivo, "?holder=nobody") == laptops - {"Laptop 0"}
    assert titles(kim, "?q=cafe") == {"The café story"}
    assert titles(kim, "?state=accepted") == {"Laptop 0"}
    assert titles(kim, "?state=ended") == set()


def test_what_one_needs_to_ask_can_be_read(program, cast):
    kim = program(cast.kim)
    team = next(t for t in kim.get("/teams", 200).json["items"] if t["name"] == "IT Help")
    assert kim.get(f"/teams/{team['id']}", 200).json["department"]["name"] == "Services"
    offered = kim.get(f"/request-types?team={team['id']}", 200).json["items"]
    assert [one["name"] for one in offered] == ["Laptop"]
    assert kim.get(f"/request-types/{offered[0]['id']}", 200).json == offered[0]
    assert offered[0]["questions"][0]["choices"] == ["New", "On loan", "Repair"]
    ada = kim.get("/people?q=ADA", 200).json["items"]
    assert ada == [
        {"id": cast.ada.id, "name": "Ada Lindqvist", "teams": [{"id": 1, "name": "Content"}]}
    ]
    for path in ("/teams/99", "/request-types/99", "/people/99"):
        kim.get(path, 404)


@pytest.mark.parametrize("path", ["/requests", "/people", "/request-types", "/requests/1/events"])
def test_more_rows_take_no_more_queries(program, cast, db_session, requests, path):
    kim = program(cast.kim)

    def queries(query):
        with counted_queries(db_session) as sent:
            kim.get(f"{path}?{query}", 200)
        return len(sent)

    queries("limit=1")
    assert queries("limit=1") == queries("limit=100") <= 20
