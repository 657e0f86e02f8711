"""The values of a calendar document, each read by itself or refused with a sentence."""

import re
from datetime import date
from typing import Any

from app.language import gettext, gettext_noop
from app.worktime.plan import END_OF_DAY, BadCalendar

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DATE = gettext_noop("%(what)s must be a date such as 2024-12-25, not %(value)s.")
PART = gettext_noop("%(what)s has a part that nobody knows: %(value)s.")
OBJECT = gettext_noop("%(what)s must be an object, not %(value)s.")
LIST = gettext_noop("%(what)s must be a list, not %(value)s.")


def minutes(value: object, where: str) -> int:
    """Return the minutes of a day that a text such as “09:00” names."""
    if value == "24:00":
        return END_OF_DAY
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise BadCalendar(
            gettext(
                "%(value)s, in the hours of %(where)s, is no time such as 09:00.",
                value=shown(value),
                where=where,
            )
        )
    return int(match[1]) * 60 + int(match[2])


def a_date(value: object, what: str) -> date:
    """Return the date that a text names."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # 2023-02-29 has the shape of a date but is none
    raise wrong(DATE, what, value)


def an_object(value: object, what: str, required: set[str], optional: set[str]) -> dict[str, Any]:
    """Return an object with all the parts it must have, and no others than it may have."""
    parts = a_mapping(value, what)
    for key in sorted(required - parts.keys()):
        raise BadCalendar(gettext('%(what)s has no "%(key)s".', what=gettext(what), key=key))
    for key in parts.keys() - required - optional:
        raise wrong(PART, what, key)
    return parts


def a_mapping(value: object, what: str) -> dict[str, Any]:
    """Return an object."""
    if not isinstance(value, dict):
        raise wrong(OBJECT, what, value)
    return value


def a_list(value: object, what: str) -> list[Any]:
    """Return a list."""
    if not isinstance(value, list):
        raise wrong(LIST, what, value)
    return value


def wrong(sentence: str, what: str, value: object) -> BadCalendar:
    """Return the error about `what`, in words."""
    return BadCalendar(gettext(sentence, what=gettext(what), value=shown(value)))


def shown(value: object) -> str:
    """Return a value as a sentence shows it."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
