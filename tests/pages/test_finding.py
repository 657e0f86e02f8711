"""Finding: by word and filter, on both engines, and never more than one may see."""

import pytest
from freezegun import freeze_time
from sqlalchemy import text

from app.catalogue.rules import Visibility
from app.requests.acts import words
from app.requests.record.rebuilding import differences, give_words
from app.requests.search.index import without_words
from tests.support.desk import counted_queries
from tests.support.it_desk import MON, act, at

pytestmark = pytest.mark.both


@pytest.fixture
def find(client):
    def look(person, query, status=200, clock="16:00", day=MON):
        with freeze_time(at(day, clock)):
            client.sign_in(person)
            return client.get(f"/find?q={query}", status)

    return look


def titles(page):
    return page.texts("#found .row-title")


@pytest.fixture
def laptop(desk):
    request = desk.ask(MON, "09:00")
    words.write_message(
        desk.session, request, words="The café wants it", act=act(desk.cast.kim, MON, "09:10")
    )
    words.write_note(
        desk.session, request, words="Keep it from Zuckerberg", act=act(desk.cast.ivo, MON, "09:20")
    )
    desk.session.commit()
    return request


def test_titles_and_talk_are_found_by_the_beginning_of_a_word_without_accents(desk, find, laptop):
    for query in ("lapt", "cafe", "CAFÉ wants", "a lap caf"):
        assert titles(find(desk.cast.kim, query)) == ["A laptop"], query
    assert titles(find(desk.cast.kim, "coffee")) == []


def test_inner_notes_are_found_by_those_who_carry_it_alone(desk, find, laptop):
    assert titles(find(desk.cast.ida, "zucker")) == ["A laptop"]
    for person in (desk.cast.kim, desk.cast.lou, desk.cast.eve):
        assert titles(find(person, "zucker")) == []


def test_an_open_request_is_found_by_everybody_but_not_its_notes(desk, find):
    desk.cast.laptop.visibility = Visibility.OPEN
    request = desk.ask(MON, "09:00")
    words.write_note(desk.session, request, words="Secretly", act=act(desk.cast.ivo, MON, "09:20"))

    assert titles(find(desk.cast.eve, "laptop")) == ["A laptop"]
    assert titles(find(desk.cast.eve, "secretly")) == []


def test_a_stranger_finds_nothing_not_even_by_number(desk, find, laptop):
    for query in ("laptop", "cafe", "state:open", f"%23{laptop.id}", "team:it", "from:kim"):
        assert titles(find(desk.cast.eve, query)) == [], query


def test_a_number_leads_to_its_request(desk, find, laptop):
    assert find(desk.cast.kim, f"%23{laptop.id}").h1 == "A laptop"


def test_filters(desk, find, laptop):
    kim, ivo = desk.cast.kim, desk.cast.ivo
    fits = ("team:it", "state:open", "type:lap", "from:field", "from:kim", "holder:nobody")
    for query in (*fits, 'team:"IT Help" state:raised cafe', "late:yes", "waiting:team"):
        assert titles(find(kim, query)) == ["A laptop"], query
    for query in ("team:finance", "state:done", "holder:ivo", "late:no", "waiting:me", "state:x"):
        assert titles(find(kim, query)) == [], query
    assert titles(find(ivo, "late:no", clock="12:00")) == ["A laptop"]


def test_a_filter_that_is_not_known_finds_nothing_and_says_so(desk, find, laptop):
    for query in ("late:maybe", "late:maybe lap", "state:nonsense", "waiting:bob"):
        page = find(desk.cast.ivo, query, clock="12:00")
        assert titles(page) == [], query
        value = query.split()[0].partition(":")[2]
        [said] = page.texts("#found .empty-text")
        assert f"“{value}”" in said
        assert "try " in said


def test_hostile_words_find_nothing_and_break_nothing(desk, find, laptop):
    for query in ('"', "NEAR(", "a* OR b", "'; --", ":* %26", "open_words:x", "\u0301", "x" * 500):
        find(desk.cast.kim, query.replace("&", "%26"))


def test_words_that_were_taken_back_are_not_found(desk, find, laptop):
    said = words.write_message(
        desk.session, laptop, words="Abracadabra", act=act(desk.cast.ivo, MON, "10:00")
    )
    assert said is not None
    words.unsay(desk.session, laptop, seq=4, act=act(desk.cast.ivo, MON, "10:00:05"))

    assert titles(find(desk.cast.kim, "abra")) == []
    assert list(differences(desk.session)) == []


def test_a_missing_index_is_made(desk, laptop):
    desk.session.execute(text("DELETE FROM request_text"))

    assert without_words(desk.session) == [laptop.id]
    assert give_words(desk.session, laptop.id)
    assert not give_words(desk.session, laptop.id)
    assert without_words(desk.session) == []


def test_a_view_is_kept_for_me_or_for_my_team(desk, find, client, laptop):
    page = find(desk.cast.ivo, "state:open lap")
    with freeze_time(at(MON, "16:00")):
        page = client.submit(page, "Keep it", name="Open laptops", team=str(desk.cast.it_help.id))
    assert "Open laptops" in page.text
    assert "Open laptops" in find(desk.cast.ida, "").text
    assert "Open laptops" not in find(desk.cast.kim, "").text

    page = find(desk.cast.ivo, "")
    with freeze_time(at(MON, "16:00")):
        page = client.submit(page, "form[action$='/drop']")
    assert "Open laptops" not in page.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("foo:bar", "“foo:” is no filter; there are team:, type:"),
        ("team:nowhere", "No team is called “nowhere”."),
        ("type:spaceship lap", "No kind of request is called “spaceship”."),
        ("from:zuckerberg", "No person and no team is called “zuckerberg”."),
        ("holder:zuckerberg state:open", "No person is called “zuckerberg”."),
    ],
)
def test_where_nothing_is_found_the_name_that_nobody_has_is_said(desk, find, laptop, query, said):
    page = find(desk.cast.kim, query)
    assert said in page.texts("#found")[0]
    assert "Fewer or other words" not in page.text


@pytest.mark.parametrize("query", ["team:finance", "from:kim coffee", "holder:me", "type:art"])
def test_where_somebody_is_called_so_nothing_of_that_is_said(desk, find, laptop, query):
    page = find(desk.cast.kim, query)
    assert titles(page) == []
    assert "Fewer or other words" in page.text


def test_what_is_found_is_looked_for_no_further(desk, find, laptop):
    def asked_about(query):
        with counted_queries(desk.session) as sent:
            find(desk.cast.kim, query)
        return len(sent)

    asked_about("team:IT")
    found = asked_about("team:IT")
    assert asked_about("team:nowhere") == found + 1
