"""Short words for calendars, clocks and wall-clock times in the tests of the working clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.worktime.rules import WorkingClock, parse_plan

HOUR = 3600
MINUTE = 60
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BERLIN = "Europe/Berlin"
ALWAYS = {day: [["00:00", "24:00"]] for day in DAYS}


def every_day(opens: str, closes: str) -> dict:
    return {day: [[opens, closes]] for day in DAYS}


def weekdays(*windows: list[str]) -> dict:
    return {day: list(windows) for day in DAYS[:5]}


OFFICE = weekdays(["09:00", "17:00"])


def clock(weekly: dict, tz: str = BERLIN, **parts: object) -> WorkingClock:
    return WorkingClock(parse_plan({"tz": tz, "weekly": weekly, **parts}))


def local(wall: str, tz: str = BERLIN, *, fold: int = 0) -> datetime:
    """Read "2024-03-29 17:30" off the wall in a zone; fold 1 is the second time in an overlap."""
    # In UTC, because Python calls no two zones equal inside an overlap (PEP 495).
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(tz), fold=fold).astimezone(UTC)
