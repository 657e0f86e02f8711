"""The one gate, walked through the API: each operation, method and relation of a person."""

import pytest

from app.documents.actions import NewVersion
from app.feedback.placing import save_version
from app.requests.acts.words import write_note
from app.requests.acts.work import claim
from tests.support.api_gate import API, EVERYBODY
from tests.support.desk import act, ask
from tests.support.gate import SEERS
from tests.support.walking import MISSING, named, rules_of, snapshot

pytestmark = pytest.mark.both
REFUSED = {403, 404}
USE = {"api_token", "api_window"}  # what even a reader leaves behind


@pytest.fixture
def request_id(db_session, cast):
    request = ask(db_session, cast.article, cast.kim, "A secret story")
    claim(db_session, request, act=act(cast.ada))
    write_note(db_session, request, words="A secret note", act=act(cast.ada))
    save_version(db_session, request, NewVersion("A secret text", 0), act=act(cast.ada))
    db_session.commit()
    return request.id


@pytest.fixture
def ask_for(app, cast, request_id):
    """Return an asker of one operation for a program."""

    def of(program, endpoint, method, number=request_id):
        here = {"request_id": number, "person_id": 1, "team_id": 1, "type_id": 1}
        wanted = next(app.url_map.iter_rules(endpoint)).arguments
        with app.test_request_context():
            url = app.url_for(endpoint, **{name: here[name] for name in wanted})
        if method == "GET":
            return program.get(url, None)
        sent = {name: named(cast, value) for name, value in API[endpoint][0].items()}
        return program.post(url, sent, seen='"0"')

    return of


def operations(app):
    return [(endpoint, method) for endpoint, method in rules_of(app) if endpoint in API]


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_each_operation_is_open_to_its_people_only(app, program, cast, ask_for, who):
    acting, seen = program(getattr(cast, who)), who in SEERS
    for endpoint, method in operations(app):
        answer = ask_for(acting, endpoint, method)
        if who in API[endpoint][1]:
            assert answer.status_code not in REFUSED | {428}, (who, endpoint, answer.text)
        else:
            assert answer.status_code == (403 if seen else 404), (who, endpoint, answer.text)
        assert seen or "secret" not in answer.text, (who, endpoint)


@pytest.mark.parametrize("who", ["ivo", "eve"])
def test_unseen_and_missing_are_the_same(app, program, cast, request_id, ask_for, who):
    stranger = program(getattr(cast, who))
    of_one = [pair for pair in operations(app) if API[pair[0]][1] <= SEERS]
    assert len(of_one) > 15
    for endpoint, method in of_one:
        unseen, missing = (
            ask_for(stranger, endpoint, method, number) for number in (request_id, MISSING)
        )
        assert (unseen.status_code, unseen.data) == (404, missing.data), endpoint
        left_out = {"Date", "RateLimit", "X-Request-ID"}
        headers = [
            {k: v for k, v in each.headers if k not in left_out} for each in (unseen, missing)
        ]
        assert headers[0] == headers[1], endpoint


@pytest.mark.parametrize(
    "query", ["", "?q=secret", "?team=1", "?holder=1", "?state=open", "?limit=1"]
)
def test_lists_tell_a_stranger_nothing(program, cast, request_id, query):
    for who in (cast.ivo, cast.eve):
        answer = program(who).get(f"/requests{query}", 200)
        assert (answer.json, "Link" in answer.headers) == ({"items": []}, False)


def test_notes_never_reach_the_asking_side(program, cast, request_id):
    for who, reads in ((cast.kim, False), (cast.lou, False), (cast.bea, True)):
        acting = program(who)
        for path in ("messages", "events"):
            answer = acting.get(f"/requests/{request_id}/{path}", 200)
            assert ("secret note" in answer.text or "internal note" in answer.text) == reads
        events = acting.get(f"/requests/{request_id}/events", 200).json["items"]
        assert ("version made" in {event["kind"] for event in events}) == reads
        assert (len(acting.get("/requests?q=note", 200).json["items"]) == 1) == reads


def test_a_cookie_opens_nothing_and_no_token_opens_a_page(app, program, client, cast, request_id):
    client.sign_in(cast.ada)
    assert client.raw(f"/api/v1/requests/{request_id}").status_code == 401
    acting = program(cast.ada)
    header = {"Authorization": f"Bearer {acting.token}"}
    client.stranger()
    assert client.raw(f"/requests/{request_id}", headers=header).status_code == 303


def test_no_get_changes_anything(app, program, cast, db_session, ask_for):
    acting = program(cast.ada)

    def rest():
        return {name: rows for name, rows in snapshot(db_session).items() if name not in USE}

    before = rest()
    for endpoint, method in operations(app):
        if method == "GET":
            ask_for(acting, endpoint, method)
    assert rest() == before
