"""What happened to a request while its page stood open."""

from typing import Any

import flask
from sqlalchemy import select

from app.db import db
from app.language import gettext
from app.requests.models import Event, Request
from app.requests.naming import kind_word
from app.requests.queries import find_visible, relation
from app.requests.rights import INNER
from app.requests.rules import Side
from app.web.render import me


def request_here() -> Request | None:
    """Return the request whose page this address is of, when I may see it."""
    request_id = (flask.request.view_args or {}).get("request_id")
    return find_visible(db.session, me(), request_id) if request_id else None


def events_since(request: Request | None, seen: int | None) -> list[tuple[Any, str]]:
    """Return (when, what) of the newest events, newest first, that the page did not know."""
    if request is None or seen is None:
        return []
    missed = max(1, request.version - seen)
    inner = relation(db.session, request, me()).side is Side.PROVIDING
    unread = () if inner else INNER
    events = db.session.scalars(
        select(Event)
        .where(Event.request_id == request.id, Event.kind.not_in(unread))
        .order_by(Event.seq.desc())
        .limit(min(missed, 5))
    )
    return [(e.at, _told(e)) for e in events]


def _told(event: Event) -> str:
    who = event.actor.name if event.actor else "Baton"
    return gettext("%(who)s: %(what)s.", who=who, what=kind_word(event.kind))
