"""Webhooks: what is sent to a program that listens, to whom, when, and how patiently."""

import json
from datetime import timedelta

import pytest
from freezegun import freeze_time
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from app.catalogue.rules import Visibility
from app.handoffs.actions import hand_to_team
from app.handoffs.second_thoughts import take_back
from app.requests.acts import words, work
from app.requests.rules import Kind
from tests.support.desk import MONDAY, act, ask
from tests.support.pieces import STRENGTH, give_back, with_editor


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


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


def test_what_was_said_before_a_handoff_was_taken_back_is_told(
    db_session, cast, receiver, listen, work_off, clock
):
    piece = with_editor(db_session, cast)
    listen(piece.team)
    give_back(db_session, piece, cast.bea, [STRENGTH])
    soon = MONDAY + timedelta(seconds=5)
    words.write_message(db_session, piece, words="How is it?", act=act(cast.kim, soon))
    take_back(db_session, piece, act=act(cast.bea, soon))
    clock.tick(timedelta(seconds=70))
    work_off()
    kinds = [message["type"] for message in told(receiver)]
    assert kinds == ["request.taken_back", "request.message"]
