"""The document of a calendar: read into a plan, and written back."""

import zoneinfo
from datetime import date
from typing import Any

from app.language import gettext, gettext_noop
from app.worktime.plan import END_OF_DAY, BadCalendar, CalendarPlan, Weekly, Window, Windows
from app.worktime.values import a_date, a_list, a_mapping, an_object, minutes, shown

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_OPTIONAL = {"holidays", "special", "changes", "moves", "names"}


def parse_plan(doc: object) -> CalendarPlan:
    """Read a calendar document.

    Its shape: {"tz": IANA name, "weekly": {"mon": [["09:00", "17:00"]], ...}} and, if wanted,
    "holidays": [ISO dates], "special": {ISO date: windows}, "changes": [{"from": ISO date,
    "weekly": {...}}], "moves": [{"from": ISO date, "tz": IANA name}] and "names": {ISO date:
    words}. A closing time may be "24:00".

    :raises BadCalendar: when anything in it is unknown, missing or malformed.
    """
    parts = an_object(doc, gettext_noop("The calendar"), {"tz", "weekly"}, _OPTIONAL)
    return CalendarPlan(
        zone=read_zone(parts["tz"]),
        weekly=_weekly(parts["weekly"]),
        holidays=frozenset(
            a_date(day, gettext_noop("A holiday"))
            for day in a_list(parts.get("holidays", []), '"holidays"')
        ),
        special={
            a_date(day, gettext_noop("A special date")): _windows(
                windows, gettext("the special date %(day)s", day=day)
            )
            for day, windows in a_mapping(parts.get("special", {}), '"special"').items()
        },
        changes=_changes(parts.get("changes", [])),
        moves=_moves(parts.get("moves", [])),
        names={
            a_date(day, gettext_noop("A named date")): _words(words)
            for day, words in a_mapping(parts.get("names", {}), '"names"').items()
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
        raise BadCalendar(
            gettext('"tz" must be the name of a time zone, not %(value)s.', value=shown(name))
        )
    try:
        return zoneinfo.ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        # KeyError: not found; ValueError: not a key or not zone data; OSError: a folder, too long.
        raise BadCalendar(
            gettext("There is no time zone called %(value)s.", value=shown(name))
        ) from None


def zone_names() -> list[str]:
    """Return the names of all time zones that are places, and UTC, in order."""
    known = zoneinfo.available_timezones()
    old = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    return sorted(
        name for name in known if name == "UTC" or ("/" in name and not name.startswith(old))
    )


def _weekly(value: object) -> Weekly:
    weekly = {}
    for name, windows in a_mapping(value, '"weekly"').items():
        if name not in WEEKDAYS:
            known = ", ".join(WEEKDAYS)
            raise BadCalendar(
                gettext("%(value)s is no weekday; use %(known)s.", value=shown(name), known=known)
            )
        if parsed := _windows(windows, name):
            weekly[WEEKDAYS.index(name)] = parsed
    return weekly


def _changes(value: object) -> tuple[tuple[date, Weekly], ...]:
    changes: dict[date, Weekly] = {}
    for item in a_list(value, '"changes"'):
        change = an_object(item, gettext_noop("A change"), {"from", "weekly"}, set())
        day = a_date(change["from"], gettext_noop('The "from" of a change'))
        if day in changes:
            raise BadCalendar(gettext("Two changes begin on %(day)s.", day=day))
        changes[day] = _weekly(change["weekly"])
    return tuple(sorted(changes.items(), key=lambda change: change[0]))


def _moves(value: object) -> tuple[tuple[date, str], ...]:
    moves: dict[date, str] = {}
    for item in a_list(value, '"moves"'):
        move = an_object(item, gettext_noop("A move"), {"from", "tz"}, set())
        day = a_date(move["from"], gettext_noop('The "from" of a move'))
        if day in moves:
            raise BadCalendar(gettext("Two moves begin on %(day)s.", day=day))
        moves[day] = read_zone(move["tz"])
    return tuple(sorted(moves.items()))


def _words(value: object) -> str:
    if not isinstance(value, str) or len(value) > 80:
        raise BadCalendar(
            gettext("The name of a date is up to 80 characters, not %(value)s.", value=shown(value))
        )
    return value


def _windows(value: object, where: str) -> Windows:
    return tuple(
        _window(window, where)
        for window in a_list(value, gettext("The hours of %(where)s", where=where))
    )


def _window(value: object, where: str) -> Window:
    if not isinstance(value, list) or len(value) != 2:
        raise BadCalendar(
            gettext(
                'Each window of %(where)s must be a pair such as ["09:00", "17:00"], '
                "not %(value)s.",
                where=where,
                value=shown(value),
            )
        )
    opens, closes = (minutes(time, where) for time in value)
    if opens == END_OF_DAY:
        raise BadCalendar(
            gettext(
                'A window of %(where)s cannot open at "24:00"; it may only close then.',
                where=where,
            )
        )
    return opens, closes


def _weekly_doc(weekly: Weekly) -> dict[str, list[list[str]]]:
    return {WEEKDAYS[day]: _windows_doc(windows) for day, windows in sorted(weekly.items())}


def _windows_doc(windows: Windows) -> list[list[str]]:
    return [[f"{minute // 60:02}:{minute % 60:02}" for minute in window] for window in windows]
