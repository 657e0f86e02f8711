"""A longer archive behind the same work makes no list slower: counted in SQLite's own steps."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.cli.demo.building import build_demo
from app.db import db
from app.people.models import Person
from app.requests.lists.asked import asked_by
from app.requests.lists.board import board
from app.requests.lists.filters import Search
from app.requests.lists.found import found
from app.requests.lists.mine import thanks_to, waiting_on
from app.requests.lists.team import queue, queue_counts
from app.requests.lists.untouched import untouched
from app.requests.search.wanted import read_wanted
from tests.support.apps import build, dispose
from tests.support.databases import refresh

NOW = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
A_DAY = 20  # requests, at the end of a short archive and of a long one
SHORT, LONG = 40, 120  # days


def search(words):
    return lambda s, p, t: found(s, Search(p, read_wanted(words), NOW, 50))


LISTS = {
    "waiting on me": lambda s, p, t: waiting_on(s, p, at=NOW, limit=50),
    "asked": lambda s, p, t: asked_by(s, p, at=NOW, limit=8),
    "asked, open": lambda s, p, t: asked_by(s, p, at=NOW, limit=8, open_only=True),
    "thanks": lambda s, p, t: thanks_to(s, p, since=NOW - timedelta(days=30), limit=5),
    "untouched": lambda s, p, t: list(untouched(s, p, at=NOW, each=5)),
    "counts": lambda s, p, t: queue_counts(s, p, t),
    "to do": lambda s, p, t: queue(s, p, t, view="open", at=NOW, limit=50),
    "to do, with the late": lambda s, p, t: queue(s, p, t, view="open", at=NOW, limit=50, silent=5),
    "done": lambda s, p, t: queue(s, p, t, view="done", at=NOW, limit=50),
    "ended": lambda s, p, t: queue(s, p, t, view="ended", at=NOW, limit=50),
    "board": lambda s, p, t: board(s, p, t, stages=[], at=NOW),
    "find a word": search("the"),
    "find open ones": search("state:open"),
    "find open ones with a word": search("the state:open"),
}


@pytest.fixture(scope="module")
def taken(sqlite_template, tmp_path_factory):
    """The steps of each list, by its name, over a short archive and over a long one."""
    folder = tmp_path_factory.mktemp("archive")
    return [steps_over(d, sqlite_template, folder / f"{d}.sqlite3") for d in (SHORT, LONG)]


def steps_over(days, template, database):
    refresh(database, template=template)
    app = build(f"sqlite:///{database}")
    with app.app_context():
        build_demo(db.session, requests=A_DAY * days, seed=1, now=NOW, days=days)
        db.session.commit()
        ada = db.session.scalar(select(Person).where(Person.name == "Ada Lindqvist"))
        team_id = ada.memberships[0].team_id
        steps = {name: counted(db.session, look, ada, team_id) for name, look in LISTS.items()}
        db.session.rollback()
    dispose(app)
    return steps


def counted(session, look, person, team_id):
    """Return how many tens of steps SQLite's machine takes to answer what `look` asks."""
    look(session, person, team_id)
    steps = [0]

    def one_more():
        steps[0] += 1

    connection = session.connection().connection.driver_connection
    connection.set_progress_handler(one_more, 10)
    look(session, person, team_id)
    connection.set_progress_handler(None, 0)
    return steps[0]


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_archive_makes_no_list_slower(taken, name):
    short, long = taken
    assert long[name] <= 1.3 * short[name] + 100, (short[name], long[name])
