"""An invitation opens once, and only while no other way has set a password."""

import pytest
from freezegun import freeze_time

from app.administration.actions import bring_back, change_person
from app.administration.journal import Deed
from app.administration.leaving import leave
from app.people.actions import digest, invite
from app.people.models import Invitation
from tests.support.cast import PASSWORD
from tests.support.desk import MONDAY
from tests.support.racing import ready, sent_at_once

NEW = "a calm new sentence"


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


@pytest.fixture
def link(db_session, cast):
    """The address of an invitation that Ada has got."""
    token = invite(db_session, cast.ada, at=MONDAY)
    db_session.commit()
    return f"/invitations/{token}"


def test_a_new_password_ends_it(client, cast, link):
    client.sign_in(cast.ada)
    page = client.get("/me")
    client.submit(page, "form:has([name=current])", current=PASSWORD, password=NEW)
    client.stranger()
    client.get(link, 404)


def test_it_sets_a_new_password_as_any_other_way_does(client, db_session, cast, link):
    other = f"/invitations/{invite(db_session, cast.ada, at=MONDAY)}"
    client.sign_in(cast.ada)
    client.stranger()
    client.submit(client.get(link), "Begin", password=NEW)
    assert client.get("/").h1 == "My work"
    client.sign_in(cast.ada)
    assert client.get("/").url.startswith("/sign-in"), "the browser of before is signed out"
    client.get(other, 404)


def test_it_ends_when_the_address_changes_and_when_one_leaves(client, db_session, cast, link):
    cast.dov.is_admin = True
    now = {"name": cast.ada.name, "is_admin": False}
    deeds = iter(Deed(cast.dov, MONDAY, f"deed-{number}") for number in range(9))
    change_person(db_session, cast.ada, **now, email="ada@home.example", deed=next(deeds))
    client.get(link, 404)

    link = f"/invitations/{invite(db_session, cast.ada, at=MONDAY)}"
    client.get(link)
    leave(db_session, cast.ada, {}, deed=next(deeds))
    client.get(link, 404)
    bring_back(db_session, cast.ada, deed=next(deeds))
    client.get(link, 404)


def test_of_two_clicks_at_once_one_opens(app, db_session, cast, link):
    filled = ready(app, db_session, None, link, "Begin", password=NEW)
    known = db_session.query(Invitation).filter_by(token_hash=digest(link.split("/")[-1])).one()
    assert sorted(sent_at_once(app, db_session, known, filled, filled)) == [303, 404]
