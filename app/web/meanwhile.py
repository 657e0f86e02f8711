"""What happened to a request while its page stood open."""

from datetime import datetime

import flask

from app.db import db
from app.requests.happened import Happened, happened
from app.requests.models import Request
from app.requests.page import history_of, known_to
from app.requests.queries import find_visible, relation
from app.requests.rules import TALK, Side
from app.web.render import me

FEW = 5


def request_here() -> Request | None:
    """Return the request whose page this address is of, when I may see it."""
    request_id = (flask.request.view_args or {}).get("request_id")
    return find_visible(db.session, me(), request_id) if request_id else None


def events_since(request: Request | None, seen: int | None) -> list[tuple[datetime, str]]:
    """Return (when, what) of the newest events, newest first, that the page did not know."""
    if request is None or seen is None or request.version <= seen:
        return []
    inner = relation(db.session, request, me()).side is Side.PROVIDING
    missed = _after(happened(db.session, request.id), seen)
    return history_of(db.session, known_to(missed, inner=inner)[-FEW:], [])


def _after(events: list[Happened], seen: int) -> list[Happened]:
    """Return what happened from the first move on that version `seen` does not know."""
    moves = 0
    for place, event in enumerate(events):
        moves += event.kind not in TALK
        if moves > seen:
            return events[place:]
    return []
