"""What is due, as an iCalendar file (RFC 5545)."""

from collections.abc import Sequence
from datetime import datetime

from icalendar import Calendar, Event

from app.catalogue.rules import Visibility
from app.language import gettext
from app.requests.lists.due import Due


def calendar_file(found: Sequence[Due], *, address: str, at: datetime) -> bytes:
    """Return an event per thing that is due; `address` is where people reach Baton.

    Calendars live with other companies: the title of what is confidential stays here.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Baton//What is due//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", gettext("Due in Baton"))
    for due in found:
        calendar.add_component(_event(due, address, at))
    return calendar.to_ical()


def _event(due: Due, address: str, at: datetime) -> Event:
    request = due.request
    private = request.visibility == Visibility.CONFIDENTIAL
    title = gettext("A confidential request") if private else request.title
    event = Event()
    event.add("uid", f"request-{request.id}@{address.partition('://')[2]}")
    event.add("dtstamp", at)
    event.add("dtstart", due.at)
    event.add("summary", _summary(due, title))
    team, asker = request.team.name, request.requester.name
    event.add("description", gettext("%(team)s, asked by %(name)s", team=team, name=asker))
    event.add("url", f"{address}/requests/{request.id}")
    event.add("transp", "TRANSPARENT")
    return event


def _summary(due: Due, title: str) -> str:
    number = due.request.id
    if due.mine:
        return gettext("Due: %(title)s (#%(number)s)", title=title, number=number)
    return gettext("Expected: %(title)s (#%(number)s)", title=title, number=number)
