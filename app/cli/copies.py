"""`flask report` from a copy of the database, where there is one that is good enough."""

from collections.abc import Callable
from typing import TypeVar

import click
import flask

from app.db import AWAY, db, reads_only
from app.replica import Replica

T = TypeVar("T")


def from_copy(count: Callable[[], T]) -> T:
    """Return what `count` reads, from the copy if it is near enough; else from the database.

    How far behind the copy may be is said on standard error.
    """
    reads_only.set(True)
    copy: Replica | None = flask.current_app.extensions["baton_replica"]
    behind = copy.behind(db.session) if copy else None
    if copy is None or behind is None:
        return count()
    try:
        with copy.reading():
            found = count()
    except (*AWAY, click.ClickException):
        db.session.rollback()  # it went away, or does not know yet what was asked for
        return count()
    if behind:
        seconds = behind.total_seconds()
        click.echo(f"Counted from a copy that may be {seconds:.0f} s behind.", err=True)
    return found
