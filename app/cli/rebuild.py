"""`flask rebuild`: are the stored values what the events say?

It may run while people work: it compares in transactions that only read, and repairs a little at a
time, with as much time for others in between.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.cli.briefly import look, write
from app.feedback.answering import lacks_places, place_answers
from app.people.models import Team
from app.requests.record.rebuilding import differences_of, give_words, ids_after, repair
from app.requests.record.recounting import forget_recounts, next_recount
from app.requests.search.index import without_words
from app.turnaround.checking import Differing, differing_pages, mark_differing
from app.turnaround.refreshing import refresh, teams_changed

AT_ONCE: Final = 50  # requests mended in one transaction


@click.command("rebuild")
@click.option("--check", is_flag=True, help="Only compare; exit 1 and name the differences.")
@with_appcontext
def rebuild(check: bool) -> None:
    """Derive every stored value anew from the events and repair what differs.

    The pages of turnaround figures are written anew from the repaired rows.
    """
    if check:
        sys.exit(1 if _differing() else 0)
    found, pages, began = 0, 0, clock.now()
    for differing in _requests_differing():
        _mend(sorted({request_id for request_id, _ in differing}), repair)
        found += len(differing)
    if look(next_recount, at=began):
        write(partial(forget_recounts, before=began))
    indexed = _mend(look(without_words), give_words)
    placed = write(place_answers) if look(lacks_places) else 0
    for wrong in _pages_differing():
        write(mark_differing, wrong)
        pages += len(wrong)
    for team_id in look(teams_changed):
        while write(refresh, team_id):
            pass
    click.echo(f"{indexed} requests indexed")
    click.echo(f"{placed} answers and thanks placed")
    click.echo(f"{found} differences repaired")
    click.echo(f"{pages} pages of figures written anew")


def _differing() -> int:
    """Name what differs; return how much does."""
    found = sum(len(differing) for differing in _requests_differing())
    for pages in _pages_differing():
        for sentence in pages.values():
            click.echo(sentence)
        found += len(pages)
    click.echo(f"{found} differences")
    return found


def _requests_differing() -> Iterator[Sequence[tuple[int, str]]]:
    """Compare the requests, many at a time; name and yield what differs of these."""
    last = 0
    while ids := look(ids_after, last):
        found = look(_differences, ids)
        for request_id, sentence in found:
            click.echo(f"request {request_id}: {sentence}")
        yield found
        last = ids[-1]


def _differences(session: Session, ids: Sequence[int]) -> Sequence[tuple[int, str]]:
    return list(differences_of(session, ids))


def _pages_differing() -> Iterator[Differing]:
    for team_id in look(_all_teams):
        yield look(differing_pages, team_id)


def _all_teams(session: Session) -> Sequence[int]:
    return session.scalars(select(Team.id).order_by(Team.id)).all()


def _mend(ids: Sequence[int], mend: Callable[[Session, int], bool]) -> int:
    parts = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return sum(write(_each, mend, part) for part in parts)


def _each(session: Session, mend: Callable[[Session, int], bool], ids: Sequence[int]) -> int:
    return sum(mend(session, one) for one in ids)
