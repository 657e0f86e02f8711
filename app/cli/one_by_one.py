"""Things the worker does one by one, each of which stands for itself."""

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from app.db import AWAY, db

T = TypeVar("T")
log = logging.getLogger("baton.worker")


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
        except AWAY:
            raise  # no fault of this one thing
        except Exception:
            db.session.rollback()
            failed.add(thing)
            log.exception("left undone: %s", thing)
    return done
