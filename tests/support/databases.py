"""The two engines: migrated once a run, clean for each test."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from app.db import Base
from tests.support.postgres import NoPostgres, postgres_server

ENGINES = ("sqlite", "postgres")


USED = """SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE last_value IS NOT NULL"""
_emptied = count(1)


def empty(connection: psycopg.Connection[Any]) -> None:
    """Empty every table and start all counting at 1 again.

    TRUNCATE makes every table anew and takes twenty times as long as deleting the few rows of a
    test; it comes now and then, so that what was deleted does not pile up.
    """
    names = [f'"{table.name}"' for table in Base.metadata.sorted_tables]
    if next(_emptied) % 200 == 0:
        connection.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")  # type: ignore[arg-type]
        return
    with connection.transaction():
        looks = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
        filled = connection.execute(" UNION ALL ".join(looks)).fetchall()  # type: ignore[arg-type]
        connection.execute("SET LOCAL session_replication_role = replica")  # in any order
        for (name,) in filled:
            connection.execute(f"DELETE FROM {name}")
        connection.execute(USED)


def refresh(database: Path, *, template: Path) -> None:
    """Make `database` an exact copy of `template`, without leftovers of a write-ahead log."""
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(template, database)


@contextmanager
def own_postgres_database() -> Iterator[str]:
    """Yield the URL of a new PostgreSQL database on a server of its own; drop both afterwards."""
    with postgres_or_none() as server, database_at(server) as url:
        yield url


@contextmanager
def postgres_or_none() -> Iterator[str]:
    """Yield the URL of a PostgreSQL server.

    Skips the test, or fails it when BATON_REQUIRE_POSTGRES=1, where no PostgreSQL can be had.
    """
    try:
        with postgres_server() as server:
            yield server
    except NoPostgres as error:
        give_up = pytest.fail if os.environ.get("BATON_REQUIRE_POSTGRES") == "1" else pytest.skip
        give_up(f"no PostgreSQL here: {error}")


@contextmanager
def database_at(server: str, *, like: str | None = None) -> Iterator[str]:
    """Yield the URL of a new database at `server`, a copy of the one at `like`; then drop it."""
    name = f"baton_test_{secrets.token_hex(6)}"  # no two workers, and no two runs, share one
    copied = f" TEMPLATE {make_url(like).database}" if like else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{copied}")  # type: ignore[arg-type]
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]
