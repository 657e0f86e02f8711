"""`flask rebuild`: are the stored values what the events say?"""

import sys

import click
from flask.cli import with_appcontext

from app.db import db, only_reading
from app.feedback.answering import place_answers
from app.requests.record.rebuilding import differences, repair
from app.requests.search.index import index_missing
from app.turnaround.refreshing import page_differences, rebuild_all


@click.command("rebuild")
@click.option("--check", is_flag=True, help="Only compare; exit 1 and name the differences.")
@with_appcontext
def rebuild(check: bool) -> None:
    """Derive every stored value anew from the events and repair what differs.

    The pages of turnaround figures are written anew from the repaired rows.
    """
    if check:
        with only_reading():
            sys.exit(1 if _differing() else 0)
    found = _told()
    for request_id in sorted({request_id for request_id, _ in found}):
        repair(db.session, request_id)
    indexed = index_missing(db.session)
    placed = place_answers(db.session)
    rebuild_all(db.session)
    db.session.commit()
    click.echo(f"{indexed} requests indexed")
    click.echo(f"{placed} answers and thanks placed")
    click.echo(f"{len(found)} differences repaired")


def _differing() -> int:
    """Name what differs; return how much does."""
    db.session.rollback()
    found = len(_told())
    for sentence in page_differences(db.session):
        click.echo(sentence)
        found += 1
    db.session.rollback()
    click.echo(f"{found} differences")
    return found


def _told() -> list[tuple[int, str]]:
    found = list(differences(db.session))
    for request_id, sentence in found:
        click.echo(f"request {request_id}: {sentence}")
    return found
