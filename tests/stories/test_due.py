"""What is due for somebody: the next first, and nothing without a date stands in its place."""

from datetime import timedelta

import pytest

from app.requests.acts import words, work
from app.requests.life.promises import LateCard
from app.requests.lists.due import due_for
from app.requests.lists.mine import waiting_on
from tests.support.desk import MONDAY, act, ask

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def answers_are_promised(cast):
    cast.article.reply_promise_s = 2 * 3600


def undated(cast):
    for promise in ("response_promise_s", "done_promise_s"):
        setattr(cast.laptop, promise, None)


def due(session, person, limit=9):
    return [(one.request.title, one.at) for one in due_for(session, person, at=MONDAY, limit=limit)]


def test_what_has_no_date_takes_no_place(db_session, cast):
    dated = ask(db_session, cast.article, cast.kim, "Dated")
    undated(cast)
    for number in range(3):
        ask(db_session, cast.laptop, cast.kim, f"Undated {number}")
    assert due(db_session, cast.kim, limit=1) == [("Dated", dated.due_at)]


def test_what_is_shown_is_what_is_sorted_and_cut(db_session, cast):
    def held(offered, by, title):
        request = ask(db_session, offered, cast.kim, title)
        work.claim(db_session, request, act=act(by, MONDAY))
        return request

    def answered(offered, by, title, at=MONDAY):
        request = held(offered, by, title)
        words.write_message(db_session, request, words="Soon", act=act(by, at))
        return request

    answer = held(cast.article, cast.ada, "An answer is due")
    stage = answered(cast.article, cast.ada, "A stage is due")
    reply = answered(cast.article, cast.ada, "A reply is due")
    words.write_message(db_session, reply, words="And?", act=act(cast.kim, MONDAY + HOUR))
    late = answered(cast.article, cast.ada, "Promised anew")
    expected = late.due_at + timedelta(days=30)
    card = LateCard("Sorry", "It is long")
    work.promise_anew(db_session, late, card=card, expected=expected, act=act(cast.ada, MONDAY))
    whole = [
        ("A reply is due", reply.reply_by),
        ("An answer is due", answer.respond_by),
        ("A stage is due", stage.stage_due_at),
        ("Promised anew", expected),
    ]
    assert due(db_session, cast.ada) == whole
    assert sorted(at for _, at in whole) == [at for _, at in whole]
    for limit in range(1, 5):
        assert due(db_session, cast.ada, limit) == whole[:limit]


def test_a_reply_that_is_late_stands_on_top_of_what_waits(db_session, cast):
    older = ask(db_session, cast.article, cast.kim, "The older one", at=MONDAY - HOUR)
    reply = ask(db_session, cast.article, cast.kim, "A reply is late")
    for request in (older, reply):
        work.claim(db_session, request, act=act(cast.ada))
        words.write_message(db_session, request, words="Soon", act=act(cast.ada))
    words.write_message(db_session, reply, words="And?", act=act(cast.kim))
    late = reply.reply_by + HOUR
    assert late < reply.stage_due_at
    lines = waiting_on(db_session, cast.ada, at=late, limit=9)
    assert [line.request.title for line in lines] == ["A reply is late", "The older one"]
