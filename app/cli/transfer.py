"""`flask export` and `flask import`: a whole organisation, from any database to any other."""

from pathlib import Path

import click
import flask
from flask.cli import with_appcontext
from sqlalchemy import func, select

from app import clock
from app.archive.exporting import export as write_out
from app.archive.importing import take_in
from app.archive.rules import Manifest, NotTaken, files_in
from app.db import db, reads_only, see_one_state
from app.requests.models import Request
from app.requests.search.index import index_stored

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("export")
@click.argument("folder", type=FOLDER)
@with_appcontext
def export(folder: Path) -> None:
    """Write the whole organisation into FOLDER: JSON lines, one file a table, and files."""
    reads_only.set(True)
    storage = flask.current_app.extensions["baton_files"]
    try:
        made = write_out(see_one_state(db.session), storage, folder, at=clock.now())
    except (NotTaken, OSError) as reason:
        raise click.ClickException(str(reason)) from None
    click.echo(f"{folder}: {_said(made)}.")
    for sha256 in made.missing:
        click.echo(f"Not found in BATON_FILES and thus not exported: {sha256}", err=True)


@click.command("import")
@click.argument("folder", type=FOLDER)
@with_appcontext
def import_(folder: Path) -> None:
    """Take what `flask export` wrote into an empty, migrated database."""
    storage = flask.current_app.extensions["baton_files"]
    try:
        taken = take_in(db.session.connection(), storage, folder)
    except (NotTaken, OSError) as reason:
        db.session.rollback()
        raise click.ClickException(str(reason)) from None
    index_stored(db.session, 0, db.session.scalar(select(func.max(Request.id))) or 0)
    db.session.commit()
    click.echo(f"As of {taken.made_at}: {_said(taken)}.")


def _said(manifest: Manifest) -> str:
    rows, files = sum(manifest.rows.values()), len(files_in(manifest.sha256))
    return f"{rows} rows of {len(manifest.rows)} tables and {files} files"
