"""A whole database into one file and back, while others write: each engine by its own means.

SQLite's backup API copies one state of a database in WAL mode and holds up no writer. PostgreSQL's
own programs do the rest; both read from one snapshot.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, MetaData, NullPool, create_engine, text

from app.archive.rules import NotTaken
from app.archive.schema import file_hashes, schema_of

BARE = ("--no-owner", "--no-privileges")
IN_ONE = ("--single-transaction", "--set=ON_ERROR_STOP=1")
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
PATIENCE = 30  # seconds for another writer to end, where a database is written back


@dataclass(frozen=True)
class Copy:
    """A database in a file: where, at which migration, and the attached files it speaks of."""

    path: Path
    schema: str
    files: list[str]


def copy_out(engine: Engine, folder: Path) -> Copy:
    """Copy one state of the database into `folder`. :raises NotTaken: when that cannot be."""
    path = folder / NAMES[engine.dialect.name]
    if engine.dialect.name == "sqlite":
        return _sqlite_out(engine, path)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        _run(
            engine.url,
            "pg_dump",
            *BARE,
            "--format=custom",
            f"--snapshot={snapshot}",
            f"--file={path}",
        )
        return Copy(path, schema_of(connection), file_hashes(connection))


def put_back(engine: Engine, path: Path) -> None:
    """Replace everything in the database by what `copy_out` wrote to `path`, or change nothing.

    :raises NotTaken: when that cannot be.
    """
    engine.dispose()
    if engine.dialect.name == "sqlite":
        _sqlite_back(engine, path)
        return
    script = path.with_suffix(".sql")
    _postgres_script(engine, path, script)
    _run(engine.url, "psql", "--no-psqlrc", "--quiet", *IN_ONE, f"--file={script}")


def _postgres_script(engine: Engine, path: Path, script: Path) -> None:
    """Write what replaces everything, to be run in one transaction.

    The whole dump is read before: one that ends in the middle stops here.
    """
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
    engine.dispose()
    body = path.with_suffix(".body")
    _run(engine.url, "pg_restore", *BARE, f"--file={body}", str(path), database=False)
    with script.open("wb") as target, body.open("rb") as source:
        target.write(b"SET LOCAL lock_timeout = 0;\n")
        for name in tables.tables:
            target.write(f'DROP TABLE "{name}" CASCADE;\n'.encode())
        shutil.copyfileobj(source, target)
    body.unlink()


def _sqlite_out(engine: Engine, path: Path) -> Copy:
    if not Path(engine.url.database or "").is_file():
        raise NotTaken(f"There is no database at {engine.url.database}.")
    with _sqlite(engine) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    copy = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with copy.connect() as connection:
        if (said := connection.scalar(text("PRAGMA quick_check"))) != "ok":
            raise NotTaken(f"The database is damaged: {said}.")
        return Copy(path, schema_of(connection), file_hashes(connection))


def _sqlite_back(engine: Engine, path: Path) -> None:
    with closing(sqlite3.connect(path)) as source, _sqlite(engine) as target:
        if (said := _checked(source)) != "ok":
            raise NotTaken(f"The database in it is damaged: {said}.")
        try:
            source.backup(target)
        except sqlite3.OperationalError as error:
            raise NotTaken(f"The database is in use; stop Baton first ({error}).") from None


def _checked(source: sqlite3.Connection) -> str:
    """Return "ok", or what is wrong with a database."""
    try:
        return str(source.execute("PRAGMA quick_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)


@contextmanager
def _sqlite(engine: Engine) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(engine.url.database or "", timeout=PATIENCE)) as connection:
        yield connection


def address_without_password(url: URL) -> str:
    """Return how PostgreSQL's programs are told where the database is."""
    bare = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    )  # `url.set(password=None)` would leave the password as it is
    return bare.render_as_string()


def _run(url: URL, program: str, *arguments: str, database: bool = True) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, seen by nobody."""
    found = shutil.which(program)
    if found is None:
        raise NotTaken(
            f"{program} is not here. Install PostgreSQL's client programs, of the server's version"
            " or newer (on Debian: postgresql-client)."
        )
    options = [f"--dbname={address_without_password(url)}"]
    given: dict[str, Any] = {"PGPASSWORD": url.password} if url.password else {}
    done = subprocess.run(
        [found, *(options if database else []), *arguments],
        env=os.environ | given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotTaken(f"{program} says: {done.stderr.strip()}")
