"""What has happened to a request so far, as a ledger reads it."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.db import rows_of
from app.requests.happened import Happened
from app.requests.life.ledger import Happening
from app.requests.models import Event
from app.requests.rules import Kind, Side


def happenings_of(session: Session, request_id: int) -> list[Happening]:
    """Return what has happened to the request with this id, in order."""
    rows = rows_of(session, _events(), {"request_id": request_id})
    return [
        Happening(at, Kind(kind), actor_id, Side(side), data)
        for at, kind, actor_id, side, data in rows
    ]


@cache
def _events() -> Select[datetime, str, int | None, str, dict[str, Any]]:
    return (
        select(Event.at, Event.kind, Event.actor_id, Event.side, Event.data)
        .where(Event.request_id == bindparam("request_id"))
        .order_by(Event.seq)
    )


def as_happening(event: Event | Happened) -> Happening:
    """Return the pure form of a stored event."""
    return Happening(event.at, Kind(event.kind), event.actor_id, Side(event.side), event.data)
