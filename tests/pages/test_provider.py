"""Signing in at a real OpenID provider: who is meant, which teams, and what goes wrong."""

import pytest
from sqlalchemy import func, select

from app.administration.models import AdminEvent
from app.notices.models import Notice
from app.people.accounts import ProviderAccount
from app.people.models import LoginSession, Membership, Person
from app.people.queries import person_by_email
from app.requests.acts.work import claim
from tests.support.desk import act, ask
from tests.support.providers import SECRET

PEOPLE = {
    "ada-7": {"name": "Ada L.", "email": "ada@baton.example", "email_verified": True},
    "bea-7": {"name": "Bea O.", "email": "bea@baton.example", "email_verified": False},
    "noa-7": {
        "name": "Noa Lind",
        "email": "noa@baton.example",
        "email_verified": True,
        "groups": ["writers", "leads of finance", "something else"],
    },
    "cuckoo": {"name": "Ada Again", "email": "ada@baton.example", "email_verified": True},
}
PLACES = {
    "writers": ("Content", "member"),
    "leads of finance": ("Finance", "lead"),
    "helpers": ("IT Help", "member"),
    "nowhere": ("No such team", "member"),
}


@pytest.fixture(scope="module")
def provider(start_provider):
    return start_provider(PEOPLE)


@pytest.fixture
def house(provider, setting):
    setting(
        address="https://baton.example",
        oidc_issuer=provider.issuer,
        oidc_client_id="baton",
        oidc_client_secret=SECRET,
        oidc_name="The House",
    )
    return provider


def leave(client, words="/sign-in"):
    client.stranger()
    return client.raw(client.get(words).link("Sign in with The House"), method="GET").location


def come(client, provider, subject, status=200, door="/sign-in"):
    back = provider.sign_in(leave(client, door), subject)
    return client.get(back.removeprefix("https://baton.example"), status)


def places(session, person):
    session.rollback()
    rows = select(Membership.team_id, Membership.role).where(Membership.person_id == person.id)
    return {tuple(row) for row in session.execute(rows)}


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


@pytest.mark.both
def test_a_team_that_is_left_by_a_group_keeps_its_work(client, cast, house, db_session, setting):
    setting(oidc_new_people=True, oidc_groups=PLACES)
    come(client, house, "noa-7")
    noa = person_by_email(db_session, "noa@baton.example")
    db_session.add(Membership(person_id=noa.id, team_id=cast.it_help.id))
    laptop = ask(db_session, cast.laptop, cast.kim)
    claim(db_session, laptop, act=act(noa))
    db_session.commit()
    come(client, house, "noa-7")
    db_session.rollback()
    assert laptop.holder_id is None
    told = db_session.scalars(select(Notice.person_id).where(Notice.reason == "turn"))
    assert set(told) == {cast.ivo.id, cast.ida.id}


@pytest.mark.both
def test_what_groups_change_is_written_down(client, cast, house, db_session, setting):
    setting(oidc_new_people=True, oidc_groups=PLACES)
    come(client, house, "noa-7")
    noa = person_by_email(db_session, "noa@baton.example")
    leads = select(Membership).where(Membership.person_id == noa.id, Membership.role == "lead")
    db_session.scalars(leads).one().role = "member"
    db_session.add(Membership(person_id=noa.id, team_id=cast.it_help.id))
    for _ in range(2):  # the second time nothing is new
        come(client, house, "noa-7")
    cast.eve.is_admin = True
    db_session.commit()

    moves = select(AdminEvent).where(AdminEvent.act.endswith("by a group")).order_by(AdminEvent.id)
    assert [(one.before, one.after) for one in db_session.scalars(moves)] == [
        ({}, {"team": "Content", "role": "member"}),
        ({}, {"team": "Finance", "role": "lead"}),
        ({"team": "IT Help", "role": "member"}, {}),
        ({"role": "member"}, {"team": "Finance", "role": "lead"}),
    ]
    client.sign_in(cast.eve)
    said = client.get("/admin/log").text
    assert "Noa Lind got a place in a team by a group of their account" in said
    assert "Noa Lind lost a place in a team by a group of their account" in said


def test_nothing_said_of_groups_changes_no_place(client, cast, house, db_session, setting):
    setting(oidc_groups=PLACES)
    come(client, house, "ada-7")
    assert places(db_session, cast.ada) == {(cast.content.id, "member")}


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
