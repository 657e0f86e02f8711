"""The store against its events: a difference is named, and mended."""

import pytest
from sqlalchemy import delete, select, update

from app.requests.acts.work import pause, start
from app.requests.intervals import Pause, StageVisit
from app.requests.models import Party, Request
from app.requests.rules import WaitingOn
from tests.support.desk import act, ask


@pytest.fixture
def request_id(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    start(db_session, request, act=act(cast.ivo))
    pause(
        db_session,
        request,
        question="Which?",
        waiting_on=WaitingOn.REQUESTER,
        who="",
        until=None,
        act=act(cast.ivo),
    )
    db_session.commit()
    return request.id


def run(app, *options):
    return app.test_cli_runner().invoke(args=["rebuild", *options])


TAMPERINGS = {
    "a state": (update(Request).values(state="raised"), "state is 'raised'"),
    "a holder": (update(Request).values(holder_id=None), "holder_id is None"),
    "a visit": (delete(StageVisit), "visits 1 is missing"),
    "a pause": (update(Pause).values(seq=7), "pauses 7 is too many"),
    "a party": (delete(Party), "parties are []"),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_tampered_with_is_named_and_repaired(app, db_session, request_id, what):
    statement, sentence = TAMPERINGS[what]
    db_session.execute(statement)
    db_session.commit()

    checked = run(app, "--check")
    assert checked.exit_code == 1
    assert f"request {request_id}: " in checked.output
    assert sentence in checked.output
    assert run(app, "--check").exit_code == 1, "a check changes nothing"

    assert run(app).exit_code == 0
    assert run(app, "--check").exit_code == 0
    db_session.rollback()
    assert db_session.scalar(select(Request.state)) == "waiting"


def test_a_true_store_has_no_differences(app, request_id):
    result = run(app, "--check")

    assert (result.exit_code, result.output) == (0, "0 differences\n")
