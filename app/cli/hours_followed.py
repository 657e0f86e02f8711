"""The worker's part in changed hours: requests of the past follow, a stretch at a time."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from app import clock
from app.cli.briefly import look, write
from app.requests.record.rebuilding import repair
from app.requests.record.recounting import go_on, next_recount, wrong_in_stretch

AT_ONCE: Final = 50  # requests in one transaction


def follow_changed_hours(_failed: set[object]) -> int:
    """Let the next stretch of requests follow; return whether there was any. Twice is as once."""
    left = look(next_recount, at=clock.now())
    if left is None:
        return 0
    below, wrong = look(wrong_in_stretch, left)
    for start in range(0, len(wrong), AT_ONCE):
        write(_repair, wrong[start : start + AT_ONCE])
    write(go_on, left, below)
    return 1


def _repair(session: Session, ids: Sequence[int]) -> None:
    for request_id in ids:
        repair(session, request_id)
