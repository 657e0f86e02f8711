"""What a browser keeps for us: signed, good for a while, and checked however often it is shown."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import flask
import pytest
from flask.sessions import SecureCookieSessionInterface
from freezegun import freeze_time

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def kept(app):
    """Return what is read of a cookie that Flask itself has signed at `NOW`."""
    with freeze_time(NOW):
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        signed = signer.dumps({"key": "k", "_flashes": [("message", "Done")]})

    def read(at=NOW, change=lambda text: text):
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = {"Cookie": f"{name}={change(signed)}"}
        with freeze_time(at), app.test_request_context(headers=cookie):
            session = app.session_interface.open_session(app, flask.request)
            found = deepcopy(dict(session))
            session.get("_flashes", []).clear()
            return found

    return read


def test_it_is_read_as_it_was_kept_each_time(kept):
    told = {"key": "k", "_flashes": [("message", "Done")]}
    assert [kept(), kept()] == [told, told]


def test_it_is_good_for_as_long_as_a_session_lasts_and_no_longer(kept, app):
    lasts = app.permanent_session_lifetime
    assert kept(NOW + lasts)["key"] == "k"
    assert kept(NOW + lasts + timedelta(seconds=1)) == {}
    assert kept()["key"] == "k"


def test_one_of_the_future_is_refused(kept):
    assert kept(NOW - timedelta(seconds=1)) == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: "A" + text,
        lambda text: text.rpartition(".")[0],
        lambda text: "no cookie at all",
    ],
)
def test_a_forged_one_is_none_before_and_after_the_true_one_was_seen(kept, change):
    assert kept(change=change) == {}
    assert kept()["key"] == "k"
    assert kept(change=change) == {}


def test_answers_vary_by_what_they_depend_on(client, cast):
    client.sign_in(cast.kim)
    answer = client.get("/").response
    assert answer.headers["Vary"] == "Accept-Language, HX-Request-Type, Cookie"
    assert len(answer.headers.getlist("Vary")) == 1
