"""The hours in which nothing is sent to somebody."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Quiet:
    """Hours in which nothing is sent, in a zone; may run past midnight; equal ends: none."""

    start: time = time(19, 0)
    end: time = time(7, 0)
    zone: str = "UTC"


def after_quiet(at: datetime, quiet: Quiet) -> datetime:
    """Return `at`, or the end of the quiet hours it falls into."""
    local = at.astimezone(ZoneInfo(quiet.zone))
    over_night = quiet.end <= quiet.start
    if quiet.start == quiet.end:
        return at
    clock = local.time()
    begun, over = clock >= quiet.start, clock >= quiet.end
    inside = (begun or not over) if over_night else (begun and not over)
    if not inside:
        return at
    day = local.date() + timedelta(days=1 if over_night and clock >= quiet.start else 0)
    return datetime.combine(day, quiet.end, ZoneInfo(quiet.zone))
