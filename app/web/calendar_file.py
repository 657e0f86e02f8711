"""What is due, as an iCalendar file (RFC 5545)."""

from collections.abc import Sequence
from datetime import datetime

from icalendar import Calendar, Event

from app.catalogue.rules import Visibility
from app.requests.lists.due import Due


def calendar_file(found: Sequence[Due], *, address: str, at: datetime) -> bytes:
    """Return an event per thing that is due; `address` is where people reach Baton.

    Calendars live with other companies: the title of what is confidential stays here.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Baton//What is due//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Due in Baton")
    for due in found:
        calendar.add_component(_event(due, address, at))
    return calendar.to_ical()


def _event(due: Due, address: str, at: datetime) -> Event:
    request = due.request
    private = request.visibility == Visibility.CONFIDENTIAL
    title = "A confidential request" if private else request.title
    event = Event()
    event.add("uid", f"request-{request.id}@{address.partition('://')[2]}")
    event.add("dtstamp", at)
    event.add("dtstart", due.at)
    event.add("summary", f"{'Due' if due.mine else 'Expected'}: {title} (#{request.id})")
    event.add("description", f"{request.team.name}, asked by {request.requester.name}")
    event.add("url", f"{address}/requests/{request.id}")
    event.add("transp", "TRANSPARENT")
    return event
