"""A request that waits for somebody else says for whom, and tells them first."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.requests.acts import asking_others, work
from app.requests.record.rebuilding import differences
from app.requests.rules import WaitingOn
from tests.support.desk import MONDAY, act, ask

NOON, FRIDAY = MONDAY + timedelta(hours=2), MONDAY + timedelta(days=4)


@pytest.fixture(autouse=True)
def afternoon(db_session):
    with freeze_time(NOON + timedelta(hours=1)):
        yield
    assert list(differences(db_session)) == []


@pytest.fixture
def laptop(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    work.start(db_session, request, act=act(cast.ivo))
    return request


@pytest.fixture
def reads(client):
    def read(person, url, selector="main"):
        client.sign_in(person)
        return " ".join(client.get(url).texts(selector))

    return read


def ask_to_agree(session, request, of, at=NOON):
    asking_others.ask_to_agree(
        session, request, of=of, question="Is it paid?", until=FRIDAY, act=act(request.holder, at)
    )


def wait_for(session, request, who, waiting_on=WaitingOn.THIRD_PARTY, at=NOON):
    waits = {"question": "When?", "waiting_on": waiting_on, "who": who, "until": FRIDAY}
    work.pause(session, request, **waits, act=act(request.holder, at))


def test_whoever_is_asked_to_agree_finds_it_in_what_waits_on_them(reads, db_session, cast, laptop):
    assert "Nothing waits on you, Eve." in reads(cast.eve, "/")
    ask_to_agree(db_session, laptop, cast.eve)

    said = reads(cast.eve, "/")
    assert "One thing waits on you, Eve." in said
    assert "Your turn: Ivo asks you to agree." in said
    assert "A laptop" in reads(cast.eve, "/find?q=waiting:me", "#found")
    assert "A laptop" not in reads(cast.ida, "/find?q=waiting:me", "#found")
    address = f"/requests/{laptop.id}"
    assert "Your turn: Ivo asks you to agree." in reads(cast.eve, address, ".turn-yours")
    assert "Ivo waits for Eve Castellanos." in reads(cast.ivo, address, ".turn-waiting")
    assert "Nothing waits on you" in reads(cast.ivo, "/")


def test_once_they_have_said_so_it_waits_on_them_no_longer(reads, db_session, cast, laptop):
    ask_to_agree(db_session, laptop, cast.eve)
    asking_others.decide(db_session, laptop, agreed=True, words="", act=act(cast.eve, NOON))
    assert "Nothing waits on you, Eve." in reads(cast.eve, "/")
    assert "Your turn, Ivo" in reads(cast.ivo, "/")


def test_the_work_may_go_on_without_them_and_wait_for_another(reads, db_session, cast, laptop):
    address = f"/requests/{laptop.id}"
    ask_to_agree(db_session, laptop, cast.eve)
    assert "it waits for your word" in reads(cast.eve, address)
    later = NOON + timedelta(minutes=9)
    work.resume(db_session, laptop, act=act(cast.ivo, later))
    assert "Nothing waits on you" in reads(cast.eve, "/")
    assert "The work went on meanwhile; your word is welcome still." in reads(cast.eve, address)
    wait_for(db_session, laptop, "the landlord", at=later)
    assert "Nothing waits on you" in reads(cast.eve, "/")
    assert "A laptop" not in reads(cast.eve, "/find?q=waiting:me", "#found")


def test_both_sides_read_whom_it_waits_for(reads, db_session, cast, laptop):
    wait_for(db_session, laptop, "the landlord")
    address, said = f"/requests/{laptop.id}", "Ivo waits for the landlord."
    assert said in reads(cast.ida, address, "#turn")
    assert f"{said} Nothing for you to do now." in reads(cast.kim, address, "#turn")
    assert said in reads(cast.kim, "/", ".row")
    assert said in reads(cast.ida, f"/teams/{cast.it_help.id}?view=waiting", ".row")


def test_nobody_is_named_where_it_waits_for_who_asked(db_session, cast, laptop):
    wait_for(db_session, laptop, "", WaitingOn.REQUESTER)
    assert (laptop.waits_for, laptop.asked_id) == (None, None)
