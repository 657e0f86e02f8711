"""Whoever asked for what was merged keeps asking: in their lists, and by name on the page."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.handoffs.actions import say_done
from app.people.models import Membership
from app.requests.acts import settling, work
from app.requests.rules import Outcome
from tests.support.desk import MONDAY, act, ask, counted_queries

NOON = MONDAY + timedelta(hours=2)


@pytest.fixture(autouse=True)
def noon():
    with freeze_time(NOON):
        yield


@pytest.fixture
def laptop(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim, "A laptop")
    work.start(db_session, request, act=act(cast.ivo))
    return request


@pytest.fixture
def merge(client, db_session, cast):
    """Merge one request into another on its page."""

    def do(request, into):
        client.sign_in(cast.ivo)
        page = client.get(f"/requests/{request.id}")
        client.submit(page, "#form-merge", number=str(into.id))

    return do


@pytest.fixture
def again(db_session, cast, laptop, merge):
    request = ask(db_session, cast.laptop, cast.eve, "The same again")
    merge(request, laptop)
    return request


def rows(client, person, url="/", within=""):
    client.sign_in(person)
    return client.get(url).texts(f"{within} .row-main")


def asked(client, person):
    return rows(client, person, within="section:has(#asked)")


def test_it_stays_among_what_they_asked_for_and_says_how_it_stands(client, cast, laptop, again):
    for lines in (asked(client, cast.eve), rows(client, cast.eve, "/asked")):
        [line] = lines
        assert "The same again" in line
        assert f"It was merged into #{laptop.id}, which is in work. Since today" in line
    assert client.get(client.get("/").link("The same again")).url == f"/requests/{laptop.id}"
    [line] = asked(client, cast.kim)
    assert "merged" not in line


def test_it_ends_with_the_one_it_goes_on_in(client, db_session, cast, laptop, again):
    say_done(db_session, laptop, words="Here", act=act(cast.ivo, NOON))
    [line] = asked(client, cast.eve)
    assert "which is done" in line
    yes = {"outcome": Outcome.YES, "words": ""}
    settling.confirm(db_session, laptop, **yes, act=act(cast.kim, NOON))
    assert asked(client, cast.eve) == []
    assert "which is confirmed" in rows(client, cast.eve, "/asked")[0]


def test_whoever_may_no_longer_see_that_one_reads_its_number_alone(
    client, db_session, cast, laptop, again
):
    db_session.query(Membership).filter_by(person_id=cast.eve.id).delete()
    assert asked(client, cast.eve) == []
    [line] = rows(client, cast.eve, "/asked")
    assert f"It was merged into #{laptop.id}. Since" in line


def test_open_ones_and_merged_ones_stand_in_one_order(client, db_session, cast, again):
    for number in (1, 2):
        at = NOON - timedelta(days=number)
        ask(db_session, cast.laptop, cast.eve, f"{number} before", at=at)
    client.sign_in(cast.eve)
    titles = client.get("/").texts("section:has(#asked) .row-title")
    assert titles == ["The same again", "1 before", "2 before"]


def test_merged_once_more_it_leads_to_the_end_of_the_line(
    client, db_session, cast, laptop, again, merge
):
    last = ask(db_session, cast.laptop, cast.ada, "The last")
    merge(laptop, last)
    [line] = asked(client, cast.eve)
    assert f"It was merged into #{last.id}, which is raised." in line
    facts = client.get(f"/requests/{last.id}").texts("#facts")[0]
    assert "together with Eve Castellanos and Kim Sørensen" in facts


def test_both_sides_read_who_else_asked(client, db_session, cast, laptop, again, merge):
    merge(ask(db_session, cast.laptop, cast.kim, "Once more"), laptop)
    for person in (cast.ivo, cast.kim, cast.eve):
        client.sign_in(person)
        facts = client.get(f"/requests/{laptop.id}").texts("#facts")[0]
        assert "together with Eve Castellanos" in facts
    client.sign_in(cast.ivo)
    page = client.get(f"/requests/{again.id}?stay=1")
    client.submit(page, "Take the merging back")
    assert "together with" not in client.get(f"/requests/{laptop.id}").text


def test_many_that_were_merged_take_no_more_queries(client, db_session, cast, laptop, merge):
    def queries(url):
        for _ in range(2):
            merge(ask(db_session, cast.laptop, cast.eve, "Again"), laptop)
        db_session.commit()
        client.sign_in(cast.eve)
        client.get(url)
        with counted_queries(db_session) as sent:
            client.get(url)
        return len(sent)

    for url in ("/", "/asked", f"/requests/{laptop.id}"):
        few = queries(url)
        assert queries(url) == few
