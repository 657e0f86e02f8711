"""A database that is locked: a clear page, no typed word lost, recovery by itself."""

import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest

from tests.support.desk import ask
from tests.support.trouble import bodies, on_each_connection, say_again

WORDS = "A long and careful answer"


@pytest.fixture
def request_id(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    db_session.commit()
    return request.id


@contextmanager
def locked(app, request_id):
    """Hold what every write needs, from elsewhere, as a long maintenance would."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(url) as other:
        other.execute("SELECT 1 FROM request WHERE id = %s FOR UPDATE", [request_id])
        yield
        other.rollback()


def test_while_somebody_locks_the_database_the_words_wait(
    app, engine, client, db_session, cast, request_id
):
    client.sign_in(cast.kim)
    page = client.get(f"/requests/{request_id}")
    impatient = "PRAGMA busy_timeout = 200" if engine == "sqlite" else "SET lock_timeout = '200ms'"
    with on_each_connection(impatient), locked(app, request_id):
        client.get(f"/requests/{request_id}")  # reading goes on
        page = client.submit(page, "Send", 503, words=WORDS)
        assert page.headers["Retry-After"] == "5"
        assert "Nothing was lost" in page.text

    say_again(client, page, WORDS)
    assert bodies(db_session) == [WORDS]
