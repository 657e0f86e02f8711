"""Webhooks: what is sent to a program that listens, to whom, when, and how patiently."""

import json
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest
from freezegun import freeze_time
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from app.catalogue.rules import Visibility
from app.handoffs.actions import hand_to_team
from app.requests.acts import words, work
from app.requests.rules import Kind
from app.webhooks.actions import end_webhook, make_webhook, send_again
from app.webhooks.models import Delivery
from app.webhooks.posting import claim, deliveries_due
from app.webhooks.rules import KINDS, PATIENCE, WrongAddress
from tests.support.desk import MONDAY, act, ask


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


@pytest.fixture(autouse=True)
def loopback(app, monkeypatch):
    """Let this installation reach programs on this machine."""
    here = replace(app.extensions["baton"], webhooks_allow_private=(ip_network("127.0.0.0/8"),))
    monkeypatch.setitem(app.extensions, "baton", here)


@pytest.fixture
def listen(db_session, cast, receiver):
    """Return a maker of webhooks at the receiver."""

    def make(team, *kinds, by=None):
        about = {"by": by or cast.ivo, "form_key": f"{team.id}-{kinds}", "plain": True}
        events = kinds or [kind.value for kind in KINDS]
        return make_webhook(
            db_session, team, address=receiver.url, events=events, at=MONDAY, **about
        )

    return make


@pytest.fixture
def work_off(app, db_session):
    """Return a worker that does what is due now."""

    def run():
        db_session.commit()
        result = app.test_cli_runner().invoke(args=["worker", "--once"])
        assert result.exit_code == 0, result.output
        db_session.rollback()

    return run


def told(receiver):
    return [json.loads(body) for _, body, _ in receiver.got]


def test_a_message_is_signed_and_tells_ids_names_and_states(
    db_session, cast, receiver, listen, work_off
):
    webhook = listen(cast.it_help)
    laptop = ask(db_session, cast.laptop, cast.kim, "A light laptop")
    work.claim(db_session, laptop, act=act(cast.ivo))
    work_off()
    assert [message["type"] for message in told(receiver)] == ["request.raised", "request.claimed"]
    headers, body, path = receiver.got[1]
    assert path == "/baton?from=tests"
    message = Verifier(webhook.secret).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(webhook.secret).verify(body.replace(b"claimed", b"started"), headers)
    assert message["timestamp"] == "2026-03-02T09:00:00+00:00"
    data = message["data"]
    assert data["by"] == {"id": cast.ivo.id, "name": "Ivo Novak"}
    assert data["request"]["title"] == "A light laptop"
    assert (data["request"]["state"], data["request"]["holder"]["name"]) == (
        "accepted",
        "Ivo Novak",
    )
    work_off()
    assert len(receiver.got) == 2


def test_words_are_never_told_and_the_inner_steps_only_to_who_carries(
    db_session, cast, receiver, listen, work_off, clock
):
    listen(cast.field_office, by=cast.kim)
    laptop = ask(db_session, cast.laptop, cast.kim)
    words.write_note(db_session, laptop, words="Secret note", act=act(cast.ivo))
    words.write_message(db_session, laptop, words="Hidden words", act=act(cast.ivo))
    clock.tick(timedelta(seconds=11))
    work_off()
    assert [message["type"] for message in told(receiver)] == ["request.raised", "request.message"]
    listen(cast.it_help)
    words.write_note(db_session, laptop, words="Secret again", act=act(cast.ivo))
    clock.tick(timedelta(seconds=11))
    work_off()
    assert told(receiver)[-1]["type"] == "request.note"
    assert not any(b"ecret" in body or b"Hidden" in body for _, body, _ in receiver.got)


def test_a_confidential_title_stays_here_and_strangers_hear_nothing(
    db_session, cast, receiver, listen, work_off
):
    cast.laptop.visibility = Visibility.CONFIDENTIAL
    for team in (cast.it_help, cast.finance, cast.field_office):
        listen(team)
    laptop = ask(db_session, cast.laptop, cast.kim, "A secret laptop")
    work_off()
    assert len(receiver.got) == 1  # a confidential one lists its carriers only
    assert told(receiver)[0]["data"]["request"]["title"] is None
    hand_to_team(db_session, laptop, to=cast.finance, note="Secret", act=act(cast.ivo))
    work_off()
    assert [message["type"] for message in told(receiver)[1:]] == ["request.handed"] * 2
    assert not any(b"ecret" in body for _, body, _ in receiver.got)


def test_only_wanted_kinds_are_told_and_nothing_that_is_taken_back(
    db_session, cast, receiver, listen, work_off, clock
):
    listen(cast.it_help, Kind.MESSAGE.value)
    laptop = ask(db_session, cast.laptop, cast.kim)
    words.write_message(db_session, laptop, words="Oops", act=act(cast.kim))
    work_off()
    assert receiver.got == []
    clock.tick(timedelta(seconds=5))
    words.unsay(db_session, laptop, seq=2, act=act(cast.kim, MONDAY + timedelta(seconds=5)))
    clock.tick(timedelta(seconds=60))
    work_off()
    assert receiver.got == []


def test_a_refused_message_is_tried_patiently_and_given_up_and_sent_again_by_hand(
    db_session, cast, receiver, listen, work_off, clock
):
    listen(cast.it_help, Kind.RAISED.value)
    ask(db_session, cast.laptop, cast.kim)
    receiver.status = 503
    work_off()
    work_off()
    one = db_session.query(Delivery).one()
    assert (len(receiver.got), one.tries, one.error) == (1, 1, "It answered 503.")
    for wait in PATIENCE:
        clock.tick(wait)
        work_off()
    assert len(receiver.got) == 1 + len(PATIENCE)
    assert one.given_up
    clock.tick(timedelta(days=3))
    work_off()
    assert len(receiver.got) == 1 + len(PATIENCE)
    receiver.status = 200
    send_again(one, at=MONDAY)
    work_off()
    assert one.taken_at
    ids = {headers["webhook-id"] for headers, _, _ in receiver.got}
    assert ids == {one.message_id}


def test_redirects_are_not_followed_and_gone_is_gone(db_session, cast, receiver, listen, work_off):
    listen(cast.it_help, Kind.RAISED.value)
    for status in (302, 410):
        receiver.status = status
        ask(db_session, cast.laptop, cast.kim)
        work_off()
    moved, gone = db_session.query(Delivery).order_by(Delivery.id)
    assert moved.error == "It answered 302. Redirects are not followed."
    assert (moved.given_up, gone.given_up, len(receiver.got)) == (False, True, 2)


def test_one_worker_takes_a_message_and_an_ended_webhook_gets_none(
    db_session, cast, receiver, listen, work_off
):
    webhook = listen(cast.it_help)
    ask(db_session, cast.laptop, cast.kim)
    (waiting,) = deliveries_due(db_session, at=MONDAY, limit=9)
    db_session.expunge(waiting)
    assert claim(db_session, waiting, at=MONDAY)
    assert not claim(db_session, waiting, at=MONDAY)
    end_webhook(db_session, webhook, at=MONDAY)
    ask(db_session, cast.laptop, cast.kim)
    work_off()
    assert receiver.got == []
    assert db_session.query(Delivery).one().given_up


def test_an_address_within_is_not_reached(
    db_session, cast, receiver, listen, work_off, app, monkeypatch
):
    listen(cast.it_help)
    closed = replace(app.extensions["baton"], webhooks_allow_private=())
    monkeypatch.setitem(app.extensions, "baton", closed)
    ask(db_session, cast.laptop, cast.kim)
    work_off()
    one = db_session.query(Delivery).one()
    assert (one.given_up, one.error) == (True, "Its name leads into a private network.")
    assert receiver.got == []
    about = {"events": [], "by": cast.ivo, "form_key": "x", "plain": False, "at": MONDAY}
    with pytest.raises(WrongAddress):
        make_webhook(db_session, cast.it_help, address=receiver.url, **about)
