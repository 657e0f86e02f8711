"""Only a provider lets in: other doors are shut, and the command line opens one on a bad day."""

import pytest
from sqlalchemy import select

from app.administration.models import AdminEvent
from app.config import WrongSetting
from app.people.models import LoginSession
from app.people.rules import Door, opens
from tests.support.cast import PASSWORD
from tests.support.doors import DOOR, ask_for_link, knock
from tests.support.running import command, refused
from tests.support.walking import token

pytestmark = pytest.mark.both
ADA = "ada@baton.example"


@pytest.fixture
def only(setting):
    """Return a switch: from now on only the provider lets in."""

    def switch(on=True):
        provider = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": "baton"}
        setting(**provider, oidc_name="The House", only_provider=on)

    return switch


def test_every_other_door_is_shut(client, cast, only, by_mail, db_session):
    page = client.get("/sign-in")
    asked = ask_for_link(client, ADA)
    assert asked.h1
    link = by_mail()
    only()
    assert not client.get("/sign-in").all("main form"), "nothing to fill in"
    assert client.get("/sign-in").link("Sign in with The House").startswith("/sign-in/provider")
    client.stranger()
    client.submit(page, DOOR, 400, email=ADA, password=PASSWORD)  # another browser's token
    page = client.get("/sign-in")
    hidden = {"email": ADA, "password": PASSWORD}
    only(False)
    hidden["csrf_token"] = client.get("/sign-in").one("[name=csrf_token]")["value"]
    only()
    client.post("/sign-in", hidden, 404)
    client.post("/sign-in/link", hidden, 404)
    client.post(f"/demo/{cast.ada.id}", hidden, 404)
    client.get(link, 404)
    client.post(link, hidden, 404)
    assert db_session.scalar(select(LoginSession.id)) is None


def test_who_came_in_by_another_door_is_asked_again(client, cast, only):
    client.sign_in(cast.ada)
    only()
    assert client.get("/").url == "/sign-in?next=/"
    assert {door for door in Door if opens(door, only_provider=True)} == {
        Door.PROVIDER,
        Door.COMMAND,
    }


def test_an_invitation_leads_to_the_provider(client, cast, only, db_session):
    cast.eve.is_admin = True
    client.sign_in(cast.eve)
    page = client.submit(client.get("/admin/people"), "Invite them", name="Nia", email="n@b.org")
    there = "/invitations/" + page.one(".to-copy").get_text().partition("/invitations/")[2]
    client.stranger()
    form = client.get(there).one("[name=csrf_token]")["value"]
    only()
    page = client.get(there)
    assert not page.all("[name=password]")
    assert page.link("Sign in with The House")
    client.post(there, {"csrf_token": form, "password": "a long enough one"}, 404)


def test_an_admin_is_let_in_from_the_command_line_and_nobody_else(
    app, client, cast, only, db_session, by_mail, mailbox
):
    cast.eve.is_admin = True
    db_session.commit()
    only()
    assert "does not look after Baton" in refused(app, "person", "let-in", "--email", ADA)
    said = command(app, "person", "let-in", "--email", "eve@baton.example")
    link = said.split("https://baton.example")[1].strip()
    page = client.get(link)
    assert "set a new password" not in page.text
    page = client.submit(page, "Sign in")
    assert page.h1 == "My work"
    assert not client.get("/me").all("[name=current]"), "no password to change"
    for path in ("/me/password", "/me/new-password", "/me/second-step/sure"):
        client.post(path, {"csrf_token": token(client), "password": "a long new one"}, 404)
    client.get("/me/new-password", 404)
    client.get(link, 404)
    page = client.get("/admin/log")
    assert "Somebody at the command line made a link that lets in the person Eve" in page.text
    db_session.rollback()
    found = db_session.scalar(select(AdminEvent))
    assert (found.act, found.by_id, found.subject_id) == ("let in", None, cast.eve.id)
    by_mail()
    assert "on the command line" in mailbox.mails[-1].get_content()


def test_where_all_doors_are_open_such_a_link_also_sets_a_new_password(
    app, client, cast, db_session
):
    cast.eve.is_admin = True
    db_session.commit()
    said = command(app, "person", "let-in", "--email", "eve@baton.example")
    page = client.get("/sign-in/links/" + said.split("/links/")[1].strip())
    page = client.submit(page, "Sign in and set a new password")
    client.submit(page, "form:has([name=password])", password="a calm new sentence")
    assert knock(client, "eve@baton.example", "a calm new sentence").h1 == "My work"


def test_it_needs_a_provider(make_app):
    with pytest.raises(WrongSetting, match="BATON_OIDC_ISSUER is missing"):
        make_app(BATON_ONLY_PROVIDER="yes")
