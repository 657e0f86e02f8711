"""The database handle, the base of all models, and what both engines say in their own ways."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Executable,
    MetaData,
    Result,
    String,
    bindparam,
    func,
    literal_column,
    text,
)
from sqlalchemy.exc import IntegrityError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

reads_only: ContextVar[bool] = ContextVar("reads_only", default=False)
read_from: ContextVar[Engine | None] = ContextVar("read_from", default=None)
# What comes of a database that is busy or away, and of nothing that anybody asked for.
AWAY: Final = (OperationalError, InterfaceError, InternalError, PoolTimeout)


@contextmanager
def reading_from(engine: Engine | None) -> Iterator[None]:
    """Read from `engine`, None for the database itself, until the block ends."""
    before = read_from.set(engine)
    try:
        yield
    finally:
        read_from.reset(before)


@contextmanager
def only_reading() -> Iterator[None]:
    """Mark the transactions that begin in the block as reading."""
    before = reads_only.set(True)
    try:
        yield
    finally:
        reads_only.reset(before)


class Moment(TypeDecorator[datetime]):
    """An instant in UTC: aware in Python on both engines; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Store UTC; SQLite has text, which an act writes dozens of times.

        What is returned raises ValueError for a naive datetime.
        """
        on_sqlite = dialect.name == "sqlite"

        def bound(value: datetime | None) -> datetime | str | None:
            if value is None:
                return None
            if value.tzinfo is None:
                raise ValueError("a moment needs its time zone")
            there = value.astimezone(UTC)
            return there.isoformat(" ", "microseconds")[:-6] if on_sqlite else there

        return bound

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Give back UTC, aware. Lists read hundreds of these, so SQLite's text is read at once."""
        if dialect.name == "sqlite":
            return lambda text: datetime.fromisoformat(text + "+00:00") if text else None
        return lambda moment: moment.astimezone(UTC) if moment else None


NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every model; the registry maps our Python types once for all of them."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: Moment,
            dict[str, Any]: JSON,
            list[Any]: JSON,
            str: String,
        },
    )


class Database(SQLAlchemy):
    """Flask-SQLAlchemy, used thinly; its scoped session passes wherever a `Session` is asked."""

    if TYPE_CHECKING:
        session: Session  # type: ignore[assignment]


class Routed(FlaskSession):
    """A session that reads from `read_from` where it is set, and from the database else."""

    def get_bind(self, *args: Any, **options: Any) -> Any:
        """Return the engine for the next statement."""
        return read_from.get() or super().get_bind(*args, **options)


db = Database(model_class=Base, session_options={"class_": Routed})


def rows_of(
    session: Session, statement: Executable, values: Mapping[str, Any] | None = None
) -> Result[*tuple[Any, ...]]:
    """Run a statement that selects columns and no objects; what is not yet written goes first.

    It passes by the ORM's loading of objects, which takes longer than a short statement itself.
    """
    session.flush()
    return session.connection().execute(statement, values)


def see_one_state(session: Session) -> Connection:
    """Begin a transaction that sees one state of the database until it ends; return what it is on.

    On SQLite every transaction does.
    """
    one_state = {} if has_one_writer(session) else {"isolation_level": "REPEATABLE READ"}
    return session.connection(execution_options=one_state)


def has_one_writer(session: Session) -> bool:
    """Say whether transactions that may write stand in line for each other, as on SQLite.

    What was read in one of them is as it is, and there is nobody to lock it against.
    """
    return session.get_bind().dialect.name == "sqlite"


def is_there(error: IntegrityError, model: Any) -> bool:
    """Say whether the row that `error` is about was one of `model` whose primary key is taken."""
    table = model.__table__
    if diagnosis := getattr(error.orig, "diag", None):
        return bool(diagnosis.constraint_name == table.primary_key.name)
    columns = ", ".join(f"{table.name}.{column.name}" for column in table.primary_key.columns)
    return str(error.orig) == f"UNIQUE constraint failed: {columns}"


def among(column: Any, words: Iterable[Any]) -> ColumnElement[bool]:
    """Return the condition that `column` is one of `words` (an enum's), which never change.

    They stand in the statement itself: a list given when it runs is rendered again on every
    execution.
    """
    known: ColumnElement[bool] = column.in_([literal_column(f"'{word}'") for word in sorted(words)])
    return known


def begins_with(column: Any, value: str) -> ColumnElement[bool]:
    """Return the condition that `column` begins with what is given as `value` when it runs."""
    text = bindparam(value, type_=String())
    return func.substr(column, 1, func.length(text)) == text


def one_of(column: str, words: Any) -> str:
    """Return the SQL of a check that `column` holds one of `words` (an enum or strings)."""
    values = ", ".join(f"'{getattr(word, 'value', word)}'" for word in words)
    return f"{column} IN ({values})"


def only_where(condition: str) -> dict[str, Any]:
    """Return the options of an index over those rows only that meet `condition` (SQL)."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
