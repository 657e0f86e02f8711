"""Guessing a password with many hands at once is no faster than one by one."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.cast import PASSWORD
from tests.support.servers import Server, Visitor

AT_ONCE = 24


@pytest.fixture
def server(app, db_session, cast):
    db_session.commit()
    running = Server(app.config["SQLALCHEMY_DATABASE_URI"])
    running.start()
    yield running
    running.stop()


def test_no_more_guesses_are_looked_at_than_one_after_the_other(server):
    visitors = [Visitor(server.port) for _ in range(AT_ONCE)]
    for visitor in visitors:
        visitor.knock()

    def guess(visitor):
        return visitor.post("/sign-in", {"email": "kim@baton.example", "password": "wrong " * 3})[0]

    with ThreadPoolExecutor(AT_ONCE) as hands:
        answers = list(hands.map(guess, visitors))
    assert answers.count(422) <= 5
    assert answers.count(429) == AT_ONCE - answers.count(422)
    right = {"email": "kim@baton.example", "password": PASSWORD}
    assert visitors[0].post("/sign-in", right)[0] == (429 if answers.count(422) == 5 else 303)
