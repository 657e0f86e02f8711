"""The application on either engine, and its session.

One application a run and engine; each test finds its database empty.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import flask
import psycopg
import pytest
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from app import create_app
from app.db import db
from tests.support.databases import database_at, empty, postgres_or_none, refresh
from tests.support.once import forget_all

SETTINGS = {
    "BATON_SECRET_KEY": "a secret for tests and nothing else",
    "BATON_SECURE_COOKIES": "no",  # the browsers of the tests speak http
    "BATON_SQLITE_SYNCHRONOUS": "NORMAL",
    "BATON_FILES": str(Path(tempfile.gettempdir()) / f"baton-test-files-{os.getpid()}"),
}
MakeApp = Callable[..., flask.Flask]


def build(url: str, **settings: str) -> flask.Flask:
    """Build the application on the database at `url`. CSRF is on, as in real use."""
    app = create_app(SETTINGS | {"BATON_DATABASE_URL": url} | settings)
    app.testing = True
    return app


def migrate(app: flask.Flask) -> None:
    """Build the schema the way an installation does: by the migrations."""
    with app.app_context():
        upgrade()
    dispose(app)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty SQLite database that the migrations built."""
    path = tmp_path_factory.mktemp("template") / "baton.sqlite3"
    migrate(build(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def sqlite_app(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> flask.Flask:
    """Return the application on a file that `app` refreshes for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "baton.sqlite3"
    return build(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Yield the URL of the PostgreSQL server of this worker."""
    with postgres_or_none() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> Iterator[str]:
    """Yield the URL of an empty PostgreSQL database that the migrations built; only to copy."""
    with database_at(postgres) as url:
        migrate(build(url))
        yield url


@pytest.fixture(scope="session")
def postgres_app(postgres: str, postgres_template: str) -> Iterator[flask.Flask]:
    """Yield the application on a PostgreSQL database that `app` empties for each test."""
    with database_at(postgres, like=postgres_template) as url:
        app = build(url)
        yield app
        dispose(app)
        forget_all(url)


@pytest.fixture
def app(engine: str, request: pytest.FixtureRequest) -> Iterator[flask.Flask]:
    """Yield the application on `engine`, with an empty database."""
    app: flask.Flask = request.getfixturevalue(f"{engine}_app")
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if engine == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        refresh(Path(url.removeprefix("sqlite:///")), template=template)
    else:
        with psycopg.connect(url) as connection:
            empty(connection)
    yield app
    dispose(app)


@pytest.fixture
def empty_app(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[flask.Flask]:
    """Yield the application on a database without any table."""
    if engine == "sqlite":
        app = build(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
        with app.app_context():
            yield app
        dispose(app)
        return
    with database_at(request.getfixturevalue("postgres")) as url:
        app = build(url)
        with app.app_context():
            yield app
        dispose(app)


@pytest.fixture
def make_app(sqlite_template: Path, tmp_path: Path) -> Iterator[MakeApp]:
    """Yield a maker of applications with settings of their own, on one fresh SQLite file."""
    path = tmp_path / "baton.sqlite3"
    refresh(path, template=sqlite_template)
    made: list[flask.Flask] = []

    def make(**settings: str) -> flask.Flask:
        made.append(build(f"sqlite:///{path}", **settings))
        return made[-1]

    yield make
    for app in made:
        dispose(app)


@pytest.fixture
def db_session(app: flask.Flask) -> Iterator[Session]:
    """Yield the session of the test, in an application context of its own."""
    with app.app_context():
        yield db.session  # type: ignore[misc]
        db.session.rollback()


def dispose(app: flask.Flask) -> None:
    """Close the connections; a pooled one left open warns at exit, and warnings are errors."""
    with app.app_context():
        db.engine.dispose()
