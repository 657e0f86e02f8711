"""A house with an OpenID provider: its people, its groups, and how they come in."""

import pytest
from sqlalchemy import select

from app.people.models import Membership
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
