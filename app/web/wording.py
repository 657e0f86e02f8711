"""How times and spans read: short, plain, in the reader's own zone."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from app.language import gettext, gettext_noop, ngettext, spoken
from app.language.writing import decimal, month, short_month, weekday, zone_letters

MINUTE, HOUR, DAY = 60, 3600, 86400
WORKING_DAY = 8 * HOUR
NEAR = {
    -1: gettext_noop("yesterday %(clock)s"),
    0: gettext_noop("today %(clock)s"),
    1: gettext_noop("tomorrow %(clock)s"),
}


CLOCK = "\0"  # where the time of day stands in what is said of a day


class Times:
    """How one reader is told instants: what today is in their zone is worked out once."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self.zone = zone
        self.today = now.astimezone(zone).toordinal()

    def plain(self, moment: datetime) -> str:
        """Return an instant as people say it: "tomorrow 14:00", "Friday 10:00", "12 Mar, 10:00"."""
        there = moment.astimezone(self.zone)
        before, after = _plain(spoken(), there.toordinal(), self.today)
        return f"{before}{_clock(there)}{after}"

    def full(self, moment: datetime) -> str:
        """Return an instant in full, with its zone: "Monday 2 March 2026, 09:05 CET"."""
        there = moment.astimezone(self.zone)
        before, after = _full(spoken(), there.toordinal(), there.tzname() or "")
        return f"{before}{_clock(there)}{after}"


# A list says hundreds of instants, of few days: what is said of a day is worked out once.
@lru_cache(maxsize=4096)
def _plain(_language: str, day: int, today: int) -> tuple[str, str]:
    """Return what stands before and after the time of day; `day` and `today` are ordinals."""
    there, days = date.fromordinal(day), day - today
    short = {"day": there.day, "month": short_month(there), "clock": CLOCK}
    if days in NEAR:
        said = gettext(NEAR[days], clock=CLOCK)
    elif -6 <= days < 0:
        said = gettext("last %(weekday)s %(clock)s", weekday=weekday(there), clock=CLOCK)
    elif 0 < days <= 6:
        said = gettext("%(weekday)s %(clock)s", weekday=weekday(there), clock=CLOCK)
    elif there.year == date.fromordinal(today).year:
        said = gettext("%(day)s %(month)s, %(clock)s", **short)
    else:
        said = gettext("%(day)s %(month)s %(year)s, %(clock)s", **short, year=there.year)
    return _around(said)


@lru_cache(maxsize=4096)
def _full(_language: str, day: int, zone: str) -> tuple[str, str]:
    there = date.fromordinal(day)
    said = gettext(
        "%(weekday)s %(day)s %(month)s %(year)s, %(clock)s %(zone)s",
        weekday=weekday(there),
        day=there.day,
        month=month(there),
        year=there.year,
        clock=CLOCK,
        zone=zone_letters(zone),
    )
    return _around(said)


def _around(said: str) -> tuple[str, str]:
    before, _, after = said.partition(CLOCK)
    return before, after


def _clock(there: datetime) -> str:
    """Return the time of day; a list says hundreds, so without `strftime`, which takes longer."""
    return f"{there.hour:02}:{there.minute:02}"


def duration(seconds: float | timedelta) -> str:
    """Return a span of elapsed time in its two largest units: "3 h 20 min", "3 days 4 h"."""
    total = _whole(seconds)
    days, rest = divmod(total, DAY)
    return _span(total, ngettext("%(num)s day", "%(num)s days", days) if days else "", rest)


def working_duration(seconds: float | timedelta) -> str:
    """Return a span of working time; a working day is 8 hours: "2 working days 3 h"."""
    total = _whole(seconds)
    days, rest = divmod(total, WORKING_DAY)
    said = ngettext("%(num)s working day", "%(num)s working days", days) if days else ""
    return _span(total, said, rest)


def working_hours(seconds: int) -> str:
    """Return what is promised in hours of work alone: "40 working hours".

    How many days that is depends on the team: its days may be longer or shorter than eight hours.
    """
    hours, rest = divmod(seconds, HOUR)
    if rest:
        return gettext("%(time)s of working time", time=_span(seconds, "", seconds))
    return ngettext("%(num)s working hour", "%(num)s working hours", hours)


def _whole(seconds: float | timedelta) -> int:
    return int(seconds.total_seconds() if isinstance(seconds, timedelta) else seconds)


def _span(total: int, days: str, rest: int) -> str:
    """Say a span; `rest` is what is left of it beside its `days`, which are words already."""
    if total < MINUTE:
        return gettext("under a minute")
    hours, minutes = rest // HOUR, rest % HOUR // MINUTE
    said_hours = gettext("%(hours)s h", hours=hours)
    if days:
        return f"{days} {said_hours}" if hours else days
    said_minutes = gettext("%(minutes)s min", minutes=minutes)
    if hours:
        return f"{said_hours} {said_minutes}" if minutes else said_hours
    return said_minutes


def file_size(size: int) -> str:
    """Return a size in bytes as people read it: "340 KB", "2.5 MB"."""
    if size < 1000:
        return ngettext("%(num)s byte", "%(num)s bytes", size)
    if size < 1_000_000:
        return f"{round(size / 1000)} KB"
    return f"{decimal(size / 1_000_000, 1)} MB"


BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "Mac"), ("Linux", "Linux")),
)


def browser_name(agent: str) -> str:
    """Return a User-Agent header as people would call it: "Firefox on Windows"."""
    browser = next((name for sign, name in BROWSERS if sign in agent), gettext("A browser"))
    system = next((name for sign, name in SYSTEMS if sign in agent), None)
    if system is None:
        return browser
    return gettext("%(browser)s on %(system)s", browser=browser, system=system)
