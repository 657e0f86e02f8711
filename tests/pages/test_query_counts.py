"""Every page that a person opens takes a fixed, small number of queries."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.feedback.actions import answer_remarks
from app.feedback.models import Answer, Remark
from app.feedback.rules import AnswerKind, RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_on
from app.handoffs.advice import Advice
from app.requests.acts.work import claim
from app.requests.models import Request
from tests.support.desk import MONDAY, act, ask, counted_queries
from tests.support.pieces import give_back, write

MOST = 26
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
    at = MONDAY + timedelta(minutes=number)
    write(session, request, cast.ada, f"Version {number}", on=number - 1, at=at)
    if request.returns:
        answer_all(session, request, cast, at)
    hand_on(session, request, advice=Advice(), to=cast.bea, act=act(cast.ada, at))
    give_back(session, request, cast.bea, REMARKS * (1 + request.returns), at=at)
    session.commit()


def answer_all(session, request, cast, at):
    answered = select(Answer.remark_id)
    waiting = session.scalars(
        select(Remark.id).where(
            Remark.request_id == request.id, Remark.weight == "must", Remark.id.not_in(answered)
        )
    )
    answers = dict.fromkeys(waiting, (AnswerKind.TAKEN, ""))
    answer_remarks(session, request, answers, act=act(cast.ada, at))


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
        "/turnaround/now?team=1",
        "/turnaround/flow?team=1",
        "/turnaround/fair?team=1",
        "/turnaround/advice?team=1",
        "/turnaround/pair?team=1&other=2",
        "/me",
        "/me/turnaround",
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
