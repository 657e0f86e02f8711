"""What is stored is compared and mended while people go on working."""

from importlib import import_module

import pytest
from sqlalchemy import delete, text, update

from app.db import db
from app.people.models import Person
from app.requests.acts.words import write_message
from app.requests.models import Request
from app.requests.record.rebuilding import differences
from app.requests.search.index import RequestText, without_words
from app.turnaround.checking import page_differences
from app.turnaround.models import TeamPage
from tests.support.counting import settle
from tests.support.desk import act, ask
from tests.support.lives import live
from tests.support.running import command, elsewhere


@pytest.fixture
def laptops(db_session, cast):
    ids = [ask(db_session, cast.laptop, cast.kim).id for _ in range(3)]
    db_session.commit()
    return ids


@pytest.fixture
def says(app, cast, laptops):
    """Return a function by which Kim says something meanwhile, and nobody holds her up."""
    kim, number = cast.kim.id, laptops[0]
    db.session.rollback()

    def say(session):
        person, request = session.get(Person, kim), session.get(Request, number)
        return write_message(session, request, words="Hello?", act=act(person)) is not None

    return lambda: elsewhere(app, say)


def before(monkeypatch, name, says, *, calls):
    """Let Kim say something right before `flask rebuild` comes to a part of its work."""
    part = getattr(rebuild, name)

    def saying(*values):
        calls.append(name)
        says()
        return part(*values)

    monkeypatch.setattr(rebuild, name, saying)


rebuild = import_module("app.cli.rebuild")  # the package calls the command so
PARTS = ("differences_of", "without_words", "lacks_places", "differing_pages", "teams_changed")


def test_nobody_waits_while_it_only_looks(app, db_session, cast, laptops, says, monkeypatch):
    calls = []
    for part in PARTS:
        before(monkeypatch, part, says, calls=calls)
    command(app, "rebuild", "--check")
    command(app, "rebuild")
    assert set(calls) == set(PARTS)
    assert list(differences(db_session)) == []


def test_it_mends_a_little_at_a_time(app, db_session, cast, laptops, says, monkeypatch):
    db_session.execute(update(Request).values(holder_id=cast.ivo.id, reopenings=7))
    db_session.commit()
    calls = []
    monkeypatch.setattr(rebuild, "AT_ONCE", 1)
    before(monkeypatch, "_each", says, calls=calls)
    assert "6 differences repaired" in command(app, "rebuild")
    assert len(calls) == 3
    assert list(differences(db_session)) == []


def test_words_that_an_act_has_just_indexed_are_left(app, db_session, cast, laptops, monkeypatch):
    db_session.execute(delete(RequestText))
    if db.engine.dialect.name == "sqlite":
        db_session.execute(text("DELETE FROM request_fts"))
    db_session.commit()
    assert "3 requests indexed" in command(app, "rebuild")
    assert without_words(db_session) == []


def test_pages_are_written_anew_where_they_differ(app, db_session, cast):
    live(db_session, cast, 40)
    settle(db_session)
    db_session.execute(update(TeamPage).values(raised=99))
    db_session.commit()
    assert "\n0 pages" not in command(app, "rebuild")
    assert list(page_differences(db_session)) == []
    assert "\n0 pages of figures written anew" in command(app, "rebuild")
