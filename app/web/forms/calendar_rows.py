"""From the typed rows of a calendar to its plan, with words beside each field that is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.language import gettext, gettext_noop
from app.worktime.document import read_zone
from app.worktime.plan import BadCalendar, CalendarPlan, Weekly, Windows, never_opens
from app.worktime.typed_hours import read_hours

NEVER = gettext_noop("It never opens. Please give at least one day its hours.")


@dataclass(frozen=True)
class Rows:
    """The fields of a calendar's form: seven of hours a week; rows of dates with theirs."""

    zone: Any
    week: Sequence[Any]
    days: Sequence[tuple[Any, Any, Any]]
    changes: Sequence[tuple[Any, Sequence[Any]]]
    moves: Sequence[tuple[Any, Any]]


class _Reading:
    """Reads field by field; `wrong` once one of them cannot be read."""

    def __init__(self) -> None:
        self.wrong = False

    def refuse(self, field: Any, sentence: str) -> None:
        field.errors = [*field.errors, sentence]
        self.wrong = True

    def hours(self, field: Any) -> Windows:
        try:
            return read_hours(field.data or "")
        except BadCalendar as reason:
            self.refuse(field, str(reason))
            return ()

    def week(self, fields: Sequence[Any]) -> Weekly:
        read = [self.hours(field) for field in fields]
        return {number: hours for number, hours in enumerate(read) if hours}

    def zone(self, field: Any) -> str:
        try:
            return read_zone((field.data or "").strip())
        except BadCalendar:
            self.refuse(field, gettext("Please choose a time zone such as Europe/Berlin."))
            return "UTC"

    def once(self, fields: Iterable[Any]) -> None:
        seen: set[date] = set()
        for field in fields:
            if field.data in seen:
                self.refuse(field, gettext("This day stands here twice."))
            seen.add(field.data)


def read_plan(rows: Rows) -> CalendarPlan | None:
    """Return the plan of the rows; None when a field of theirs got a sentence.

    A row without a date is left out, whatever else stands in it; so clearing a date removes it.
    """
    reading = _Reading()
    days = [(day.data, name, hours) for day, name, hours in rows.days if day.data]
    changes = [(first, week) for first, week in rows.changes if first.data]
    moves = [(first, zone) for first, zone in rows.moves if first.data]
    for firsts in ([day for day, _, _ in rows.days if day.data], *_firsts(changes, moves)):
        reading.once(firsts)
    hours_of = {day: reading.hours(hours) for day, _, hours in days}
    plan = CalendarPlan(
        zone=reading.zone(rows.zone),
        weekly=reading.week(rows.week),
        holidays=frozenset(day for day, hours in hours_of.items() if not hours),
        special={day: hours for day, hours in hours_of.items() if hours},
        changes=tuple(sorted(((f.data, reading.week(w)) for f, w in changes), key=_by_day)),
        moves=tuple(sorted(((f.data, reading.zone(z)) for f, z in moves), key=_by_day)),
        names={day: name.data.strip() for day, name, _ in days if (name.data or "").strip()},
    )
    if not reading.wrong and never_opens(plan):
        reading.refuse(rows.week[0], gettext(NEVER))
    return None if reading.wrong else plan


def _firsts(*parts: Sequence[tuple[Any, Any]]) -> list[list[Any]]:
    return [[first for first, _ in part] for part in parts]


def _by_day(pair: tuple[date, Any]) -> date:
    return pair[0]
