"""A team's webhooks, looked after by its lead."""

import pytest

from app.webhooks.models import Delivery, Webhook
from tests.support.desk import ask
from tests.support.walking import token


@pytest.fixture
def address(cast, loopback):
    return f"/teams/{cast.content.id}/webhooks"


def test_a_lead_lets_a_program_listen_and_sees_what_came_of_it(
    client, db_session, cast, receiver, work_off, address
):
    client.sign_in(cast.dov)
    page = client.get(client.get(f"/teams/{cast.content.id}").one("a[href$=webhooks]")["href"])
    assert "Nobody yet" in page.text
    assert not page.all("input[type=checkbox][required]")  # a browser would ask for every box
    wrong = client.submit(page, "Let it listen", 422, address="gopher://x", events=["raised"])
    assert wrong.one("#address")["aria-invalid"] == "true"
    assert wrong.one("#address")["value"] == "gopher://x"
    client.submit(page, "Let it listen", 422, address=receiver.url)
    chosen = {"address": receiver.url, "events": ["raised", "claimed"]}
    secrets = {
        client.submit(page, "Let it listen", **chosen).one(".to-copy").text.strip() for _ in "12"
    }
    webhook = db_session.query(Webhook).one()
    assert (secrets, webhook.events) == ({webhook.secret}, ["raised", "claimed"])
    page = client.get(address)
    assert webhook.secret not in page.text

    there = page.one("ul a[href*=webhooks]")["href"]
    assert "Nothing was sent yet" in client.get(there).text
    story = ask(db_session, cast.article, cast.kim, "A story")
    receiver.status = 410
    assert "On its way" in (db_session.commit() or client.get(there).text)
    work_off()
    page = client.get(there)
    assert ("Given up" in page.text, "It answered 410." in page.text) == (True, True)
    assert f"#{story.id}" in page.text
    receiver.status = 200
    page = client.submit(page, "form[action$=again]")
    assert "On its way" in page.text
    work_off()
    assert "Taken" in client.get(there).text
    assert len(receiver.got) == 2

    page = client.get(client.get(there).link("A new secret"))
    new = {client.submit(page, "Make a new secret").one(".to-copy").text.strip() for _ in "12"}
    db_session.refresh(webhook)
    assert new == {webhook.secret}
    assert webhook.old_secret in secrets

    page = client.submit(client.get(address), "form[action$=end]")
    assert "Nobody yet" in page.text
    client.get(there, 404)


def test_webhooks_are_for_the_lead_of_the_team(client, db_session, cast, receiver, address):
    client.sign_in(cast.dov)
    client.submit(client.get(address), "Let it listen", address=receiver.url, events=["raised"])
    ask(db_session, cast.article, cast.kim, "A secret story")
    db_session.commit()
    one = db_session.query(Delivery).one()
    hook = f"{address}/{one.webhook_id}"
    addresses = [
        ("GET", address), ("POST", address), ("GET", hook),
        ("GET", f"{hook}/renewal"), ("POST", f"{hook}/renewal"),
        ("POST", f"{hook}/end"), ("POST", f"{hook}/deliveries/{one.id}/again"),
    ]  # fmt: skip
    for person in (cast.ada, cast.kim, cast.eve):
        client.sign_in(person)
        for method, url in addresses:
            data = {"csrf_token": token(client)} if method == "POST" else None
            assert client.raw(url, method=method, data=data).status_code == 403, url
        assert "webhooks" not in client.get(f"/teams/{cast.content.id}").text


def test_a_webhook_of_another_team_is_none_of_mine(client, db_session, cast, receiver, address):
    client.sign_in(cast.dov)
    client.submit(client.get(address), "Let it listen", address=receiver.url, events=["raised"])
    ida = next(m for m in cast.ida.memberships)
    ida.role = "lead"
    client.sign_in(cast.ida)
    client.get(f"/teams/{cast.it_help.id}/webhooks/1", 404)
    client.get("/teams/999999/webhooks", 404)
