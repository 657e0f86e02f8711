"""Names are found by whoever types them, whatever letters they have, on both engines alike."""

import pytest

from app.administration.queries import everybody
from app.people.models import Person
from app.people.queries import people_called, person_called
from app.requests.acts import work
from app.requests.lists.filters import Search
from app.requests.lists.found import found
from app.requests.search.wanted import read_wanted
from tests.support.desk import MONDAY, act, ask


@pytest.fixture
def names(db_session, cast):
    """Give people, teams and offers names as there are; return a search for requests by them."""
    cast.ivo.name, cast.it_help.name = "Özlem Weiß", "Öffentlichkeit"
    cast.field_office.name, cast.laptop.name = "Straßenbau", "ÜBERSETZUNG"
    laptop = ask(db_session, cast.laptop, cast.kim, "The one")
    work.claim(db_session, laptop, act=act(cast.ivo))
    ask(db_session, cast.article, cast.eve, "Another one")
    db_session.commit()

    def find(words):
        search = Search(cast.kim, read_wanted(words), MONDAY, 9)
        return [line.request.title for line in found(db_session, search)]

    return find


@pytest.mark.parametrize(
    "words",
    [
        *("team:Öffentlichkeit", "team:öff", "team:ÖFFENTLICHKEIT", "team:O\u0308ffentlichkeit"),
        *("from:Straßenbau", "from:STRASSENBAU", "from:straß", "from:sørensen", "from:SØREN"),
        *("holder:Özlem", "holder:özlem", 'holder:"ÖZLEM WEISS"', "holder:weiß"),
        *("type:übersetzung", "type:Übersetz"),
    ],
)
def test_a_search_by_name(names, words):
    assert names(words) == ["The one"]
    assert names(f"{words}x") == []


def test_a_person(db_session, cast, names):
    for typed in ("Özlem Weiß", "özlem weiß", "ÖZLEM WEISS", " O\u0308zlem Weiß "):
        assert person_called(db_session, typed) == cast.ivo, typed
    assert person_called(db_session, "Ozlem Weiss") is None
    typed = {"özlem weiss", "kim@baton.example", "nobody"}
    assert people_called(db_session, typed) == typed - {"nobody"}
    db_session.add(Person(name="ÖZLEM WEISS", email="other@baton.example"))
    assert person_called(db_session, "Özlem Weiß") is None
    for words in ("ÖZLEM", "özl", "weiß"):
        assert len(db_session.scalars(everybody(words, None, 9)).all()) == 2


def test_a_new_name_is_the_one_that_finds(db_session, cast, names):
    cast.ivo.name = "Ümit Weiß"
    assert (names("holder:özlem"), names("holder:ümit")) == ([], ["The one"])


def test_a_program_looks_for_people(program, cast, names):
    answer = program(cast.kim).get("/people?q=ÖZ")
    assert [person["name"] for person in answer.json["items"]] == ["Özlem Weiß"]


def test_forms_ask_for_people_and_teams(client, cast, db_session, names):
    cast.laptop.fields = [
        {"key": "who", "label": "Who else?", "kind": "person"},
        {"key": "where", "label": "Which team?", "kind": "team"},
    ]
    client.sign_in(cast.kim)
    page = client.get(f"/ask/types/{cast.laptop.id}")
    typed = {"title": "A lamp", "answer_where": "Öffentlichkeit"}
    page = client.submit(page, "Ask Öffentlichkeit", 422, **typed, answer_who="Ömer")
    client.submit(page, "Ask Öffentlichkeit", **typed, answer_who="ÖZLEM weiß")
    assert names("lamp") == ["A lamp"]
