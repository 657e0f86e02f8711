"""How times and spans read: short, plain, in the reader's own zone."""

from datetime import datetime, timedelta, tzinfo

from app.language import gettext, gettext_noop, ngettext
from app.language.writing import decimal, month, short_month, weekday

MINUTE, HOUR, DAY = 60, 3600, 86400
WORKING_DAY = 8 * HOUR
NEAR = {
    -1: gettext_noop("yesterday %(clock)s"),
    0: gettext_noop("today %(clock)s"),
    1: gettext_noop("tomorrow %(clock)s"),
}


class Times:
    """How one reader is told instants: what today is in their zone is worked out once."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        here = now.astimezone(zone)
        self.zone = zone
        self._today, self._year = here.toordinal(), here.year

    def plain(self, moment: datetime) -> str:
        """Return an instant as people say it: "tomorrow 14:00", "Friday 10:00", "12 Mar, 10:00"."""
        there = moment.astimezone(self.zone)
        days = there.toordinal() - self._today
        clock = _clock(there)
        if days in NEAR:
            return gettext(NEAR[days], clock=clock)
        if -6 <= days < 0:
            return gettext("last %(weekday)s %(clock)s", weekday=weekday(there), clock=clock)
        if 0 < days <= 6:
            return gettext("%(weekday)s %(clock)s", weekday=weekday(there), clock=clock)
        short = {"day": there.day, "month": short_month(there), "clock": clock}
        if there.year == self._year:
            return gettext("%(day)s %(month)s, %(clock)s", **short)
        return gettext("%(day)s %(month)s %(year)s, %(clock)s", **short, year=there.year)

    def full(self, moment: datetime) -> str:
        """Return an instant in full, with its zone: "Monday 2 March 2026, 09:05 CET"."""
        there = moment.astimezone(self.zone)
        return gettext(
            "%(weekday)s %(day)s %(month)s %(year)s, %(clock)s %(zone)s",
            weekday=weekday(there),
            day=there.day,
            month=month(there),
            year=there.year,
            clock=_clock(there),
            zone=there.tzname(),
        )


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
