"""The worker's part in changed hours: requests of the past follow, a stretch at a time."""

import logging
from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy.orm import Session

from app import clock
from app.cli.briefly import look, write
from app.db import AWAY, db
from app.requests.record.rebuilding import repair
from app.requests.record.recounting import go_on, next_recount, wrong_in_stretch

log = logging.getLogger("baton.worker")
AT_ONCE: Final = 50  # requests in one transaction


class Stuck(NamedTuple):
    """A change of hours that cannot be followed."""

    id: int


def follow_changed_hours(failed: set[object]) -> int:
    """Let the next stretch of requests follow; return whether there was any. Twice is as once.

    A change that cannot be followed is logged and left for the next start.
    """
    left = look(
        next_recount, at=clock.now(), but=[one.id for one in failed if isinstance(one, Stuck)]
    )
    if left is None:
        return 0
    try:
        below, wrong = look(wrong_in_stretch, left)
        for start in range(0, len(wrong), AT_ONCE):
            write(_repair, wrong[start : start + AT_ONCE])
        write(go_on, left, below)
    except AWAY:
        raise  # no fault of these requests
    except Exception:
        db.session.rollback()
        failed.add(Stuck(left.id))
        log.exception("changed hours cannot be followed: %s", left.id)
    return 1


def _repair(session: Session, ids: Sequence[int]) -> None:
    for request_id in ids:
        repair(session, request_id)
