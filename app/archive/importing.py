"""An export, taken into an empty Baton on either engine: every row and file as it was."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from app.archive.exporting import AT_ONCE, FORMAT, table_name, tables
from app.archive.rows import from_line
from app.archive.rules import (
    MANIFEST,
    Manifest,
    NotTaken,
    differing,
    files_in,
    hashed,
    read_manifest,
)
from app.archive.schema import code_head, schema_of
from app.attachments.storage import Storage


def take_in(connection: Connection, storage: Storage, folder: Path) -> Manifest:
    """Take an export in; everything is checked before the first row is written.

    The words that are found must be indexed afterwards (`index_stored`) where the engine keeps
    them apart.

    :raises NotTaken: when it is damaged or of another Baton, or when this one is not empty.
    """
    manifest = _checked(folder)
    if not schema_of(connection) == manifest.schema == code_head():
        raise NotTaken(
            f"The export is of schema {manifest.schema}, this Baton of {code_head()}, its database"
            f" of {schema_of(connection) or 'none'}; they must be the same."
        )
    for table in tables():
        if connection.execute(select(table).limit(1)).first():
            raise NotTaken(f"This Baton is not empty: there are rows in {table.name}.")
    for name in files_in(manifest.sha256):
        with (folder / name).open("rb") as source:
            storage.put(source)
    for table in tables():
        _fill(connection, table, folder / table_name(table))
        _count_on(connection, table)
    return manifest


def _checked(folder: Path) -> Manifest:
    try:
        manifest = read_manifest((folder / MANIFEST).read_bytes(), format=FORMAT)
    except FileNotFoundError:
        raise NotTaken(f"{folder} holds no {MANIFEST}, so it is no whole export.") from None
    found = {}
    for part in ("tables", "files"):
        for path in sorted((folder / part).rglob("*")):
            if path.is_file():
                with path.open("rb") as source:
                    found[path.relative_to(folder).as_posix()] = hashed(source)
    if wrong := differing(manifest, found):
        raise NotTaken("It is damaged: " + "; ".join(wrong[:5]) + ".")
    return manifest


def _fill(connection: Connection, table: Table, path: Path) -> None:
    """Insert every row; what refers to a later row of its own table is set at the end."""
    looking_ahead = [key.parent for key in table.foreign_keys if key.column.table is table]
    first = 1
    with path.open("rb") as lines:
        while rows := [from_line(table, line) for line in islice(lines, AT_ONCE)]:
            bare = [row | {column.name: None for column in looking_ahead} for row in rows]
            _insert(connection, table, bare, first=first)
            first += len(rows)
    for column in looking_ahead:
        for row in _rows_with(table, path, column.name):
            key = [own == row[own.name] for own in table.primary_key.columns]
            connection.execute(update(table).where(*key).values({column.name: row[column.name]}))


def _insert(
    connection: Connection, table: Table, rows: list[dict[str, Any]], *, first: int
) -> None:
    """Insert rows that stand from line `first` on.

    :raises NotTaken: for the first one that the database refuses, such as a name that is too long.
    """
    try:
        with connection.begin_nested():
            connection.execute(table.insert(), rows)
    except (DataError, IntegrityError) as error:
        if len(rows) == 1:
            why = str(error.orig).splitlines()[0]
            raise NotTaken(f"{table_name(table)}, line {first}: {why}.") from None
        for line, row in enumerate(rows, first):
            _insert(connection, table, [row], first=line)


def _rows_with(table: Table, path: Path, name: str) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for line in lines:
            row = from_line(table, line)
            if row[name] is not None:
                yield row


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL give the next id after the last one; SQLite does by itself."""
    if connection.dialect.name != "postgresql" or "id" not in table.columns:
        return
    last = connection.scalar(select(func.max(table.c.id)))
    if last is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
        connection.execute(sequence, {"name": table.name, "last": last})
