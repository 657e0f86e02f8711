"""When an answer and the work itself are due, given once and moved only by a pause."""

from datetime import datetime
from typing import Any, Protocol


class DueClock(Protocol):
    """The working clock of the team that promises."""

    def between(self, start: datetime, end: datetime) -> int:
        """Return the working seconds from `start` to `end`."""

    def add(self, start: datetime, seconds: int) -> datetime | None:
        """Return the instant at which `seconds` of working time have passed, or None: never."""


def due(clock: DueClock, at: datetime, seconds: int | None) -> datetime | None:
    """Return when a promise of `seconds` working time, given at `at`, falls due."""
    return None if seconds is None else clock.add(at, seconds)


def moved_by_wait(
    clock: DueClock, since: datetime, until: datetime, **dues: datetime | None
) -> dict[str, Any]:
    """Return `dues` as event data, each moved by the working time between `since` and `until`."""
    seconds = clock.between(since, until)
    return {name: iso(clock.add(at, seconds) if at else None) for name, at in dues.items()}


def iso(at: datetime | None) -> str | None:
    """Return an instant as it is kept in event data."""
    return at.isoformat() if at else None
