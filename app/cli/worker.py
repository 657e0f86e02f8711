"""`flask worker`: what happens by itself, as its time comes."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from app import clock
from app.db import db
from app.requests.ticking import fire, timers_due

T = TypeVar("T")
log = logging.getLogger("baton.worker")
AT_ONCE = 100
NAP = 5  # seconds between looks when nothing was due


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now and end.")
def worker(once: bool) -> None:
    """Remind, end waits, confirm what nobody objected to. Several may run side by side."""
    failed: set[object] = set()
    while True:
        did = sum(job(failed) for job in JOBS)
        if once and not did:
            return
        if not did:
            time.sleep(NAP)


def do_each(things: Sequence[T], do: Callable[[T], bool], failed: set[object]) -> int:
    """Do each thing in a transaction of its own; return how many were done.

    One that fails is logged and left for the next start, so that it never holds up the others.
    """
    done = 0
    for thing in things:
        if thing in failed:
            continue
        try:
            done += do(thing)
            db.session.commit()
        except Exception:
            db.session.rollback()
            failed.add(thing)
            log.exception("left undone: %s", thing)
    return done


def _fire_timers(failed: set[object]) -> int:
    at = clock.now()
    due = timers_due(db.session, at=at, limit=AT_ONCE + len(failed))
    db.session.commit()
    return do_each(due, lambda one: fire(db.session, one, at=at), failed)


JOBS = [_fire_timers]
