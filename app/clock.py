"""The only reader of the system clock; everything below the edge is handed its time."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment in UTC, to the microsecond."""
    return datetime.now(UTC)
