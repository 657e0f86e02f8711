"""What the database refuses, or is too busy for: programs are told which of the two it was."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import (
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.people.models import Team
from app.requests.acts import words
from tests.support.desk import ask

pytestmark = pytest.mark.both
SECRET = "a word that somebody typed"


@pytest.fixture
def say(app, db_session, cast, program, monkeypatch):
    """Return a function that says something as a program, while `trouble` comes up."""
    place = f"/requests/{ask(db_session, cast.laptop, cast.kim).id}/messages"
    kim = program(cast.kim)
    monkeypatch.setattr(app, "testing", False)

    def saying(trouble, status):
        monkeypatch.setattr(words, "write_message", trouble)
        return kim.post(place, {"words": "Green"}, status)

    return saying


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError, InternalError, PoolTimeout])
def test_a_database_that_is_away_is_asked_again_later(say, caplog, kind):
    def away(*_values, **_more):
        raise kind() if kind is PoolTimeout else kind("SELECT", {}, ValueError(SECRET))

    answer = say(away, 503)
    assert answer.headers["Retry-After"] == "5"
    assert ("TimeoutError" if kind is PoolTimeout else "ValueError") in caplog.text
    assert SECRET not in caplog.text


def test_what_the_database_refuses_is_no_matter_of_keys(say, caplog):
    def twice(session, request, **_more):
        session.execute(insert(Team).values(id=request.team_id, name="Twice", calendar_id=1))

    assert "it was noted" in say(twice, 500).json["detail"].lower()
    assert IntegrityError.__name__ in caplog.text


def test_of_two_with_one_key_at_once_one_is_told_to_wait(say, monkeypatch):
    monkeypatch.setattr("app.requests.record.recording.refuse_repeat", lambda *_: None)
    write = words.write_message

    def twice(session, request, **more):
        for _ in range(2):
            write(session, request, **more)

    assert "being answered right now" in say(twice, 409).text
