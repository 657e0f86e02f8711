"""Worlds that take a second to make: made once a run and engine, copied for all who need them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from tests.support.databases import refresh

_made: dict[Any, Path | str] = {}


def made_once(session: Session, make: Callable[..., object], cast: Any, *args: Any) -> None:
    """Let the database of `session` be as `make` leaves it, where the cast alone lives so far."""
    engine = session.get_bind().engine
    url = engine.url.render_as_string(hide_password=False)
    key = (url, make, args)
    session.commit()
    if key not in _made:
        make(session, cast, *args)
        session.commit()
        engine.dispose()
        _made[key] = _kept(url)
        return
    engine.dispose()
    _put_back(url, _made[key])
    session.expire_all()


def forget_all(url: str) -> None:
    """Drop what was kept of the PostgreSQL database at `url`."""
    with _server(url) as server:
        for (its_url, *_), kept in _made.items():
            if its_url == url:
                server.execute(f"DROP DATABASE {kept}")  # type: ignore[arg-type]


def _kept(url: str) -> Path | str:
    name = f"kept{len(_made)}"
    if url.startswith("sqlite"):
        file = _file(url)
        kept = file.with_name(f"{name}.sqlite3")
        with closing(sqlite3.connect(file)) as full, closing(sqlite3.connect(kept)) as copy:
            full.backup(copy)
        return kept
    there = make_url(url)
    with _server(url) as server:
        server.execute(f"CREATE DATABASE {there.database}_{name} TEMPLATE {there.database}")  # type: ignore[arg-type]
    return f"{there.database}_{name}"


def _put_back(url: str, kept: Path | str) -> None:
    if isinstance(kept, Path):
        refresh(_file(url), template=kept)
        return
    database = make_url(url).database
    with _server(url) as server:
        server.execute(f"DROP DATABASE {database} WITH (FORCE)")  # type: ignore[arg-type]
        server.execute(f"CREATE DATABASE {database} TEMPLATE {kept}")  # type: ignore[arg-type]


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _server(url: str) -> psycopg.Connection[Any]:
    there = make_url(url).set(database="postgres")
    return psycopg.connect(there.render_as_string(hide_password=False), autocommit=True)
