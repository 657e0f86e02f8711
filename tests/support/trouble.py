"""Trouble with the database, made on purpose; and what somebody does about it."""

from contextlib import contextmanager

from sqlalchemy import event, select

from app.db import db
from app.requests.models import Message


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
    """Return every message there is."""
    session.rollback()
    return session.scalars(select(Message.body)).all()


def say_again(client, page, words):
    """Send the words that the page kept; they arrive once, however often they are sent."""
    assert words in page.html
    client.submit(page, "Send it again")
    client.submit(page, "Send it again")
