"""A backup: one zip file with the database first, then its attached files, then a manifest."""

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Engine

from app.archive.copies import NAMES, copy_out, put_back
from app.archive.rules import (
    MANIFEST,
    Manifest,
    NotTaken,
    differing,
    file_name,
    files_in,
    hashed,
    read_manifest,
)
from app.archive.schema import is_empty, is_known
from app.attachments.storage import Storage

FORMAT = "baton-backup"


def back_up(engine: Engine, storage: Storage, target: Path, *, at: datetime) -> Manifest:
    """Write a backup to `target`, which appears whole or not at all.

    :raises NotTaken: when `target` exists, or the database cannot be copied.
    """
    if target.exists():
        raise NotTaken(f"{target} is there already.")
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
                manifest = _fill(archive, engine, storage, at)
            file.flush()
            os.fsync(file.fileno())
        Path(name).rename(target)
    finally:
        Path(name).unlink(missing_ok=True)
    return manifest


def _fill(archive: ZipFile, engine: Engine, storage: Storage, at: datetime) -> Manifest:
    sums, missing = {}, []
    with tempfile.TemporaryDirectory(prefix="baton-backup-") as folder:
        copy = copy_out(engine, Path(folder))
        with copy.path.open("rb") as source, _member(archive, copy.path.name) as into:
            sums[copy.path.name] = hashed(source, into)
    for sha256 in copy.files:
        try:
            with storage.open(sha256) as source, _member(archive, file_name(sha256)) as into:
                sums[file_name(sha256)] = hashed(source, into)
        except FileNotFoundError:
            missing.append(sha256)
    manifest = Manifest(
        FORMAT, at.isoformat(), copy.schema, engine.dialect.name, sha256=sums, missing=missing
    )
    archive.writestr(MANIFEST, manifest.as_text())
    return manifest


def restore(engine: Engine, storage: Storage, source: Path, *, replace: bool) -> Manifest:
    """Put a backup back: first everything is checked, then files, then the database.

    :raises NotTaken: when it is damaged, of another engine or a newer Baton, or when somebody
        lives in the database already and `replace` does not say that they may go.
    """
    try:
        with ZipFile(source) as archive:
            manifest = _checked(archive, engine)
            with engine.connect() as connection:
                if not replace and not is_empty(connection):
                    raise NotTaken("The database is not empty. --replace puts the backup in place.")
            _put_files(archive, storage, manifest)
            _put_database(archive, engine)
    except (BadZipFile, OSError) as error:
        raise NotTaken(f"It cannot be read: {error}.") from None
    return manifest


def _checked(archive: ZipFile, engine: Engine) -> Manifest:
    if MANIFEST not in archive.namelist():
        raise NotTaken("It holds no manifest, so it is no backup, or not a whole one.")
    manifest = read_manifest(archive.read(MANIFEST), format=FORMAT)
    if manifest.engine != engine.dialect.name:
        raise NotTaken(
            f"It is of a {manifest.engine} database, this one is {engine.dialect.name};"
            " `flask export` and `flask import` go from one to the other."
        )
    if not is_known(manifest.schema):
        raise NotTaken(f"It was made by a newer Baton (schema {manifest.schema}).")
    sums = {}
    for name in archive.namelist():
        if name != MANIFEST:
            with archive.open(name) as member:
                sums[name] = hashed(member)
    if wrong := differing(manifest, sums):
        raise NotTaken("It is damaged: " + "; ".join(wrong[:5]) + ".")
    return manifest


def _put_files(archive: ZipFile, storage: Storage, manifest: Manifest) -> None:
    for name in files_in(manifest.sha256):
        with archive.open(name) as member:
            storage.put(member)


def _put_database(archive: ZipFile, engine: Engine) -> None:
    with tempfile.TemporaryDirectory(prefix="baton-restore-") as folder:
        path = Path(folder) / NAMES[engine.dialect.name]
        with archive.open(path.name) as member, path.open("wb") as target:
            shutil.copyfileobj(member, target)
        put_back(engine, path)


def _member(archive: ZipFile, name: str) -> IO[bytes]:
    return archive.open(name, "w", force_zip64=True)
