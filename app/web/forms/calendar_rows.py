"""From the typed rows of a calendar to its plan, with words beside each field that is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.language import gettext, gettext_noop
from app.worktime.document import read_zone
from app.worktime.plan import NEVER, BadCalendar, CalendarPlan, Weekly, Windows, never_opens
from app.worktime.typed_hours import read_hours

UNDATED = gettext_noop("Please give the date. To leave the row out, clear the rest of it too.")
Stood = Mapping[str, Sequence[tuple[date, list[str]]]]


@dataclass(frozen=True)
class Rows:
    """The fields of a calendar's form: seven of hours a week; rows of dates with theirs.

    `stood` are the rows of the calendar as it is stored: by part, each date with its words.
    """

    zone: Any
    week: Sequence[Any]
    days: Sequence[tuple[Any, Any, Any]]
    changes: Sequence[tuple[Any, Sequence[Any]]]
    moves: Sequence[tuple[Any, Any]]
    stood: Stood


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

    def dated(self, rows: Rows) -> None:
        """Refuse rows in which something was typed but no date."""
        weeks = [_typed(rows.week), *(_typed(week) for first, week in rows.changes if first.data)]
        self._dated([(day, more) for day, *more in rows.days], rows.stood["days"])
        self._dated(rows.changes, rows.stood["changes"], weeks)  # a new row begins with a week
        self._dated([(first, [zone]) for first, zone in rows.moves], rows.stood["moves"])

    def _dated(
        self,
        rows: Sequence[tuple[Any, Sequence[Any]]],
        stood: Sequence[tuple[date, list[str]]],
        untouched: Sequence[list[str]] = (),
    ) -> None:
        given = {day.data for day, _ in rows}
        taken_out = [words for day, words in stood if day not in given]
        for day, fields in rows:
            words = _typed(fields)
            known = words in taken_out or words in untouched
            if day.data is None and any(words) and not known:
                self.refuse(day, gettext(UNDATED))


def read_plan(rows: Rows) -> CalendarPlan | None:
    """Return the plan of the rows; None when a field of theirs got a sentence.

    Clearing the date of a row that stood takes it out; a new one with words needs its date.
    """
    reading = _Reading()
    reading.dated(rows)
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
        reading.refuse(_last_week(rows.week, changes)[0], gettext(NEVER))
    return None if reading.wrong else plan


def _typed(fields: Sequence[Any]) -> list[str]:
    return [(field.data or "").strip() for field in fields]


def _last_week(week: Sequence[Any], changes: Sequence[tuple[Any, Sequence[Any]]]) -> Sequence[Any]:
    """Return the fields of the week that holds in the end."""
    return max(changes, key=lambda change: change[0].data)[1] if changes else week


def _firsts(*parts: Sequence[tuple[Any, Any]]) -> list[list[Any]]:
    return [[first for first, _ in part] for part in parts]


def _by_day(pair: tuple[date, Any]) -> date:
    return pair[0]
