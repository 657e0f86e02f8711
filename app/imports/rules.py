"""Where bringing in a log stands, and the limits of it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

NAME_LIMIT: Final = 80
MAPPING_LIMIT: Final = 20_000
BATCH: Final = 50  # cases in one transaction, so that nobody else waits for long
SILENCE: Final = timedelta(seconds=30)  # a worker that runs looks every five seconds


class Ending(StrEnum):
    """How bringing in a log ended."""

    DONE = "done"
    DROPPED = "dropped"
    STOPPED = "stopped"


def nobody_works(moved_at: datetime | None, *, now: datetime) -> bool:
    """Say whether it was so long since something moved that no worker can be running."""
    return moved_at is not None and now - moved_at > SILENCE


def percent(part: int, whole: int) -> int:
    """Return how much of `whole` is done, rounded down; nothing at all is all of it."""
    return part * 100 // whole if whole else 100
