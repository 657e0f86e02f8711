"""Every page that a person opens takes a fixed, small number of queries."""

import pytest
from sqlalchemy import select

from app.documents.actions import make_version
from app.feedback.actions import answer_remarks
from app.feedback.models import Answer, Remark
from app.feedback.rules import AnswerKind, RemarkKind, RemarkWords, Weight
from app.handoffs.actions import Advice, hand_back, hand_on
from app.handoffs.rules import Decision
from app.requests.actions import claim
from app.requests.models import Request
from tests.support.desk import act, ask, counted_queries

MOST = 18
REMARKS = [
    RemarkWords(RemarkKind.STRENGTH, Weight.COULD, "Bright", "It draws one in"),
    RemarkWords(RemarkKind.QUESTION, Weight.MUST, "Who says so?"),
]


@pytest.fixture
def request_id(db_session, cast):
    request = ask(db_session, cast.article, cast.kim)
    claim(db_session, request, act=act(cast.ada))
    go_round(db_session, request, cast)
    return request.id


def go_round(session, request, cast):
    """One more version, visit and round of advice; Ada holds it again afterwards."""
    number = 1 + request.returns
    body = f"Version {number}"
    make_version(session, request, body=body, note="", based_on=number - 1, act=act(cast.ada))
    if request.returns:
        answer_all(session, request, cast)
    hand_on(session, request, advice=Advice(), to=cast.bea, act=act(cast.ada))
    hand_back(
        session,
        request,
        decision=Decision.BACK_SMALL,
        stage="author",
        advice=Advice(REMARKS * (1 + request.returns)),
        act=act(cast.bea),
    )
    session.commit()


def answer_all(session, request, cast):
    answered = select(Answer.remark_id)
    waiting = session.scalars(
        select(Remark.id).where(
            Remark.request_id == request.id, Remark.weight == "must", Remark.id.not_in(answered)
        )
    )
    answers = dict.fromkeys(waiting, (AnswerKind.TAKEN, ""))
    answer_remarks(session, request, answers, act=act(cast.ada))


@pytest.mark.parametrize(
    "url",
    [
        "/requests/{}/versions/1",
        "/requests/{}/versions/new",
        "/requests/{}/handoff",
        "/requests/{}/answers",
        "/requests/{}",
        "/teams/1/turnaround",
        "/turnaround",
        "/me",
    ],
)
def test_more_rows_take_no_more_queries(client, db_session, cast, request_id, url):
    client.sign_in(cast.ada)
    url = url.format(request_id)

    def queries():
        client.get(url)
        with counted_queries(db_session) as sent:
            client.get(url)
        return len(sent)

    few = queries()
    for _ in range(3):
        go_round(db_session, db_session.get(Request, request_id), cast)
        ask(db_session, cast.article, cast.kim)
        db_session.commit()
    assert queries() == few
    assert few <= MOST
