"""A database that is full, locked or gone: a clear page, no typed word lost, recovery by itself."""

import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest
from sqlalchemy import event, select

from app.db import db
from app.requests.models import Message
from tests.support.desk import ask
from tests.support.running import command

WORDS = "A long and careful answer"


@pytest.fixture
def request_id(db_session, cast):
    request = ask(db_session, cast.laptop, cast.kim)
    db_session.commit()
    return request.id


@contextmanager
def on_each_connection(statement):
    """Say `statement` on every connection of the application for as long as the block lasts."""

    def say(connection, _record, _proxy=None):
        cursor = connection.cursor()
        cursor.execute(statement)
        cursor.close()

    db.session.remove()
    event.listen(db.engine, "checkout", say)
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", say)
        db.session.remove()
        db.engine.dispose()


def bodies(session):
    session.rollback()
    return session.scalars(select(Message.body)).all()


def say_again(client, page, words=WORDS):
    """Send the words that the page kept; they arrive once, however often they are sent."""
    assert words in page.html
    client.submit(page, "Send it again")
    client.submit(page, "Send it again")


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

    say_again(client, page)
    assert bodies(db_session) == [WORDS]


def test_a_full_disk_is_said_and_the_words_wait(app, engine, client, db_session, cast, request_id):
    if engine == "postgres":
        return  # its own test below stops the whole server
    client.sign_in(cast.kim)
    page, words = client.get(f"/requests/{request_id}"), f"{WORDS}. " * 700
    pages = db_session.connection().exec_driver_sql("PRAGMA page_count").scalar()
    with on_each_connection(f"PRAGMA max_page_count = {pages + 2}"):
        answer = client.submit(page, "Send", 503, words=words)
        client.get(f"/requests/{request_id}")  # reading goes on
        assert bodies(db_session) == []

    say_again(client, answer, words.strip())
    assert bodies(db_session) == [words.strip()]
    db_session.rollback()
    assert command(app, "rebuild", "--check") == "0 differences\n"
