"""A desk to act at in tests: raise and act at a moment, and count the queries of a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import event

from app.requests.acts.raising import Wish, raise_request
from app.requests.record.recording import Act

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # 10:00 in Berlin, an hour after opening
_keys = count()


def act(person, at=MONDAY):
    """Return an act of `person` with a key of its own."""
    return Act(person, at, f"desk-key-{next(_keys)}")


def ask(session, offered, person, title="A laptop", *, at=MONDAY):
    """Raise a request of what is `offered` for the first team of `person`."""
    wish = Wish(title, "", [], person.memberships[0].team_id)
    return raise_request(session, offered, wish, act=act(person, at))


@contextmanager
def counted_queries(session) -> Iterator[list[str]]:
    """Yield the list that gathers every statement sent to the database meanwhile."""
    sent: list[str] = []

    def note(connection, cursor, statement, *_rest):
        sent.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
