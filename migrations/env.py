"""Run the migrations on either engine.

SQLite rebuilds a table to alter it. With foreign keys on, dropping the old table would delete
every child row that cascades, so they are switched off before the transaction begins (it has no
effect inside one) and checked again before it ends.
"""

import flask
import sqlalchemy as sa
from alembic import context

from app.db import Moment, db

# Engines say expressions in words of their own; tests hold these indexes to what the models say.
OVER_EXPRESSIONS = ("ix_request_queue", "ix_request_promised")
LOCK = 4_242_001  # one migration at a time on PostgreSQL, whichever node starts first


def render_item(kind, item, autogen_context):  # type: ignore[no-untyped-def]
    """Write our own column types as what they are in the database."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def include_object(thing, name, type_, reflected, compare_to):  # type: ignore[no-untyped-def]
    """Leave out what only the full-text index is made of, which each engine has of its own."""
    if type_ == "table":
        return not name.startswith("request_fts")
    if type_ == "index" and name in OVER_EXPRESSIONS:
        return False
    return not (reflected and (name or "").startswith(("ix_request_text_", "open_vector", "all_v")))


def run() -> None:
    """Upgrade or downgrade inside one transaction per migration."""
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.dbapi_connection
        if sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        else:
            # Whoever comes second waits for the first, however long that takes.
            connection.execute(sa.text("SET lock_timeout = 0"))
            connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
            connection.commit()
        options = flask.current_app.extensions["migrate"].configure_args
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            include_object=include_object,
            transaction_per_migration=True,
            **options,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
            connection.commit()
        finally:
            if sqlite:
                broken = raw.execute("PRAGMA foreign_key_check").fetchall()
                raw.execute("PRAGMA foreign_keys=ON")
            else:
                broken = []
                connection.rollback()
                connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK})
                connection.commit()
        if broken:
            raise RuntimeError(f"rows lost their parents: {broken[:5]}")


run()
