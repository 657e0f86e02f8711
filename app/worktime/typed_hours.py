"""Hours as people type them: “9–12:30, 13–17”, nothing for a closed day."""

import re

from app.language import gettext
from app.worktime.plan import END_OF_DAY, BadCalendar, Windows

AT_MOST = 8  # windows of one day

_TIME = r"([01]?[0-9]|2[0-4])(?:[:.]([0-5][0-9]))?(?:\s*(?:h|uhr))?"
_WINDOW = re.compile(rf"{_TIME}\s*(?:-|–|—|to|bis)\s*{_TIME}")


def read_hours(text: str) -> Windows:
    """Return the windows somebody typed, in order; none for nothing.

    :raises BadCalendar: with a sentence for whoever typed it.
    """
    parts = [part.strip() for part in re.split(r",|;|\b(?:and|und)\b", text) if part.strip()]
    if len(parts) > AT_MOST:
        raise BadCalendar(gettext("Please keep to %(most)s stretches a day.", most=AT_MOST))
    return tuple(sorted(_window(part) for part in parts))


def show_hours(windows: Windows) -> str:
    """Return windows in the form that `read_hours` reads back."""
    return ", ".join(f"{_shown(opens)}–{_shown(closes)}" for opens, closes in windows)


def _window(text: str) -> tuple[int, int]:
    found = _WINDOW.fullmatch(text.casefold())
    if found is None:
        raise BadCalendar(gettext("Please write “%(typed)s” like 09:00–12:30.", typed=text[:30]))
    opens, closes = (_minutes(found[1], found[2]), _minutes(found[3], found[4]))
    if opens == END_OF_DAY or max(opens, closes) > END_OF_DAY:
        raise BadCalendar(gettext("A day ends at 24:00; nothing opens then."))
    return opens, closes


def _minutes(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + int(minute or 0)


def _shown(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
