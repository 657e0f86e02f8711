"""The whole organisation as JSON lines, one file a table, and its files, in a folder."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, String, Table, select

from app.archive.rows import as_line
from app.archive.rules import MANIFEST, Manifest, NotTaken, file_name, hashed
from app.archive.schema import code_head, file_hashes, schema_of
from app.attachments.storage import Storage
from app.db import Base

FORMAT: Final = "baton-export"
AT_ONCE: Final = 1000  # rows read at a time


def tables() -> Sequence[Table]:
    """Return every table, those first that others refer to."""
    return Base.metadata.sorted_tables


def table_name(table: Table) -> str:
    """Return where the rows of a table lie in an export."""
    return f"tables/{table.name}.jsonl"


def export(connection: Connection, storage: Storage, folder: Path, *, at: datetime) -> Manifest:
    """Write everything into an empty `folder`, the manifest last.

    `connection` must read one state of the database from begin to end.

    :raises NotTaken: when the folder holds something, or the database is of another Baton.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotTaken(f"{folder} is not empty.")
    if schema_of(connection) != code_head():
        raise NotTaken("The database is of another Baton: first `flask --app app db upgrade`.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    rows, sums = {}, {}
    (folder / "tables").mkdir()
    for table in tables():
        name = table_name(table)
        rows[table.name], sums[name] = _write(connection, table, folder / name)
    files, missing = _copy_files(storage, file_hashes(connection), folder)
    manifest = Manifest(
        FORMAT,
        at.isoformat(),
        code_head() or "",
        rows=rows,
        sha256=sums | files,
        missing=missing,
    )
    (folder / MANIFEST).write_text(manifest.as_text(), "utf-8")
    return manifest


def _write(connection: Connection, table: Table, path: Path) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    with path.open("wb") as target:
        for line in _lines(connection, table):
            content = line.encode()
            digest.update(content)
            target.write(content)
            count += 1
    return count, digest.hexdigest()


def _lines(connection: Connection, table: Table) -> Iterator[str]:
    query = select(table).order_by(*_order(connection, table))
    with connection.execute(query, execution_options={"yield_per": AT_ONCE}) as rows:
        for row in rows.mappings():
            yield as_line(table, row)  # type: ignore[arg-type]


def _order(connection: Connection, table: Table) -> Iterator[ColumnElement[Any]]:
    """Order words as SQLite does, by their code points, so that both engines write the same."""
    for column in table.primary_key.columns:
        words = isinstance(column.type, String) and connection.dialect.name == "postgresql"
        yield column.collate("C") if words else column


def _copy_files(
    storage: Storage, hashes: Sequence[str], folder: Path
) -> tuple[dict[str, str], list[str]]:
    sums, missing = {}, []
    for sha256 in hashes:
        name = file_name(sha256)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            with storage.open(sha256) as source, (folder / name).open("wb") as target:
                sums[name] = hashed(source, target)
        except FileNotFoundError:
            missing.append(sha256)
    return sums, missing
