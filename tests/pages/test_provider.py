"""Signing in at a real OpenID provider: who is meant, which teams, and what goes wrong."""

import pytest
from sqlalchemy import func, select

from app.people.accounts import ProviderAccount
from app.people.models import LoginSession, Membership, Person
from app.people.queries import person_by_email
from tests.support.house import PLACES, come, leave, places


@pytest.mark.both
def test_somebody_known_by_a_verified_address_comes_in_and_is_known_from_then_on(
    client, cast, house, db_session
):
    address = leave(client)
    assert "code_challenge_method=S256" in address
    assert "scope=openid+email+profile&" in address + "&"
    assert come(client, house, "ada-7", door="/ask").url == "/ask"
    row = db_session.scalar(select(LoginSession))
    assert (row.door, row.person_id) == ("provider", cast.ada.id)
    db_session.rollback()
    ada = db_session.get(Person, cast.ada.id)
    ada.email = "lindqvist@baton.example"
    assert come(client, house, "ada-7").h1 == "My work"
    accounts = db_session.scalars(select(ProviderAccount)).all()
    assert [(a.issuer, a.subject, a.person_id) for a in accounts] == [
        (house.issuer, "ada-7", cast.ada.id)
    ]


def test_an_address_that_is_not_verified_or_was_given_to_another_opens_nothing(
    client, cast, house, db_session
):
    refused = come(client, house, "bea-7", 403)
    assert refused.h1 == "Not signed in"
    come(client, house, "ada-7")
    again = come(client, house, "cuckoo", 403)
    unknown = come(client, house, "noa-7", 403)
    assert refused.text == again.text == unknown.text, "one answer, whatever the reason"
    assert person_by_email(db_session, "noa@baton.example") is None


def test_who_left_does_not_come_back_by_the_provider(client, cast, house, db_session):
    come(client, house, "ada-7")
    db_session.get(Person, cast.ada.id).is_active = False
    assert come(client, house, "ada-7", 403).h1 == "Not signed in"


@pytest.mark.both
def test_somebody_new_comes_in_only_where_that_is_set_and_groups_are_places(
    client, cast, house, db_session, setting
):
    setting(oidc_new_people=True, oidc_groups=PLACES)
    assert "groups" in leave(client)
    assert come(client, house, "noa-7").h1 == "My work"
    noa = person_by_email(db_session, "noa@baton.example")
    assert (noa.name, noa.is_admin, noa.password_hash) == ("Noa Lind", False, None)
    assert places(db_session, noa) == {(cast.content.id, "member"), (cast.finance.id, "lead")}

    noa = person_by_email(db_session, "noa@baton.example")
    helps = Membership(person_id=noa.id, team_id=cast.it_help.id)
    asks = Membership(person_id=noa.id, team_id=cast.field_office.id)
    db_session.add_all([helps, asks])
    come(client, house, "noa-7")
    assert places(db_session, noa) == {
        (cast.content.id, "member"),
        (cast.finance.id, "lead"),
        (cast.field_office.id, "member"),
    }, "a team that a group stands for is left; any other place is not the provider's to take"


def test_no_answer_from_elsewhere_is_taken(client, cast, house, db_session):
    back = house.sign_in(leave(client), "ada-7").removeprefix("https://baton.example")
    client.stranger()
    assert client.get(back, 400).h1 == "Not signed in", "another browser's answer"
    leave(client)
    client.get(back, 400)
    client.get("/sign-in/provider/back?error=access_denied&state=x", 400)
    client.get("/sign-in/provider/back", 400)
    assert db_session.scalar(select(func.count()).select_from(LoginSession)) == 0


def test_an_answer_is_good_once(client, cast, house):
    back = house.sign_in(leave(client), "ada-7").removeprefix("https://baton.example")
    assert client.get(back).h1 == "My work"
    client.get(back, 400)


def test_the_token_must_be_of_the_provider_that_is_set(client, cast, house, setting):
    address = leave(client)
    back = house.sign_in(address, "ada-7").removeprefix("https://baton.example")
    setting(oidc_issuer="https://other.example")
    client.get(back, 400)


def test_trying_too_often_is_slowed_down(client, cast, house):
    for _ in range(30):
        client.get("/sign-in/provider/back", 400)
    answer = client.get("/sign-in/provider/back", 429)
    assert answer.headers["Retry-After"] == "900"


def test_a_provider_that_is_away_is_said_so(client, cast, setting):
    setting(oidc_issuer="http://127.0.0.1:9", oidc_client_id="baton", oidc_client_secret="x")
    assert "try again" in client.get("/sign-in/provider", 503).text


def test_without_a_provider_there_is_no_such_door(client, cast):
    assert "Sign in with" not in client.get("/sign-in").text
    client.get("/sign-in/provider", 404)
    client.get("/sign-in/provider/back", 404)
