"""The document of a calendar: read into a plan, and written back."""

import re
import zoneinfo
from datetime import date
from typing import Any

from app.worktime.plan import END_OF_DAY, BadCalendar, CalendarPlan, Weekly, Window, Windows

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPTIONAL = {"holidays", "special", "changes", "moves", "names"}


def parse_plan(doc: object) -> CalendarPlan:
    """Read a calendar document.

    Its shape: {"tz": IANA name, "weekly": {"mon": [["09:00", "17:00"]], ...}} and, if wanted,
    "holidays": [ISO dates], "special": {ISO date: windows}, "changes": [{"from": ISO date,
    "weekly": {...}}], "moves": [{"from": ISO date, "tz": IANA name}] and "names": {ISO date:
    words}. A closing time may be "24:00".

    :raises BadCalendar: when anything in it is unknown, missing or malformed.
    """
    parts = _object(doc, "The calendar", {"tz", "weekly"}, _OPTIONAL)
    return CalendarPlan(
        zone=read_zone(parts["tz"]),
        weekly=_weekly(parts["weekly"]),
        holidays=frozenset(
            _date(day, "A holiday") for day in _list(parts.get("holidays", []), '"holidays"')
        ),
        special={
            _date(day, "A special date"): _windows(windows, f"the special date {day}")
            for day, windows in _mapping(parts.get("special", {}), '"special"').items()
        },
        changes=_changes(parts.get("changes", [])),
        moves=_moves(parts.get("moves", [])),
        names={
            _date(day, "A named date"): _words(words)
            for day, words in _mapping(parts.get("names", {}), '"names"').items()
        },
    )


def plan_as_doc(plan: CalendarPlan) -> dict[str, Any]:
    """Write the plan as the document that `parse_plan` reads back as an equal plan."""
    doc: dict[str, Any] = {
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
    if plan.moves:
        doc["moves"] = [{"from": day.isoformat(), "tz": zone} for day, zone in plan.moves]
    if plan.names:
        doc["names"] = {day.isoformat(): words for day, words in sorted(plan.names.items())}
    return doc


def read_zone(name: object) -> str:
    """Return the name of a time zone as tzdata writes it. :raises BadCalendar: for another."""
    if not isinstance(name, str):
        raise BadCalendar(f'"tz" must be the name of a time zone, not {_shown(name)}.')
    try:
        return zoneinfo.ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        # KeyError: not found; ValueError: not a key or not zone data; OSError: a folder, too long.
        raise BadCalendar(f"There is no time zone called {_shown(name)}.") from None


def zone_names() -> list[str]:
    """Return the names of all time zones that are places, and UTC, in order."""
    known = zoneinfo.available_timezones()
    old = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    return sorted(
        name for name in known if name == "UTC" or ("/" in name and not name.startswith(old))
    )


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


def _moves(value: object) -> tuple[tuple[date, str], ...]:
    moves: dict[date, str] = {}
    for item in _list(value, '"moves"'):
        move = _object(item, "A move", {"from", "tz"}, set())
        day = _date(move["from"], 'The "from" of a move')
        if day in moves:
            raise BadCalendar(f"Two moves begin on {day}.")
        moves[day] = read_zone(move["tz"])
    return tuple(sorted(moves.items()))


def _words(value: object) -> str:
    if not isinstance(value, str) or len(value) > 80:
        raise BadCalendar(f"The name of a date is up to 80 characters, not {_shown(value)}.")
    return value


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
