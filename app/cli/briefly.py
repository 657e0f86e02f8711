"""How a command or the worker goes through much beside people who act, on either engine."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from app.db import db, only_reading, see_one_state

T = TypeVar("T")


def look(read: Callable[..., T], *values: Any, **more: Any) -> T:
    """Read in a transaction of its own, for which nobody waits and which sees one state."""
    db.session.rollback()
    with only_reading():
        see_one_state(db.session)
        found = read(db.session, *values, **more)
        db.session.rollback()
    return found


def write(change: Callable[..., T], *values: Any) -> T:
    """Write in a transaction of its own, then let others write for as long as it took."""
    began = time.monotonic()
    done = change(db.session, *values)
    db.session.commit()
    time.sleep(time.monotonic() - began)
    return done
