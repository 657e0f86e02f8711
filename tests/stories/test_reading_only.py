"""What only reads on PostgreSQL: it cannot write, and what was planned for it stays planned."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from app import engines
from app.db import db, reads_only
from tests.support.apps import dispose
from tests.support.databases import empty
from tests.support.desk import ask

PLANNED = text("SELECT count(*) FROM pg_prepared_statements")
WRITE = text("UPDATE team SET purpose = 'Written while reading'")


@pytest.fixture
def app(postgres_app):
    with psycopg.connect(postgres_app.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        empty(connection)
    yield postgres_app
    dispose(postgres_app)


@pytest.fixture
def reading():
    token = reads_only.set(True)
    yield
    reads_only.reset(token)


def test_what_reads_only_writes_nothing_and_the_next_one_may(app, reading):
    with app.app_context():
        with pytest.raises(DBAPIError, match="read-only transaction"):
            db.session.execute(WRITE)
        db.session.rollback()
        reads_only.set(False)
        assert db.session.execute(WRITE).rowcount == 0
        db.session.rollback()


def test_a_page_that_was_read_some_times_is_not_planned_anew(client, db_session, cast):
    ask(db_session, cast.laptop, cast.kim, "Grey laptop")
    client.sign_in(cast.ivo)
    for _ in range(7):  # psycopg has a statement prepared when it comes the sixth time
        client.get(f"/teams/{cast.it_help.id}")
    db_session.rollback()
    reads_only.set(True)
    assert db_session.scalar(PLANNED) > 3
    db_session.rollback()
    reads_only.set(False)


@pytest.fixture
def cut_off(app, monkeypatch):
    """Return a function that ends the one connection there is, which rested for `seconds`."""

    def cut(seconds):
        db.session.rollback()
        with db.engine.connect() as connection:
            (mine,) = connection.execute(text("SELECT pg_backend_pid()")).one()
        with psycopg.connect(app.config["SQLALCHEMY_DATABASE_URI"]) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (mine,))
        monkeypatch.setattr(engines, "AT_REST", 0.0 if seconds else 60.0)

    with app.app_context():
        yield cut


def test_one_that_rested_is_asked_whether_it_lives(cut_off):
    cut_off(seconds=2)
    assert db.session.scalar(text("SELECT 1")) == 1


def test_one_that_did_not_is_missed_once(cut_off):
    cut_off(seconds=0)
    with pytest.raises(OperationalError):
        db.session.scalar(text("SELECT 1"))
    db.session.rollback()
    assert db.session.scalar(text("SELECT 1")) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lock_timeout", "10s"),
        ("random_page_cost", "1.1"),
        ("max_parallel_workers_per_gather", "0"),
        ("jit", "off"),
    ],
)
def test_each_connection_plans_and_waits_as_we_mean_it(app, name, value):
    with app.app_context():
        for _ in range(2):  # also after what was done is undone
            assert db.session.scalar(text(f"SHOW {name}")) == value
            db.session.rollback()
