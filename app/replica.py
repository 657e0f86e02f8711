"""A copy of the database that PostgreSQL keeps by streaming replication, for reading figures.

How far behind it is, is asked for each page. It is not read while it is away, while it has been
promoted to a database of its own, or while it is further behind than the installation allows.
"""

import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.db import reading_from
from app.engines import engine_options, open_postgres_well

REST: Final = 15.0  # seconds in which a copy that was away is left alone
IN_A_HURRY: Final = {
    "connect_timeout": 2,
    "options": "-c default_transaction_read_only=on -c statement_timeout=20000",
}
# The place of what was inserted, not of what was written: with synchronous_commit=off a commit is
# acknowledged before it is written.
WRITTEN = text("SELECT CAST(pg_current_wal_insert_lsn() AS text)")
# What was committed before the last commit it has played back is there: an upper bound.
PLAYED_BACK = text(
    "SELECT pg_is_in_recovery() AS follows,"
    " pg_last_wal_replay_lsn() >= CAST(:written AS pg_lsn) AS has_all,"
    " extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) AS behind"
)


@dataclass
class Replica:
    """A copy of the database; `max_lag_s` is how many seconds it may be behind."""

    engine: Engine
    max_lag_s: int
    _rests_until: float = field(default=0.0, init=False)

    def behind(self, session: Session) -> timedelta | None:
        """Return how far behind `session` it is at most, None when it must not be read."""
        if time.monotonic() < self._rests_until:
            return None
        written = session.scalar(WRITTEN)
        try:
            with self.engine.connect() as connection:
                row = connection.execute(PLAYED_BACK, {"written": written}).one()
        except SQLAlchemyError:
            self.rest()
            return None
        if not row.follows:
            return None
        if row.has_all:
            return timedelta(0)
        late = row.behind is None or row.behind > self.max_lag_s
        return None if late else timedelta(seconds=max(0.0, float(row.behind)))

    def rest(self) -> None:
        """Leave it alone for a while."""
        self._rests_until = time.monotonic() + REST

    def reading(self) -> AbstractContextManager[None]:
        """Let every session read from it until the block ends."""
        return reading_from(self.engine)


def replica_at(url: str, *, max_lag_s: int) -> Replica | None:
    """Return the copy at `url`, None for "". Nothing is connected yet."""
    if not url:
        return None
    options = engine_options(url) | {"connect_args": dict(IN_A_HURRY)}
    engine = create_engine(url, **options)
    open_postgres_well(engine)
    return Replica(engine, max_lag_s)
