"""`flask backup` and `flask restore`: everything in one file, while Baton runs."""

from pathlib import Path

import click
import flask
from flask.cli import with_appcontext

from app import clock
from app.archive.backups import back_up
from app.archive.backups import restore as put_back
from app.archive.rules import NotTaken, files_in
from app.archive.schema import code_head
from app.db import db

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("backup")
@click.argument("file", type=FILE)
@with_appcontext
def backup(file: Path) -> None:
    """Write the database and its files to one FILE; others go on writing meanwhile."""
    storage = flask.current_app.extensions["baton_files"]
    try:
        made = back_up(db.engine, storage, file, at=clock.now())
    except (NotTaken, OSError) as reason:
        raise click.ClickException(str(reason)) from None
    click.echo(f"{file}: the database and {len(files_in(made.sha256))} files.")
    for sha256 in made.missing:
        click.echo(f"Not found in BATON_FILES and thus not in the backup: {sha256}", err=True)


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Let go of what is in the database now.")
@with_appcontext
def restore(file: Path, replace: bool) -> None:
    """Put a backup back into an empty database; stop Baton first."""
    storage = flask.current_app.extensions["baton_files"]
    try:
        there = put_back(db.engine, storage, file, replace=replace)
    except NotTaken as reason:
        raise click.ClickException(str(reason)) from None
    click.echo(f"As of {there.made_at}: the database and {len(files_in(there.sha256))} files.")
    if there.schema != code_head():
        click.echo("It is from an older Baton: now `flask --app app db upgrade`.")
