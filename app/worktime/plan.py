"""When a team is open: the shape of a plan, and what holds on one of its days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.language import gettext_noop

Window = tuple[int, int]  # minutes of the day, (open, close); close <= open runs past midnight
Windows = tuple[Window, ...]
Weekly = Mapping[int, Windows]  # 0 is Monday; a weekday that is not named is closed

END_OF_DAY = 24 * 60
NEVER: Final = gettext_noop(
    "It never opens again. Please give at least one day of the week its hours."
)


class BadCalendar(ValueError):
    """The calendar cannot be understood; the message is a sentence for whoever wrote it."""


@dataclass(frozen=True)
class CalendarPlan:
    """The opening hours of one calendar, by the wall clock of `zone` (an IANA name).

    `changes` are (date, weekly) pairs in ascending order; each replaces the weekly windows from
    its date on. `moves` are (date, zone) pairs in ascending order; each replaces the zone for the
    windows that open on its date or later. `names` say why a date is closed or special; no clock
    asks for them. Equal plans hash alike, so a plan can be the key of a cache.
    """

    zone: str
    weekly: Weekly
    holidays: frozenset[date] = frozenset()
    special: Mapping[date, Windows] = field(default_factory=dict)
    changes: tuple[tuple[date, Weekly], ...] = ()
    moves: tuple[tuple[date, str], ...] = ()
    names: Mapping[date, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(
            (
                self.zone,
                frozenset(self.weekly.items()),
                self.holidays,
                frozenset(self.special.items()),
                tuple((day, frozenset(weekly.items())) for day, weekly in self.changes),
                self.moves,
            )
        )

    def zone_on(self, day: date) -> str:
        """Return the zone by whose wall clock the windows of a date open."""
        return [self.zone, *(zone for begin, zone in self.moves if begin <= day)][-1]

    def zone_at(self, at: datetime) -> str:
        """Return the zone in force at an instant: the latest whose first day has begun there."""
        begun = [
            zone for begin, zone in self.moves if begin <= at.astimezone(ZoneInfo(zone)).date()
        ]
        return [self.zone, *begun][-1]

    def weekly_on(self, day: date) -> Weekly:
        """Return the weekly windows that hold on a date."""
        return [self.weekly, *(weekly for begin, weekly in self.changes if begin <= day)][-1]

    def hours_on(self, day: date) -> Windows:
        """Return the windows that open on a date (R4, R5, R9)."""
        if day in self.special:
            return self.special[day]
        return () if day in self.holidays else self.weekly_on(day).get(day.weekday(), ())

    def closed_on(self, days: Mapping[date, str]) -> "CalendarPlan":
        """Return the plan closed on more dates, by name; special dates keep their hours."""
        more = {day: name for day, name in days.items() if day not in self.special}
        return replace(self, holidays=self.holidays | more.keys(), names={**more, **self.names})

    def eras(self) -> Iterator[tuple[str, date, date]]:
        """Yield (zone, first date, first date of the next era) for all dates."""
        begins = [date.min, *(day for day, _ in self.moves), date.max]
        zones = [self.zone, *(zone for _, zone in self.moves)]
        yield from zip(zones, begins, begins[1:], strict=False)


def never_opens(plan: CalendarPlan) -> bool:
    """Say whether nothing opens any more once all changes have come; such a plan is refused.

    Only a week with hours in it goes on for ever. Special dates do not: after the last one a
    promise in working time would be a promise that nothing keeps.
    """
    last = [plan.weekly, *(weekly for _, weekly in plan.changes)][-1]
    return not any(last.values())
