"""When a team is open: the plan, read from its document and written back to it."""

import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Window = tuple[int, int]  # minutes of the day, (open, close); close <= open runs past midnight
Windows = tuple[Window, ...]
Weekly = Mapping[int, Windows]  # 0 is Monday; a weekday that is not named is closed

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
END_OF_DAY = 24 * 60

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadCalendar(ValueError):
    """The calendar cannot be understood; the message is a sentence for whoever wrote it."""


@dataclass(frozen=True)
class CalendarPlan:
    """The opening hours of one calendar, by the wall clock of `zone` (an IANA name).

    `changes` are (date, weekly) pairs in ascending order; each replaces the weekly windows from
    its date on. Equal plans hash alike, so a plan can be the key of a cache.
    """

    zone: str
    weekly: Weekly
    holidays: frozenset[date] = frozenset()
    special: Mapping[date, Windows] = field(default_factory=dict)
    changes: tuple[tuple[date, Weekly], ...] = ()

    def __hash__(self) -> int:
        return hash(
            (
                self.zone,
                frozenset(self.weekly.items()),
                self.holidays,
                frozenset(self.special.items()),
                tuple((day, frozenset(weekly.items())) for day, weekly in self.changes),
            )
        )


def never_opens(plan: CalendarPlan) -> bool:
    """Say whether the plan has no window at all; such a calendar is refused when it is saved."""
    weeklies = [plan.weekly, *(weekly for _, weekly in plan.changes)]
    return not any(any(weekly.values()) for weekly in weeklies) and not any(plan.special.values())


def parse_plan(doc: object) -> CalendarPlan:
    """Read a calendar document.

    Its shape: {"tz": IANA name, "weekly": {"mon": [["09:00", "17:00"]], ...}} and, if wanted,
    "holidays": [ISO dates], "special": {ISO date: windows} and
    "changes": [{"from": ISO date, "weekly": {...}}]. A closing time may be "24:00".

    :raises BadCalendar: when anything in it is unknown, missing or malformed.
    """
    parts = _object(doc, "The calendar", {"tz", "weekly"}, {"holidays", "special", "changes"})
    return CalendarPlan(
        zone=_zone(parts["tz"]),
        weekly=_weekly(parts["weekly"]),
        holidays=frozenset(
            _date(day, "A holiday") for day in _list(parts.get("holidays", []), '"holidays"')
        ),
        special={
            _date(day, "A special date"): _windows(windows, f"the special date {day}")
            for day, windows in _mapping(parts.get("special", {}), '"special"').items()
        },
        changes=_changes(parts.get("changes", [])),
    )


def plan_as_doc(plan: CalendarPlan) -> dict[str, Any]:
    """Write the plan as the document that `parse_plan` reads back as an equal plan."""
    return {
        "tz": plan.zone,
        "weekly": _weekly_doc(plan.weekly),
        "holidays": [day.isoformat() for day in sorted(plan.holidays)],
        "special": {
            day.isoformat(): _windows_doc(windows) for day, windows in sorted(plan.special.items())
        },
        "changes": [
            {"from": day.isoformat(), "weekly": _weekly_doc(weekly)} for day, weekly in plan.changes
        ],
    }


def _zone(name: object) -> str:
    if not isinstance(name, str):
        raise BadCalendar(f'"tz" must be the name of a time zone, not {_shown(name)}.')
    try:
        return zoneinfo.ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        # KeyError: not found; ValueError: not a key or not zone data; OSError: a folder, too long.
        raise BadCalendar(f"There is no time zone called {_shown(name)}.") from None


def _weekly(value: object) -> Weekly:
    weekly = {}
    for name, windows in _mapping(value, '"weekly"').items():
        if name not in WEEKDAYS:
            raise BadCalendar(f"{_shown(name)} is no weekday; use {', '.join(WEEKDAYS)}.")
        if parsed := _windows(windows, name):
            weekly[WEEKDAYS.index(name)] = parsed
    return weekly


def _changes(value: object) -> tuple[tuple[date, Weekly], ...]:
    changes: dict[date, Weekly] = {}
    for item in _list(value, '"changes"'):
        change = _object(item, "A change", {"from", "weekly"}, set())
        day = _date(change["from"], 'The "from" of a change')
        if day in changes:
            raise BadCalendar(f"Two changes begin on {day}.")
        changes[day] = _weekly(change["weekly"])
    return tuple(sorted(changes.items(), key=lambda change: change[0]))


def _windows(value: object, where: str) -> Windows:
    return tuple(_window(window, where) for window in _list(value, f"The hours of {where}"))


def _window(value: object, where: str) -> Window:
    if not isinstance(value, list) or len(value) != 2:
        raise BadCalendar(
            f'Each window of {where} must be a pair such as ["09:00", "17:00"], '
            f"not {_shown(value)}."
        )
    opens, closes = (_minutes(time, where) for time in value)
    if opens == END_OF_DAY:
        raise BadCalendar(f'A window of {where} cannot open at "24:00"; it may only close then.')
    return opens, closes


def _minutes(value: object, where: str) -> int:
    if value == "24:00":
        return END_OF_DAY
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise BadCalendar(f"{_shown(value)}, in the hours of {where}, is no time such as 09:00.")
    return int(match[1]) * 60 + int(match[2])


def _date(value: object, what: str) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # 2023-02-29 has the shape of a date but is none
    raise BadCalendar(f"{what} must be a date such as 2024-12-25, not {_shown(value)}.")


def _object(value: object, what: str, required: set[str], optional: set[str]) -> dict[str, Any]:
    parts = _mapping(value, what)
    for key in sorted(required - parts.keys()):
        raise BadCalendar(f'{what} has no "{key}".')
    for key in parts.keys() - required - optional:
        raise BadCalendar(f"{what} has a part that nobody knows: {_shown(key)}.")
    return parts


def _mapping(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadCalendar(f"{what} must be an object, not {_shown(value)}.")
    return value


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadCalendar(f"{what} must be a list, not {_shown(value)}.")
    return value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _weekly_doc(weekly: Weekly) -> dict[str, list[list[str]]]:
    return {WEEKDAYS[day]: _windows_doc(windows) for day, windows in sorted(weekly.items())}


def _windows_doc(windows: Windows) -> list[list[str]]:
    return [[f"{minute // 60:02}:{minute % 60:02}" for minute in window] for window in windows]
