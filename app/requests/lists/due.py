"""What is due for somebody, by when, through the same gate as every list."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, case, or_
from sqlalchemy.orm import Session

from app.db import among
from app.people.models import Person
from app.requests.lists.conditions import is_moving
from app.requests.lists.lines import Line, read_lines, visible_lines
from app.requests.lists.orders import next_due, promised_for
from app.requests.lists.shown import Shown
from app.requests.models import Request
from app.requests.queries import VIEWER
from app.requests.rules import OPEN


@dataclass(frozen=True)
class Due:
    """One request and when it is due (UTC); `mine` says that its person has to do it."""

    request: "Shown | Request"
    at: datetime
    mine: bool


def due_for(session: Session, person: Person, *, at: datetime, limit: int) -> list[Due]:
    """Return what `person` holds or has asked for and has a date, the next first.

    What they hold counts with its next due time, what they asked for with the time promised last.
    """
    found = [_due(line) for line in read_lines(session, _dated(limit), viewer=person, at=at)]
    return sorted((due for due in found if due), key=lambda due: (due.at, due.request.id))


@cache
def _dated(limit: int) -> Select[Any]:
    held, asked = Request.holder_id == VIEWER, Request.requester_id == VIEWER
    due = case((held, next_due), else_=promised_for)  # as `_due` says it
    return (
        visible_lines()
        .where(or_(held & is_moving(), asked & among(Request.state, OPEN)), due.is_not(None))
        .order_by(due, Request.id)
        .limit(limit)
    )


def _due(line: Line) -> Due | None:
    mine = line.request.holder_id == line.viewer.id
    at = line.due if mine else line.request.due_now
    return Due(line.request, at, mine) if at else None
