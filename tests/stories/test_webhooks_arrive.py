"""Webhooks on their way: tried patiently, given up at last, sent again, and never inwards."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.requests.rules import Kind
from app.webhooks.actions import end_webhook, make_webhook, send_again
from app.webhooks.models import Delivery
from app.webhooks.posting import claim, next_due
from app.webhooks.rules import PATIENCE, WrongAddress
from tests.support.desk import MONDAY, ask


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


def told(receiver):
    return [json.loads(body) for _, body, _ in receiver.got]


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
    waiting = next_due(db_session, at=MONDAY)
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
