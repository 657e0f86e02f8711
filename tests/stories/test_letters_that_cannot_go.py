"""A letter that cannot go is given up by itself: it stops neither the others nor the worker."""

from dataclasses import replace
from importlib import import_module

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.notices import sending
from app.notices.models import Letter
from tests.support.it_desk import MON, TUE, at

KIM = "kim@baton.example"
NO_ADDRESSES = ["=%@", "a\u2028b@x.example", "ada", "a@x.example, b@x.example", "<>", "@", "a@[x"]


@pytest.fixture
def letter_to(desk):
    def write(to):
        day = at(MON, "09:00")
        desk.session.add(Letter(to=to, subject="Hello", body="Hi", created_at=day, next_try_at=day))

    return write


def test_what_is_no_address_is_given_up_and_the_rest_goes(desk, worker, mailbox, letter_to):
    for to in (*NO_ADDRESSES, KIM):
        letter_to(to)

    worker(MON, "09:01")

    assert [mail["To"] for mail in mailbox.mails] == [KIM]
    *lost, sent = desk.session.scalars(select(Letter).order_by(Letter.id))
    assert sent.sent_at is not None
    assert {(one.next_try_at, one.tries, bool(one.error)) for one in lost} == {(None, 1, True)}


@pytest.mark.parametrize("sender", ['"=%%@', "a\u2028b@x.example", "a\0b@x.example", "Ada <ada>"])
def test_whoever_cannot_be_written_to_gets_no_letter(app, desk, sender, worker):
    mail = f"From: {sender}\nTo: in@baton.example\nSubject: s\n\nhi\n"
    came = app.test_cli_runner().invoke(args=["mail-in"], input=mail.encode())

    assert (came.exit_code, came.output[:7]) == (0, "dropped"), came.output
    assert desk.session.scalars(select(Letter)).all() == []


def test_one_deed_that_fails_leaves_the_others_alone(
    app, desk, worker, mailbox, letter_to, monkeypatch
):
    def broken(_failed):
        raise ValueError("of a stranger's making")

    module = import_module("app.cli.worker")  # its name in `app.cli` is the command's
    monkeypatch.setattr(module, "JOBS", (broken, *module.JOBS))
    letter_to(KIM)

    desk.session.commit()

    with freeze_time(at(MON, "09:01")):
        ended = app.test_cli_runner().invoke(args=["worker", "--once"])

    assert (ended.exit_code, ended.exception.code) == (1, 1)
    assert mailbox.subjects(KIM) == ["Hello"]


def test_a_mail_server_that_cannot_be_spoken_to_costs_no_letter(app, desk, worker, letter_to):
    settings = app.extensions["baton"]
    app.extensions["baton"] = replace(settings, mail_server="smtp://mail.example:port")
    letter_to(KIM)

    worker(TUE, "09:01")

    [letter] = desk.session.scalars(select(Letter))
    assert (letter.sent_at, letter.tries) == (None, 1)
    assert letter.next_try_at is not None


def test_two_workers_that_saw_the_same_letter_send_it_once(desk, letter_to):
    letter_to(KIM)
    desk.session.commit()
    [seen] = sending.letters_due(desk.session, at=at(MON, "09:01"), limit=9)

    taken = []
    for _ in range(2):
        taken.append(sending.claim(desk.session, seen, at=at(MON, "09:01")))
        desk.session.commit()

    assert taken == [True, False]
