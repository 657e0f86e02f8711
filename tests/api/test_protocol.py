"""What every answer of the API keeps to: problems, keys, versions, limits, pages."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.people.programs import ApiToken
from app.requests.models import Message, Request
from tests.support.desk import MONDAY, ask
from tests.support.programs import PROBLEM

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY) as frozen:
        yield frozen


@pytest.fixture
def place(db_session, cast):
    return f"/requests/{ask(db_session, cast.laptop, cast.kim).id}"


def test_without_a_token_that_lives_nobody_is_let_in(program, cast, db_session, clock):
    ivo = program(cast.ivo, days=1)
    ivo.get("/teams", 200)
    for headers in ({"Authorization": ""}, {"Authorization": "Basic aXZvOng="}):
        answer = ivo.get("/teams", 401, headers=headers)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    for wrong in ("x", "baton_1", "baton_1_", f"{ivo.token}x", "baton_999_abc", "baton_\u00b2_x"):
        ivo.get("/teams", 401, headers={"Authorization": f"Bearer {wrong}"})
    ivo.get("/nothing", 404)
    ivo.get("/nothing", 401, headers={"Authorization": ""})
    clock.tick(timedelta(days=1))
    ivo.get("/teams", 401)
    later = program(cast.ivo)
    later.get("/teams", 200)
    cast.ivo.is_active = False
    later.get("/teams", 401)


def test_a_revoked_token_opens_nothing_and_one_that_reads_does_not_write(
    program, cast, db_session, place
):
    reader = program(cast.ivo, may_write=False)
    reader.get(place, 200)
    refused = reader.post(f"{place}/claims", status=403, seen='"1"')
    assert 'scope="write"' in refused.headers["WWW-Authenticate"]
    db_session.query(ApiToken).one().revoked_at = MONDAY
    reader.get(place, 401)


def test_the_secret_is_not_kept_and_use_is_noted_once_a_minute(program, cast, db_session, clock):
    ivo = program(cast.ivo)
    ivo.get("/teams", 200)
    token = db_session.query(ApiToken).one()
    assert ivo.token.split("_", 2)[2] not in json.dumps([token.secret_hash, token.name])
    assert token.used_at == MONDAY
    clock.tick(timedelta(seconds=30))
    ivo.get("/teams", 200)
    db_session.refresh(token)
    assert token.used_at == MONDAY
    clock.tick(timedelta(seconds=31))
    ivo.get("/teams", 200)
    db_session.refresh(token)
    assert token.used_at == MONDAY + timedelta(seconds=61)


def test_the_same_key_is_answered_the_same_and_acts_once(program, cast, db_session, place, clock):
    kim = program(cast.kim)
    first = kim.post(f"{place}/messages", {"words": "Soon?"}, 201, key="one")
    again = kim.post(f"{place}/messages", {"words": "Soon?"}, 201, key="one")
    assert (again.data, again.headers["Idempotency-Replayed"]) == (first.data, "true")
    assert db_session.query(Message).count() == 1
    assert (
        "another request" in kim.post(f"{place}/messages", {"words": "Now?"}, 422, key="one").text
    )
    program(cast.kim).post(f"{place}/messages", {"words": "Now?"}, 201, key="one")
    wish = {"type": cast.laptop.id, "title": "Two", "answers": {"wish": "New"}}
    raised = kim.post("/requests", wish, 201, key="two")
    assert (
        kim.post("/requests", wish, 201, key="two").headers["Location"]
        == raised.headers["Location"]
    )
    ivo = program(cast.ivo)
    moved = ivo.post(f"{place}/claims", status=200, seen='"1"', key="three")
    again = ivo.post(f"{place}/claims", status=200, seen='"1"', key="three")
    assert again.headers["ETag"] == moved.headers["ETag"] == '"2"'
    kim.post(f"{place}/messages", {"words": "x"}, 400, key=" ")
    clock.tick(timedelta(days=1, seconds=1))
    kim.post(f"{place}/messages", {"words": "Later"}, 201, key="four")
    assert "not kept" in kim.post(f"{place}/messages", {"words": "Soon?"}, 422, key="one").text


def test_a_move_needs_the_version_it_was_decided_on(program, cast, db_session, place):
    ivo, ida = program(cast.ivo), program(cast.ida)
    etag = ivo.get(place).headers["ETag"]
    assert ivo.post(f"{place}/claims", status=428).json["title"] == "Precondition Required"
    ida.post(f"{place}/claims", status=200, seen=etag)
    ivo.post(f"{place}/takeovers", status=412, seen=etag)
    ivo.post(f"{place}/takeovers", status=412, seen=f"W/{ida.get(place).headers['ETag']}")
    assert db_session.get(Request, 1).holder_id == cast.ida.id
    program(cast.kim).post(f"{place}/messages", {"words": "Talk needs none"}, 201)


def test_bad_input_says_where(program, cast, place):
    kim = program(cast.kim)
    wrong = kim.post("/requests", {"type": "x", "title": " ", "nonsense": 1}, 422).json
    assert {error["pointer"] for error in wrong["errors"]} == {"#/type", "#/title", "#/nonsense"}
    wish = {"type": cast.laptop.id, "title": "A laptop"}
    wrong = kim.post("/requests", {**wish, "answers": {"screen": "big"}}, 422).json
    assert {error["pointer"] for error in wrong["errors"]} == {"#/answers/wish", "#/answers/screen"}
    wrong = kim.post("/requests", {**wish, "answers": {"wish": "New", "a/b": "x"}}, 422).json
    assert wrong["errors"][0]["pointer"] == "#/answers/a~1b"
    for words in ("a\0b", "\ud800"):
        body = json.dumps({"words": words})
        headers = {"Content-Type": "application/json", "Idempotency-Key": "nul"}
        answer = kim._ask("POST", f"{place}/messages", 422, data=body, headers=headers)
        assert answer.json["errors"][0]["pointer"] == "#/words"
    wrong = kim.get("/requests?limit=101&state=lost", 422).json
    assert {error["parameter"] for error in wrong["errors"]} == {"limit", "state"}
    for cursor in ("x", "W10", "WzFd", "Wy0xXQ", "e30"):
        kim.get(f"/requests?cursor={cursor}", 422)
    kim.get("/requests?team=99999999999", 422)
    kim.get("/requests/99999999999", 404)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"words": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"words=x", "application/x-www-form-urlencoded", 415),
        (b" " * 5_000_000, "application/json", 413),
    ],
)
def test_what_is_no_json_is_refused(program, cast, place, body, kind, status):
    headers = {"Content-Type": kind, "Idempotency-Key": "key"}
    program(cast.kim)._ask("POST", f"{place}/messages", status, data=body, headers=headers)


def test_another_method_is_told_which_ones_there_are(program, cast, place):
    answer = program(cast.kim)._ask("DELETE", place, 405)
    assert "GET" in answer.headers["Allow"]


def test_who_asks_too_often_waits(program, cast, app, monkeypatch, clock):
    settings = replace(app.extensions["baton"], api_per_minute=2)
    monkeypatch.setitem(app.extensions, "baton", settings)
    ivo = program(cast.ivo)
    clock.tick(timedelta(seconds=20))
    assert ivo.get("/teams", 200).headers["RateLimit"] == '"token";r=1;t=40'
    ivo.get("/teams", 200)
    answer = ivo.get("/teams", 429)
    assert (answer.headers["Retry-After"], answer.mimetype) == ("40", PROBLEM)
    program(cast.ida).get("/teams", 200)
    clock.tick(timedelta(seconds=40))
    ivo.get("/teams", 200)


def test_what_nobody_foresaw_is_a_problem_too(program, cast, app, monkeypatch, caplog):
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setattr("app.api.catalogue._by_id", lambda *_: 1 / 0)
    answer = program(cast.ivo).get("/teams", 500)
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in caplog.text
