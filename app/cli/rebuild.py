"""`flask rebuild`: are the stored values what the events say?"""

import sys

import click
from flask.cli import with_appcontext

from app.db import db, reads_only
from app.requests.record.rebuilding import differences, repair
from app.requests.search.index import index_missing


@click.command("rebuild")
@click.option("--check", is_flag=True, help="Only compare; exit 1 and name the differences.")
@with_appcontext
def rebuild(check: bool) -> None:
    """Derive every stored value anew from the events and repair what differs."""
    reads_only.set(check)
    found = list(differences(db.session))
    for request_id, sentence in found:
        click.echo(f"request {request_id}: {sentence}")
    if check:
        click.echo(f"{len(found)} differences")
        sys.exit(1 if found else 0)
    for request_id in sorted({request_id for request_id, _ in found}):
        repair(db.session, request_id)
    indexed = index_missing(db.session)
    db.session.commit()
    click.echo(f"{indexed} requests indexed")
    click.echo(f"{len(found)} differences repaired")
