"""Which migration the code wants, and which one a database has."""

from functools import cache

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from app.config import ROOT

SIGNS_OF_LIFE = ("person", "department", "request")


@cache
def code_head() -> str | None:
    """Return the migration that this code was written for."""
    return _scripts().get_current_head()


def is_known(revision: str) -> bool:
    """Say whether this code has the migration `revision`, and can go on from there."""
    try:
        return _scripts().get_revision(revision) is not None
    except CommandError:
        return False


def schema_of(connection: Connection) -> str:
    """Return the migration a database is at; "" when it was never migrated."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def is_empty(connection: Connection) -> bool:
    """Say whether nobody lives in a database yet: no person, no department, no request."""
    there = inspect(connection)
    return not any(
        there.has_table(name) and connection.scalar(text(f"SELECT 1 FROM {name} LIMIT 1"))
        for name in SIGNS_OF_LIFE
    )


def file_hashes(connection: Connection) -> list[str]:
    """Return the SHA-256 of every attached file a database speaks of."""
    if not inspect(connection).has_table("attachment"):
        return []  # a schema from before there were any
    return list(connection.scalars(text("SELECT DISTINCT sha256 FROM attachment ORDER BY sha256")))


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "migrations"))
