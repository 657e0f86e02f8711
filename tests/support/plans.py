"""How an engine would find what a page asks for: the plans of its statements."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

# What grows with the archive; all else stays small or is read by its key.
GROWING = (
    *("request", "event", "message", "stage_visit", "party", "request_text", "notice"),
    *("letter", "act_key", "login_session", "webhook_delivery"),
)
READING = ("SELECT", "WITH")


class Asked:
    """What a session sends while the block runs, with its values: SELECTs, or `kinds` of all."""

    def __init__(self, session: Session, kinds: tuple[str, ...] = READING) -> None:
        self._session, self._kinds = session, kinds
        self._engine: Engine = session.get_bind()  # type: ignore[assignment]
        self.sent: list[tuple[str, Any]] = []

    def __enter__(self) -> "Asked":
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith(self._kinds):
            self.sent.append((statement, values))

    def read_whole(self) -> list[str]:
        """Return each line of a plan that reads all of a table that grows, or all of its index."""
        return [line for line in self.plans() if _reads_whole(line)]

    def plans(self, *, in_order: bool = False) -> Iterator[str]:
        """Yield the lines of the plan of every statement; `in_order`, those that sort nothing."""
        on_sqlite = self._engine.dialect.name == "sqlite"
        explain = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN (COSTS OFF) "
        connection = self._session.connection()
        if not on_sqlite:
            # An empty table is always read whole; the question is whether it has to be.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            # A short list is sorted in no time; the question is whether it has to be.
            connection.execute(text(f"SET LOCAL enable_sort = {'off' if in_order else 'on'}"))
        for statement, values in self.sent:
            for row in connection.exec_driver_sql(explain + statement, values):
                yield str(row[-1])


def let_it_count(session: Session, table: str) -> None:
    """Let PostgreSQL, which goes by what it counted, count a table; Baton's SQLite never does."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"ANALYZE {table}"))


def _reads_whole(line: str) -> bool:
    """Say whether a line of either engine's plan reads a growing table from end to end."""
    words = line.replace("->", " ").split()
    if words[:2] == ["Seq", "Scan"]:
        return words[3] in GROWING
    # SQLite: SCAN reads on until a limit stops it; without an index in order, nothing does.
    return words[0] == "SCAN" and words[1] in GROWING and "USING" not in words
