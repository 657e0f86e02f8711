"""The worker's part in bringing in the log of another tool: some cases at a time."""

import logging
import time
from functools import partial

from sqlalchemy.exc import IntegrityError

from app import clock
from app.cli.briefly import write
from app.db import AWAY, db
from app.imports.actions import carry_on, stop
from app.imports.columns import look_over
from app.imports.mapping import read_mapping
from app.imports.queries import started
from app.imports.rules import BATCH

log = logging.getLogger("baton.worker")
AT_A_TIME = 5  # seconds, then other things have their turn


def bring_in_logs(failed: set[object]) -> int:
    """Bring in the next cases of the log that somebody has started, if any.

    It is read outside any transaction that writes. One that cannot be carried on is ended with its
    reason, and nothing that came in before is lost. Somebody may have made the same team or person
    at the same moment, which is found at a second try.
    """
    found = db.session.scalar(started())
    if found is None:
        db.session.rollback()
        return 0
    log_id, done, mapping, content = found.id, found.cases_done, found.mapping, found.content
    db.session.rollback()
    end, moved = time.monotonic() + AT_A_TIME, 0
    try:
        cases = look_over(content or b"", read_mapping(mapping)).cases
        while time.monotonic() < end and write(
            partial(carry_on, done=done + moved, at=clock.now()), log_id, cases
        ):
            moved += BATCH
    except AWAY:
        raise  # no fault of the log; it is tried again
    except Exception as error:
        db.session.rollback()
        place = ("log", log_id, done + moved)
        if isinstance(error, IntegrityError) and place not in failed:
            failed.add(place)
            return moved + 1
        log.exception("the log %s cannot be carried on", log_id)
        stop(db.session, log_id, reason=type(error).__name__, at=clock.now())
        db.session.commit()
    return moved
