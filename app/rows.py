"""Rows written past the ORM's unit of work, which takes longer than a short statement itself.

Objects that the session holds do not notice what is written here.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar

from sqlalchemy import (
    ColumnElement,
    Executable,
    Insert,
    Update,
    bindparam,
    delete,
    insert,
    inspect,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from app.db import Base

Row = TypeVar("Row", bound=Base)
FORGOTTEN_AT_ONCE: Final = 500  # rows in one transaction, so that nobody waits for long


def carry_out(
    session: Session, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> int:
    """Run a statement that writes, as `rows_of` reads; return how many rows it met."""
    session.flush()
    return session.connection().execute(statement, values).rowcount


def added(session: Session, model: type[Row], **values: Any) -> Row:
    """Insert one row of `model`, past the ORM's unit of work; return its object, which knows all.

    All columns must be given but the `id`, which the database gives.
    """
    session.flush()
    done = session.connection().execute(_adding(model), values)
    return as_read(session, model, {"id": done.inserted_primary_key[0], **values})  # type: ignore[index]


def as_read(session: Session, model: type[Row], values: Mapping[str, Any]) -> Row:
    """Return the object of a row as if the ORM had read it, in less time; `values` are all of it.

    The session must not know it yet.
    """
    row: Any = inspect(model).class_manager.new_instance()
    row.__dict__.update(values)
    make_transient_to_detached(row)
    session.add(row)
    return row


def change(session: Session, row: Any, values: Mapping[str, Any]) -> None:
    """Set `values` on a row that has an `id`, past the ORM's unit of work, and on its object."""
    model: Any = type(row)
    if values:
        new = {f"new_{name}": value for name, value in values.items()}
        carry_out(session, _changing(model, tuple(values)), {"this": row.id, **new})
    for name, value in values.items():
        set_committed_value(row, name, value)


@cache
def _changing(model: Any, names: Sequence[str]) -> Update:
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return update(model).where(model.id == bindparam("this")).values(new)


def add_rows(session: Session, model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of `model`, all with the same columns, in one go."""
    carry_out(session, _adding(model), rows)


@cache
def _adding(model: Any) -> Insert:
    return insert(model)


def put(session: Session, model: Any, keys: Mapping[str, Any], **values: Any) -> None:
    """Set `values` on the row of `model` with these primary keys; it is made when there is none.

    Two who make it at once do not get in each other's way.
    """
    dialect = session.get_bind().dialect.name
    carry_out(session, _putting(dialect, model, tuple(keys), tuple(values)), {**keys, **values})


@cache
def _putting(dialect: str, model: Any, keys: Sequence[str], names: Sequence[str]) -> Executable:
    own = _insert_on(dialect, model)
    values = {name: own.excluded[name] for name in names}
    return own.on_conflict_do_update(index_elements=keys, set_=values)


def forget(session: Session, model: Any, *old: ColumnElement[bool], by: Any) -> int:
    """Delete the first `FORGOTTEN_AT_ONCE` rows that are `old`; return how many there were.

    `by` orders them, and has an index.
    """
    keys = tuple_(*model.__table__.primary_key.columns)
    some = select(*model.__table__.primary_key.columns).where(*old).order_by(by)
    return carry_out(session, delete(model).where(keys.in_(some.limit(FORGOTTEN_AT_ONCE))), {})


def forget_first(session: Session, model: Any, *old: ColumnElement[bool]) -> int:
    """Delete those that are `old` of the very first rows by `id`, and look at no others.

    For what gets old in the order in which it came. Returns how many there were.
    """
    first = select(model.id).order_by(model.id).limit(FORGOTTEN_AT_ONCE)
    return carry_out(session, delete(model).where(model.id.in_(first), *old), {})


def insert_into(session: Session, model: Any) -> Any:
    """Return an INSERT that can say what happens on conflict, which each engine has of its own."""
    return _insert_on(session.get_bind().dialect.name, model)


def _insert_on(dialect: str, model: Any) -> Any:
    return sqlite.insert(model) if dialect == "sqlite" else postgresql.insert(model)
