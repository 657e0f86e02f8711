"""PostgreSQL stopped, under real people at a real server, and back again."""

import os

import pytest
from sqlalchemy import select

from app.db import db
from app.requests.models import Message
from tests.support.apps import build, dispose, migrate
from tests.support.cast import make_cast
from tests.support.desk import ask
from tests.support.postgres import NoPostgres, own_postgres_server
from tests.support.running import flask_command
from tests.support.servers import Server, Visitor, fresh_key


@pytest.fixture
def postgres():
    try:
        with own_postgres_server() as server:
            yield server
    except NoPostgres as error:
        give_up = pytest.fail if os.environ.get("BATON_REQUIRE_POSTGRES") == "1" else pytest.skip
        give_up(f"no PostgreSQL here: {error}")


@pytest.fixture
def app(postgres):
    app = build(postgres.url)
    migrate(app)
    yield app
    dispose(app)


@pytest.fixture
def server(postgres, app):
    running = Server(postgres.url)
    running.start()
    yield running
    running.stop()


def test_words_wait_while_postgres_is_away_and_all_goes_on_by_itself(app, postgres, server):
    with app.app_context():
        cast = make_cast(db.session)
        request_id = ask(db.session, cast.laptop, cast.kim).id
        db.session.commit()
        db.session.remove()
    kim = Visitor(server.port)
    kim.sign_in("kim@baton.example")
    path, words = f"/requests/{request_id}", {"words": "A careful answer", "key": fresh_key()}
    assert kim.get(path)[0] == 200

    postgres.stop()
    status, page = kim.post(f"{path}/messages", words)
    assert status == 503
    assert "A careful answer" in page
    assert words["key"] in page
    assert "Nothing was lost" in page
    assert kim.get(path)[0] == 503
    assert (server.status("/healthz"), server.status("/readyz")) == (200, 503)
    waiting = flask_command(postgres.url, "worker", "--once")
    assert (waiting.returncode, waiting.stderr.count("away or busy")) == (1, 1), waiting.stderr

    postgres.start()
    assert server.status("/readyz") == 200
    assert kim.get(path)[0] == 200
    for _ in range(2):
        assert kim.post(f"{path}/messages", words)[0] == 303
    with app.app_context():
        assert db.session.scalars(select(Message.body)).all() == ["A careful answer"]
        db.session.remove()
    assert flask_command(postgres.url, "worker", "--once").returncode == 0
