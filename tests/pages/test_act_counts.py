"""An act sends the database a small number of statements, however much has happened before."""

import pytest

from app.requests.acts.work import claim
from tests.support.desk import act, ask, counted_queries
from tests.support.forms import fill

MESSAGE = 'form[action$="/messages"]'


@pytest.fixture
def sent_by(client, db_session):
    """Send a form, which must lead on, and return how many statements that took."""

    def send(url, form, **fields):
        filled = fill(client.get(url), form, fields)
        with counted_queries(db_session) as sent:
            answer = client.raw(filled.url, method=filled.method, data=filled.data)
        assert answer.status_code == 303
        return len(sent)

    return send


@pytest.mark.parametrize("writer", ["kim", "ivo"])
def test_a_message_takes_as_many_statements_as_the_first_one(
    client, db_session, cast, sent_by, writer
):
    request = ask(db_session, cast.laptop, cast.kim)
    claim(db_session, request, act=act(cast.ivo))
    db_session.commit()
    client.sign_in(getattr(cast, writer))
    url = f"/requests/{request.id}"
    sent_by(url, MESSAGE, words="This one may end a wait")
    sent = [sent_by(url, MESSAGE, words=f"Word {number}") for number in range(4)]
    assert set(sent) == {sent[0]}
    assert sent[0] <= 20


def test_asking_takes_as_many_statements_as_the_first_time(client, cast, sent_by):
    client.sign_in(cast.kim)
    url, words = f"/ask/types/{cast.laptop.id}", {"title": "A laptop", "answer_wish": "New"}
    sent = [sent_by(url, "Ask IT Help", **words) for _ in range(3)]
    assert set(sent) == {sent[0]}
    assert sent[0] <= 21
