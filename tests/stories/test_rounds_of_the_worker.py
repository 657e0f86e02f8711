"""One round of the worker: who is away holds nobody up, and two workers send nothing twice."""

import contextvars
from datetime import timedelta
from importlib import import_module

import pytest
from freezegun import freeze_time
from sqlalchemy import select, update

from app.db import db
from app.notices.models import Letter
from app.notices.smtp import Postman, Refused
from app.requests.rules import Kind
from app.webhooks.actions import make_webhook
from app.webhooks.models import Delivery
from app.webhooks.reaching import Unreached
from tests.support.desk import MONDAY, ask
from tests.support.running import elsewhere

webhooks = import_module("app.cli.webhooks")
worker = import_module("app.cli.worker")  # the package calls the command so
LATER = MONDAY + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


def one_round(app, session, job):
    """Do one job of the worker once."""

    def work():
        with app.app_context():
            job(set())
            db.session.remove()

    session.commit()
    contextvars.Context().run(work)
    session.rollback()


@pytest.fixture
def asked(monkeypatch):
    """Return what the receivers were sent; one of them is away, as `asked.trouble` says."""

    class Asked(list):
        trouble = Unreached("It answered 500.")

    asked = Asked()

    def post(address, *_values, **_more):
        asked.append(address)
        if "away" in address:
            raise asked.trouble

    monkeypatch.setattr(webhooks, "post", post)
    return asked


@pytest.fixture
def deliveries(db_session, cast):
    """Return three messages for one that is away, and then three for another one."""
    for name in ("away", "there"):
        about = {"by": cast.ivo, "form_key": name, "plain": False, "at": MONDAY}
        events, address = [Kind.RAISED.value], f"https://{name}.example/"
        make_webhook(db_session, cast.it_help, address=address, events=events, **about)
    for _ in range(3):
        ask(db_session, cast.laptop, cast.kim)
    return db_session.query(Delivery).order_by(Delivery.webhook_id, Delivery.id)


def test_who_does_not_take_a_message_is_left_alone_for_a_round(
    app, db_session, asked, deliveries, clock
):
    one_round(app, db_session, webhooks.send_webhooks)
    assert sorted(asked) == ["https://away.example/", *["https://there.example/"] * 3]
    assert [one.tries for one in deliveries] == [1, 0, 0, 1, 1, 1]
    one_round(app, db_session, webhooks.send_webhooks)
    assert [one.tries for one in deliveries] == [1, 1, 0, 1, 1, 1]


@pytest.mark.parametrize("for_good", [False, True])
def test_where_nobody_is_all_that_waits_was_tried(app, db_session, asked, deliveries, for_good):
    asked.trouble = Unreached("It could not be reached: refused", unsent=True, for_good=for_good)
    one_round(app, db_session, webhooks.send_webhooks)
    assert asked.count("https://away.example/") == 1
    away = deliveries.all()[:3]
    assert {(one.tries, one.error) for one in away} == {(1, "It could not be reached: refused")}
    assert {one.given_up for one in away} == {for_good}
    one_round(app, db_session, webhooks.send_webhooks)
    assert asked.count("https://away.example/") == 1


def test_another_worker_that_took_a_message_meanwhile_keeps_it(
    app, db_session, asked, deliveries, monkeypatch
):
    taken = update(Delivery).where(Delivery.taken_at.is_(None), Delivery.next_try_at <= MONDAY)
    send, sent = webhooks.post, []

    def post(*values, **more):
        elsewhere(app, lambda session: session.execute(taken.values(next_try_at=LATER)))
        sent.append(values[0])
        return send(*values, **more)

    monkeypatch.setattr(webhooks, "post", post)
    one_round(app, db_session, webhooks.send_webhooks)
    assert len(sent) == 1


@pytest.fixture
def letters(db_session, cast, mailbox, app, monkeypatch):
    monkeypatch.setattr(worker, "mail_settings", lambda: object())
    for number in range(3):
        words = {"subject": f"Letter {number}", "body": "Hello"}
        written = {"to": "kim@baton.example", "created_at": MONDAY, "next_try_at": MONDAY}
        db_session.add(Letter(**words, **written))
    db_session.commit()
    return db_session.scalars(select(Letter).order_by(Letter.id)).all()


def test_a_mail_server_that_is_away_is_asked_once_a_round(app, db_session, letters, monkeypatch):
    def away(_postman, _letter):
        raise Refused("ConnectionRefusedError", away=True)

    monkeypatch.setattr(Postman, "send", away)
    one_round(app, db_session, worker._send_letters)
    assert [one.tries for one in letters] == [1, 0, 0]
    one_round(app, db_session, worker._send_letters)
    assert [one.tries for one in letters] == [1, 1, 0]


def test_another_worker_that_took_a_letter_meanwhile_keeps_it(
    app, db_session, letters, monkeypatch
):
    taken, sent = update(Letter).where(Letter.next_try_at <= MONDAY), []

    def send(_postman, letter):
        elsewhere(app, lambda session: session.execute(taken.values(next_try_at=LATER)))
        sent.append(letter.id)

    monkeypatch.setattr(Postman, "send", send)
    one_round(app, db_session, worker._send_letters)
    assert sent == [letters[0].id]
