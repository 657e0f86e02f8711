"""How times and spans read: short, plain, in the reader's own zone."""

from datetime import date, datetime, timedelta, tzinfo

MINUTE, HOUR, DAY = 60, 3600, 86400
WORKING_DAY = 8 * HOUR


def plain_time(moment: datetime, *, now: datetime, zone: tzinfo) -> str:
    """Return an instant as people say it: "tomorrow 14:00", "Friday 10:00", "12 Mar, 10:00"."""
    there, here = moment.astimezone(zone), now.astimezone(zone)
    days = (there.date() - here.date()).days
    if days in NEAR:
        return f"{NEAR[days]} {_clock(there)}"
    if -6 <= days <= 6:
        return f"{'last ' if days < 0 else ''}{DAYS[there.weekday()]} {_clock(there)}"
    year = "" if there.year == here.year else f" {there.year}"
    return f"{there.day} {MONTHS[there.month - 1][:3]}{year}, {_clock(there)}"


def _clock(there: datetime) -> str:
    """Return the time of day; a list says hundreds, so without `strftime`, which takes longer."""
    return f"{there.hour:02}:{there.minute:02}"


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def whole_day(day: date) -> str:
    """Return a date as people say it: "Friday 6 March"."""
    return f"{day:%A} {day.day} {day:%B}"


def full_time(moment: datetime, *, zone: tzinfo) -> str:
    """Return an instant in full, with its zone: "Monday 2 March 2026, 09:05 CET"."""
    there = moment.astimezone(zone)
    day, month = DAYS[there.weekday()], MONTHS[there.month - 1]
    return f"{day} {there.day} {month} {there.year}, {_clock(there)} {there.tzname()}"


def duration(seconds: float | timedelta) -> str:
    """Return a span of elapsed time in its two largest units: "3 h 20 min", "3 days 4 h"."""
    return _span(seconds, day=DAY, name="day")


def working_duration(seconds: float | timedelta) -> str:
    """Return a span of working time; a working day is 8 hours: "2 working days 3 h"."""
    return _span(seconds, day=WORKING_DAY, name="working day")


def _span(seconds: float | timedelta, *, day: int, name: str) -> str:
    total = int(seconds.total_seconds() if isinstance(seconds, timedelta) else seconds)
    if total < MINUTE:
        return "under a minute"
    days, rest = divmod(total, day)
    hours, minutes = rest // HOUR, rest % HOUR // MINUTE
    if days:
        words = f"{days} {name}{'' if days == 1 else 's'}"
        return f"{words} {hours} h" if hours else words
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def file_size(size: int) -> str:
    """Return a size in bytes as people read it: "340 KB", "2.5 MB"."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{round(size / 1000)} KB"
    return f"{size / 1_000_000:.1f} MB"


BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "Mac"), ("Linux", "Linux")),
)


def browser_name(agent: str) -> str:
    """Return a User-Agent header as people would call it: "Firefox on Windows"."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "A browser")
    system = next((name for sign, name in SYSTEMS if sign in agent), None)
    return f"{browser} on {system}" if system else browser
