"""The parts that a window is told in: weeks, and of a long one months, quarters or years.

Drawing, table, CSV and lists go by the same ones, and each says which.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeVar

from app.language import gettext, gettext_noop
from app.language.writing import dated, day_of_month, month_and_year, short_day, short_month
from app.turnaround.rules import Window

T = TypeVar("T")

MOST: Final = 18
"""So many columns at most: each of a pair is then some six pixels wide on a phone."""


class Grain(StrEnum):
    """How long the parts are."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS: Final = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
NAMES: Final = {
    Grain.WEEK: gettext_noop("Week"),
    Grain.MONTH: gettext_noop("Month"),
    Grain.QUARTER: gettext_noop("Quarter"),
    Grain.YEAR: gettext_noop("Year"),
}
BY: Final = {
    Grain.WEEK: gettext_noop("By week, Monday to Sunday"),
    Grain.MONTH: gettext_noop("By month"),
    Grain.QUARTER: gettext_noop("By quarter"),
    Grain.YEAR: gettext_noop("By year"),
}
STEPS: Final = {
    Grain.WEEK: gettext_noop("week by week"),
    Grain.MONTH: gettext_noop("month by month"),
    Grain.QUARTER: gettext_noop("quarter by quarter"),
    Grain.YEAR: gettext_noop("year by year"),
}
ENDS: Final = {
    Grain.WEEK: gettext_noop("at the end of each week"),
    Grain.MONTH: gettext_noop("at the end of each month"),
    Grain.QUARTER: gettext_noop("at the end of each quarter"),
    Grain.YEAR: gettext_noop("at the end of each year"),
}


@dataclass(frozen=True)
class Period:
    """One part, cut to the window: `first` and `last` are days that count."""

    first: date
    last: date
    arrivals: int
    completions: int
    is_whole: bool


def grain_of(window: Window) -> Grain:
    """Return the shortest of the parts of which a window has no more than `MOST`."""
    return _told_in(window.first, window.last)[0]


def periods_of(window: Window) -> list[tuple[date, date]]:
    """Return the (first, last) days of each part of a window; the outer ones may be cut."""
    return list(_told_in(window.first, window.last)[1])


# A page asks half a dozen times, and most pages are about the same days.
@lru_cache(maxsize=256)
def _told_in(first: date, last: date) -> tuple[Grain, list[tuple[date, date]]]:
    for grain in Grain:
        parts = _parts(first, last, grain)
        if len(parts) <= MOST:
            break
    return grain, parts


def _parts(first: date, last: date, grain: Grain) -> list[tuple[date, date]]:
    parts, day = [], first
    while day <= last:
        after = _end(grain, day)
        parts.append((day, min(after - timedelta(days=1), last)))
        day = after
    return parts


def begin_of(grain: Grain, day: date) -> date:
    """Return the first day of the week, month, quarter or year of `day`."""
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    months = MONTHS[grain]
    return date(day.year, day.month - (day.month - 1) % months, 1)


def _end(grain: Grain, day: date) -> date:
    """Return the first day after the part in which `day` lies."""
    begin = begin_of(grain, day)
    if grain is Grain.WEEK:
        return begin + timedelta(days=7)
    return begin_of(grain, begin + timedelta(days=31 * MONTHS[grain]))


def by_period(window: Window, rows: Iterable[T], day_of: Callable[[T], date]) -> list[list[T]]:
    """Return the rows of each part of `periods_of`, in their order; other days are left out."""
    grain, parts = grain_of(window), periods_of(window)
    found: dict[date, list[T]] = {begin_of(grain, first): [] for first, _ in parts}
    for row in rows:
        day = day_of(row)
        if window.first <= day <= window.last:
            found[begin_of(grain, day)].append(row)
    return [found[begin_of(grain, first)] for first, _ in parts]


def added_up(window: Window, days: Mapping[date, tuple[int, int]]) -> list[Period]:
    """Add the (arrivals, completions) of local days up; all must lie in the window.

    :raises KeyError: for a day outside of the parts of the window.
    """
    grain, parts = grain_of(window), periods_of(window)
    counts = {begin_of(grain, first): [0, 0] for first, _ in parts}
    for day, (came, went) in days.items():
        counted = counts[begin_of(grain, day)]
        counted[0] += came
        counted[1] += went
    told = []
    for first, last in parts:
        came, went = counts[begin_of(grain, first)]
        told.append(Period(first, last, came, went, _is_whole(grain, first, last)))
    return told


def _is_whole(grain: Grain, first: date, last: date) -> bool:
    return first == begin_of(grain, first) and last + timedelta(days=1) == _end(grain, first)


def within(grain: Grain, first: date, *, year: bool = True) -> str:
    """Say the part that holds `first`: "in the week from 2 March 2026", "in March 2026"."""
    if grain is Grain.WEEK:
        said = dated(first) if year else day_of_month(first)
        return gettext("in the week from %(day)s", day=said)
    if grain is Grain.MONTH:
        return gettext("in %(month)s", month=month_and_year(first))
    if grain is Grain.QUARTER:
        begin = month_and_year(begin_of(grain, first))
        return gettext("in the quarter from %(month)s", month=begin)
    return gettext("in the year %(year)s", year=first.year)


def foot_names(window: Window) -> list[str]:
    """Return the parts as they stand below a drawing."""
    grain, firsts = grain_of(window), [first for first, _ in periods_of(window)]
    years = window.first.year != window.last.year
    return [_foot_name(grain, first, years=years) for first in firsts]


def _foot_name(grain: Grain, first: date, *, years: bool) -> str:
    if grain is Grain.WEEK:
        return short_day(first)
    if grain is Grain.QUARTER:
        return gettext("Q%(number)s %(year)s", number=(first.month + 2) // 3, year=first.year)
    if grain is Grain.YEAR:
        return str(first.year)
    if years:
        return gettext("%(month)s %(year)s", month=short_month(first), year=first.year)
    return short_month(first)
