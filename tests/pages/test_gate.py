"""One gate: every route, every method, everybody.

A new route fails here until somebody writes down in tests/support/gate.py who may use it.
"""

from io import BytesIO

import pytest

from app.attachments.actions import keep_file, send_files, store_file
from app.documents.actions import NewVersion, Original
from app.feedback.models import Remark
from app.feedback.placing import save_version
from app.feedback.rules import RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_on
from app.handoffs.advice import Advice
from app.requests.acts.words import write_note
from app.requests.acts.work import claim
from tests.support.api_gate import API
from tests.support.desk import MONDAY, act
from tests.support.desk import ask as ask_for
from tests.support.gate import (
    ADMINS,
    CARRIERS,
    LEADS,
    LOOKED_AFTER,
    MEMBERS,
    PUBLIC,
    READERS,
    REQUEST,
    SIGNED_IN,
)
from tests.support.pieces import give_back, write
from tests.support.walking import MISSING, ask, named, rules_of, same, snapshot

EVERYBODY = ("kim", "lou", "ada", "bea", "dov", "ivo", "eve")
REFUSED = {403, 404}


@pytest.fixture
def request_id(app, db_session, cast):
    request = ask_for(db_session, cast.article, cast.kim, "A secret story")
    claim(db_session, request, act=act(cast.ada))
    original = Original("secret.txt", "text/plain", b"A secret text", [])
    new = NewVersion("A secret text", 0, original=original)
    save_version(db_session, request, new, act=act(cast.ada))
    hand_on(db_session, request, advice=Advice(), to=cast.bea, act=act(cast.ada))
    write(db_session, request, cast.bea, "A very secret text", on=1)
    strength = RemarkWords(RemarkKind.STRENGTH, Weight.COULD, "secret praise", "secretly")
    give_back(db_session, request, cast.bea, [strength])
    _attach(app, db_session, request, cast.bea)
    db_session.commit()
    return request.id


def _attach(app, session, request, person):
    """Write a note with a file."""
    note = write_note(session, request, words="A secret list", act=act(person))
    where, source = f"/requests/{request.id}/notes", BytesIO(b"secret names")
    kept = keep_file(
        session,
        store_file(app.extensions["baton_files"], name="secret.txt", source=source),
        person_id=person.id,
        form=where,
        at=MONDAY,
    )
    send_files(session, [kept], request, note)


@pytest.fixture
def address(app, db_session, cast, request_id):
    """Return the address of a route of one request, or of any other."""
    remark = db_session.query(Remark.id).scalar()
    here = {"number": 1, "remark_id": remark, "visit_seq": 2, "adviser_id": cast.bea.id}
    here |= {
        "answer_id": 999_999,
        "type_id": cast.article.id,
        "seq": 1,
        "file_id": 1,
        "team_id": cast.content.id,
        "person_id": cast.ada.id,
        "webhook_id": 999_999,
        "delivery_id": 999_999,
    }

    def url(endpoint, values=None, request_id=request_id):
        wanted = next(app.url_map.iter_rules(endpoint)).arguments
        known = here | {"request_id": request_id} | (values or {})
        query = SIGNED_IN.get(endpoint, {})
        known |= ADMINS.get(endpoint, {}) | LOOKED_AFTER.get(endpoint, {}) | (values or {})
        with app.test_request_context():
            return app.url_for(endpoint, **query | {name: known[name] for name in wanted})

    return url


def test_every_route_says_who_may_use_it(app):
    known = PUBLIC.keys() | SIGNED_IN.keys() | REQUEST.keys() | LEADS | MEMBERS.keys()
    known |= ADMINS.keys() | LOOKED_AFTER.keys() | API.keys()

    assert {endpoint for endpoint, _ in rules_of(app)} == known


def test_nobody_passes_the_door_unknown(app, client, cast, address, request_id):
    client.stranger()
    for endpoint, method in rules_of(app):
        if endpoint in PUBLIC:
            continue
        answer = client.raw(address(endpoint, SIGNED_IN.get(endpoint)), method=method)
        if method == "GET" and endpoint not in API:
            assert (answer.status_code, answer.location[:9]) == (303, "/sign-in?"), endpoint
        else:
            assert answer.status_code in (400, 401), endpoint
        assert "secret" not in answer.text, endpoint


@pytest.mark.both
@pytest.mark.parametrize("who", EVERYBODY)
def test_each_route_of_a_request_is_open_to_its_people_only(
    app, client, cast, address, request_id, who
):
    client.sign_in(getattr(cast, who))
    for endpoint, method in rules_of(app):
        if endpoint not in REQUEST:
            continue
        data, allowed = REQUEST[endpoint]
        sent = {name: named(cast, value) for name, value in data.items()}
        url = address(endpoint, sent)
        answer = ask(client, url, method, sent | {"seen": "0"}, key=f"{who}-{endpoint}")
        seen = who in REQUEST["requests.show"][1]
        if who in allowed:
            assert answer.status_code not in REFUSED, (who, endpoint, answer.status_code)
        else:
            reads = who in READERS.get(endpoint, REQUEST["requests.show"][1])
            refusal = 403 if reads else 404
            assert answer.status_code == refusal, (who, endpoint)
        assert seen or "secret" not in answer.text, (who, endpoint)


def test_routes_of_a_team_are_for_its_members(app, client, cast, address, request_id):
    for who in EVERYBODY:
        client.sign_in(getattr(cast, who))
        for endpoint, method in rules_of(app):
            if endpoint not in MEMBERS:
                continue
            answer = ask(client, address(endpoint, MEMBERS[endpoint]), method, {}, "key-123")
            refused = answer.status_code == 403
            assert refused == (who not in CARRIERS), (who, endpoint)
            assert who in CARRIERS or "secret" not in answer.text, (who, endpoint)


@pytest.mark.parametrize("who", ["ivo", "eve"])
def test_unseen_and_missing_look_the_same(app, client, cast, address, request_id, who):
    client.sign_in(getattr(cast, who))
    for endpoint, method in rules_of(app):
        if endpoint not in REQUEST:
            continue
        sent = {name: named(cast, value) for name, value in REQUEST[endpoint][0].items()}
        bodies = [
            same(ask(client, address(endpoint, sent, number), method, dict(sent), "key-12"))
            for number in (request_id, MISSING)
        ]
        assert bodies[0] == bodies[1], endpoint


@pytest.mark.parametrize("who", ["ivo", "eve"])
def test_lists_counts_and_exports_do_not_know_what_a_stranger_may_not_see(
    app, client, cast, address, request_id, who
):
    client.sign_in(getattr(cast, who))
    for endpoint, method in rules_of(app):
        if endpoint not in SIGNED_IN or method != "GET":
            continue
        values = SIGNED_IN[endpoint]
        if "team_id" in values:
            values = {**values, "team_id": cast.content.id}
        answer = client.raw(address(endpoint, values))
        assert answer.status_code == 200, endpoint
        assert "secret" not in answer.text, endpoint
        assert f"/requests/{request_id}" not in answer.text, endpoint


def test_c13_no_get_changes_anything(app, client, cast, db_session, address, request_id):
    client.sign_in(cast.ada)
    before = snapshot(db_session)
    for endpoint, method in rules_of(app):
        if method != "GET" or endpoint in PUBLIC:
            continue
        client.raw(address(endpoint, SIGNED_IN.get(endpoint)))
    assert snapshot(db_session) == before
