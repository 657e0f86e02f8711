"""Clocks of stored calendars."""

import json
from functools import lru_cache

from app.worktime.models import Calendar
from app.worktime.rules import WorkingClock, parse_plan


def clock_of(calendar: Calendar) -> WorkingClock:
    """Return the working clock of a stored calendar; the same plan is built only once."""
    return _clock(json.dumps(calendar.plan, sort_keys=True))


@lru_cache(maxsize=512)
def _clock(document: str) -> WorkingClock:
    return WorkingClock(parse_plan(json.loads(document)))
