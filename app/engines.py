"""How both engines are opened.

SQLite runs in WAL mode. A read begins a plain transaction; everything that may write begins
IMMEDIATE, because a deferred transaction that reads first and writes later either loses the other
writer's update or fails at once with "database is locked". `reads_only` marks the readers.
"""

import re
from time import monotonic
from typing import Any, Final

from sqlalchemy import Engine, event

from app.compiled import CompiledCache
from app.db import reads_only

AT_REST: Final = 1.0  # seconds
POSTGRES: Final = (
    "lock_timeout = '10s'",
    # What is asked for lies in stretches of indexes. A planner that takes every page for a turn of
    # a disk reads whole tables instead, and takes the longer, the longer the archive is.
    "random_page_cost = 1.1",
    # Many people read at once, so none of them needs several processors; and parallel workers
    # would each build the whole of a long list of ids again.
    "max_parallel_workers_per_gather = 0",
    "jit = off",  # takes longer than most of our statements
)


def open_sqlite_well(engine: Engine, *, synchronous: str) -> None:
    """Set up every SQLite connection of `engine`; does nothing for other engines.

    `synchronous` is FULL (durable through a power cut) or NORMAL.
    """
    if engine.dialect.name != "sqlite":
        return
    if not re.fullmatch("FULL|NORMAL", synchronous):
        raise ValueError(synchronous)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, below
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "trusted_schema=OFF",
            # Pages of the file are read where the system holds them, shared by all connections;
            # each one's own small cache otherwise misses the more, the larger the archive is.
            "mmap_size=2147418112",  # the most that it maps
        ):
            connection.execute(f"PRAGMA {pragma}")

    def begin(connection: Any) -> None:
        connection.execute("BEGIN" if reads_only.get() else "BEGIN IMMEDIATE")

    # Not as a listener: where an engine has one, every statement looks for more of them.
    engine.dialect.do_begin = begin  # type: ignore[method-assign,assignment]


def engine_options(url: str) -> dict[str, Any]:
    """Return how an engine is made for `url`. Errors never tell the values that were stored.

    A PostgreSQL that went away and came back is met with a fresh connection, and one that does not
    answer is given up after five seconds.
    """
    every = {"hide_parameters": True, "execution_options": {"compiled_cache": CompiledCache()}}
    if url.startswith("sqlite"):
        return every
    connect = {} if "connect_timeout=" in url else {"connect_timeout": 5}
    return every | {"pool_pre_ping": True, "connect_args": connect}


def open_postgres_well(engine: Engine) -> None:
    """Wait for a lock no longer than on SQLite (10 s); does nothing for other engines.

    Whether a connection still lives is asked of those that rested for a second or longer, since no
    server comes back sooner.
    """
    if engine.dialect.name != "postgresql":
        return

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.autocommit = True  # not part of a transaction that may be undone
        for setting in POSTGRES:
            connection.execute(f"SET {setting}")
        connection.autocommit = False

    @event.listens_for(engine, "checkin")
    def _rest(connection: Any, _record: Any) -> None:
        if connection is not None:
            connection.rests_since = monotonic()

    ask = engine.dialect.do_ping

    def lives(connection: Any) -> bool:
        return monotonic() - connection.rests_since < AT_REST or ask(connection)

    engine.dialect.do_ping = lives  # type: ignore[method-assign,assignment]
    _end_reading_with_commit(engine)


def _end_reading_with_commit(engine: Engine) -> None:
    """Make what `reads_only` READ ONLY, so that it ends as well with COMMIT as with ROLLBACK.

    Psycopg forgets at a ROLLBACK which statements the server has prepared, and to plan a list anew
    for every page takes several times as long as to read it.
    """

    @event.listens_for(engine, "checkout")
    def _begin_as_meant(connection: Any, _record: Any, _proxy: Any) -> None:
        if bool(connection.read_only) != reads_only.get():
            connection.read_only = reads_only.get()

    def end(connection: Any) -> None:
        if connection.read_only:
            connection.commit()
        else:
            connection.rollback()

    engine.dialect.do_rollback = end  # type: ignore[method-assign,assignment]
