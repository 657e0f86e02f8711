"""No door tells who has an account: not by its words, and not by its work."""

import pytest
from argon2 import _password_hasher as hasher
from argon2 import low_level
from sqlalchemy import update

from app.people.models import Person
from app.people.passwords import hash_password, password_fits
from tests.support.desk import counted_queries
from tests.support.doors import DOOR, ask_for_link
from tests.support.walking import same

KNOWN, UNKNOWN, GONE, WITHOUT = (f"{who}@baton.example" for who in ("ada", "zoe", "bea", "cy"))


@pytest.fixture
def people(db_session, cast):
    """Let Bea have left, and Cy have no password."""
    db_session.execute(update(Person).where(Person.id == cast.bea.id).values(is_active=False))
    db_session.execute(update(Person).where(Person.id == cast.cy.id).values(password_hash=None))
    db_session.commit()


def knocked(client, db_session, email, password):
    client.stranger()
    page = client.get("/sign-in")
    answer = client.submit(page, DOOR, 422, email=email, password=password)
    status, text = same(answer.response)
    return status, text.replace(email, "…")


@pytest.mark.both
def test_a_wrong_password_and_no_account_look_and_work_alike(client, db_session, people):
    found = [
        knocked(client, db_session, email, "wrong wrong wrong")
        for email in (KNOWN, UNKNOWN, GONE, WITHOUT)
    ]
    assert all(one == found[0] for one in found)


@pytest.mark.both
def test_who_left_is_told_no_more_by_the_right_password(client, db_session, people):
    wrong = knocked(client, db_session, UNKNOWN, "correct horse battery")
    assert knocked(client, db_session, GONE, "correct horse battery") == wrong


@pytest.mark.both
def test_asking_for_a_link_does_the_very_same_statements(client, db_session, people, by_mail):
    found = []
    for email in (KNOWN, UNKNOWN, GONE):
        client.stranger()
        page = client.get("/sign-in")
        with counted_queries(db_session) as sent:
            answer = client.submit(page, "Mail me a link", email=email)
        found.append((same(answer.response)[1].replace(email, "…"), list(sent)))
    assert found[0] == found[1] == found[2]
    assert not any("FROM person" in statement for statement in found[0][1])


def test_a_password_is_hashed_even_where_there_is_none_to_compare(monkeypatch):
    costs = []

    def verify(stored, password, kind):
        costs.append((password, stored.split(b"$")[1:4]))  # kind, version, memory and rounds
        return low_level.verify_secret(stored, password, kind)

    monkeypatch.setattr(hasher, "verify_secret", verify)
    for stored in (hash_password("a calm sentence"), None):
        assert not password_fits("wrong wrong wrong", stored)
    one, other = costs
    assert one == other


@pytest.mark.parametrize("door", ["password", "link"])
def test_one_address_is_slowed_down_however_many_accounts_it_tries(
    client, db_session, people, by_mail, door
):
    for number in range(31):
        email, status = f"nobody{number}@baton.example", 429 if number == 30 else 0
        if door == "link":
            ask_for_link(client, email, status or 200)
        else:
            client.stranger()
            page = client.get("/sign-in")
            client.submit(page, DOOR, status or 422, email=email, password="wrong wrong wrong")
