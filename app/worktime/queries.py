"""Clocks of stored calendars."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Protocol

from sqlalchemy import Text, cast

from app.worktime.models import Calendar
from app.worktime.rules import WorkingClock, parse_plan

# The document as it is written: many rows may say the same one, which need not be read each time.
PLAN_TEXT: Final = cast(Calendar.plan, Text)


class Planned(Protocol):
    """Whatever has the document of a calendar."""

    @property
    def plan(self) -> dict[str, Any]: ...


def clock_of(calendar: Planned) -> WorkingClock:
    """Return the working clock of a stored calendar. Clocks are kept by what is written of them."""
    return clock_by(calendar.plan)


def clock_by(plan: Mapping[str, Any]) -> WorkingClock:
    """Return the working clock of the document of a calendar."""
    return _clock(json.dumps(plan, sort_keys=True))


def clock_written(plan: str) -> WorkingClock:
    """Return the working clock of a calendar's document as it is written, see `PLAN_TEXT`."""
    return _clock(plan)


@lru_cache(maxsize=512)
def _clock(document: str) -> WorkingClock:
    return WorkingClock(parse_plan(json.loads(document)))
