"""The store against its events: a difference is named, and mended."""

import pytest
from sqlalchemy import delete, select, update

from app.feedback.echoes import say_helped
from app.feedback.models import Answer, Helped
from app.feedback.rules import AnswerKind
from app.requests.acts.settling import thank
from app.requests.acts.work import pause, start
from app.requests.intervals import Pause, StageVisit, Thanked
from app.requests.models import Party, Request
from app.requests.rules import WaitingOn
from tests.support.desk import act, ask
from tests.support.pieces import LATER, MUST, STRENGTH, answer, remarks_of, returned


@pytest.fixture
def request_id(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    start(db_session, request, act=act(cast.ivo))
    thank(db_session, request, words="So soon!", act=act(cast.kim))
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
    "a thank-you": (delete(Thanked), "thanked 1 is missing"),
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


def test_answers_that_older_code_wrote_are_placed(app, db_session, cast):
    piece = returned(db_session, cast, [STRENGTH, MUST])
    for kind, words in ((AnswerKind.TAKEN_OWN_WAY, "Shorter"), (AnswerKind.TAKEN, "")):
        answer(db_session, piece, cast.ada, "No year", kind, words)
    say_helped(db_session, piece, remarks_of(db_session, piece)[0], act=act(cast.ada, LATER))
    for model in (Answer, Helped):
        db_session.execute(update(model).values(team_id=None))
    db_session.execute(update(Answer).values(replaced=False))
    db_session.commit()
    assert "3 answers and thanks placed" in run(app).output
    db_session.rollback()
    answers = select(Answer.team_id, Answer.kind, Answer.replaced).order_by(Answer.id)
    assert db_session.execute(answers).all() == [
        (cast.content.id, "taken my own way", True),
        (cast.content.id, "taken", False),
    ]
    assert db_session.scalar(select(Helped.team_id)) == cast.content.id
    assert "0 answers and thanks placed" in run(app).output
