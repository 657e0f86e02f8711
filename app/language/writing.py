"""How the language spoken writes days, months, numbers and lists of names."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from babel.dates import get_day_names, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal
from flask_babel.speaklater import LazyString

from app.language import ENGLISH, gettext, gettext_noop, locale_of, spoken

Width = Literal["wide", "abbreviated"]
ZONES = {
    "CET": gettext_noop("CET"),
    "CEST": gettext_noop("CEST"),
    "EET": gettext_noop("EET"),
    "EEST": gettext_noop("EEST"),
    "WET": gettext_noop("WET"),
    "WEST": gettext_noop("WEST"),
}
WITHOUT_LAST_COMMA = "en_001"  # the English of the world, not of America alone


def weekday(day: date) -> str:
    """Return the name of its day of the week: "Friday"."""
    return _days(spoken(), "wide")[day.weekday()]


def short_weekday(day: date) -> str:
    """Return its day of the week where there is little room: "Fri"."""
    return _days(spoken(), "abbreviated")[day.weekday()]


def month(day: date) -> str:
    """Return the name of its month: "March"."""
    return _months(spoken(), "wide")[day.month]


def short_month(day: date) -> str:
    """Return its month where there is little room: "Mar"."""
    return _months(spoken(), "abbreviated")[day.month]


def day_of_month(day: date) -> str:
    """Return a date without its year: "6 March"."""
    return gettext("%(day)s %(month)s", day=day.day, month=month(day))


def short_day(day: date) -> str:
    """Return a date where there is little room: "6 Mar"."""
    return gettext("%(day)s %(month)s", day=day.day, month=short_month(day))


def whole_day(day: date) -> str:
    """Return a date as people say it: "Friday 6 March"."""
    return gettext(
        "%(weekday)s %(day)s %(month)s", weekday=weekday(day), day=day.day, month=month(day)
    )


def dated(day: date) -> str:
    """Return a date with its year: "6 March 2026"."""
    return gettext("%(day)s %(month)s %(year)s", day=day.day, month=month(day), year=day.year)


def month_and_year(day: date) -> str:
    """Return the month of a date with its year: "March 2026"."""
    return gettext("%(month)s %(year)s", month=month(day), year=day.year)


def zone_letters(zone: str) -> str:
    """Return the letters of a zone, such as "CET", as the language spoken knows them."""
    return gettext(ZONES.get(zone, zone))


def decimal(number: float, places: int) -> str:
    """Return a number with so many places after its point, or comma."""
    pattern = f"#,##0.{'0' * places}" if places else "#,##0"
    return format_decimal(number, pattern, locale=locale_of(spoken()))


def lazy_whole(number: int) -> Any:
    """Return a whole number that is written when it is read: for what stands outside functions."""
    return LazyString(decimal, number, 0)


def begun(words: str) -> str:
    """Return words as a sentence begins with them: "small changes" is "Small changes"."""
    return words[:1].upper() + words[1:]


def inside(words: str) -> str:
    """Return a label as it stands inside a sentence: "Under a day" is "under a day".

    Only for labels that begin with no noun, which German writes with a capital everywhere.
    """
    return words[:1].lower() + words[1:]


def lazy_begun(word: str) -> Any:
    """Return a word of ours in the language spoken when it is read, as a choice begins with it."""
    return LazyString(lambda: begun(gettext(word)))


def listed(names: Iterable[str]) -> str:
    """Return names one after the other: "Ada, Ben and Cleo"."""
    code = WITHOUT_LAST_COMMA if spoken() == ENGLISH else spoken()
    return format_list([str(name) for name in names], locale=locale_of(code))


@lru_cache(maxsize=32)
def _days(code: str, width: Width) -> Mapping[int, str]:
    if width == "abbreviated":  # by itself, such as over a column: in German without a full stop
        return dict(get_day_names(width, "stand-alone", locale=locale_of(code)))
    return dict(get_day_names(width, locale=locale_of(code)))


@lru_cache(maxsize=32)
def _months(code: str, width: Width) -> Mapping[int, str]:
    return dict(get_month_names(width, locale=locale_of(code)))
