"""What happened to one request and through whose hands it went, as its page tells it.

Columns with the names that are said, never whole rows; and of a name no more than the name.
"""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, select
from sqlalchemy.orm import Session, aliased

from app.db import rows_of
from app.people.models import Person, Team
from app.people.names import Named
from app.requests.intervals import StageVisit
from app.requests.models import Event, Message


class Said(NamedTuple):
    """Words of somebody (None: Baton's own), at an instant (UTC)."""

    id: int
    author_id: int | None
    side: str
    internal: bool
    body: str
    at: datetime
    author: Named | None


class Happened(NamedTuple):
    """One event, with who did it (None: it happened by itself) and the words that came along."""

    seq: int
    at: datetime
    kind: str
    actor_id: int | None
    side: str
    data: dict[str, Any]
    actor: Named | None
    message: Said | None


class Carried(NamedTuple):
    """Whose hands one stage visit was in."""

    team: Named
    holder: Named | None


def happened(session: Session, request_id: int) -> list[Happened]:
    """Return the history of one request in order."""
    rows = rows_of(session, _events(), {"request_id": request_id})
    return [_happened(row[:6], row[6], row[7:13], row[13]) for row in rows]


def _happened(event: Any, actor: str | None, words: Any, author: str | None) -> Happened:
    said = Said._make((*words, _named(words[1], author))) if words[0] else None
    return Happened._make((*event, _named(event[3], actor), said))


def _named(number: int | None, name: str | None) -> Named | None:
    return Named(number, name) if number and name is not None else None


@cache
def _events() -> Select[Any]:
    actor, author = aliased(Person), aliased(Person)
    event: Any = select(Event.seq, Event.at, Event.kind, Event.actor_id, Event.side, Event.data)
    words = (Message.id, Message.author_id, Message.side, Message.internal, Message.body)
    return (
        event.add_columns(actor.name, *words, Message.at, author.name)
        .outerjoin(actor, actor.id == Event.actor_id)
        .outerjoin(Message, Message.id == Event.message_id)
        .outerjoin(author, author.id == Message.author_id)
        .where(Event.request_id == bindparam("request_id"))
        .order_by(Event.seq)
    )


def carried(session: Session, request_id: int) -> list[Carried]:
    """Return through whose hands one request went, visit by visit."""
    rows = rows_of(session, _visits(), {"request_id": request_id})
    return [Carried(Named._make(row[:2]), _named(row[2], row[3])) for row in rows]


@cache
def _visits() -> Select[Any]:
    visit: Any = select(Team.id, Team.name, Person.id, Person.name).select_from(StageVisit)
    return (
        visit.join(Team, Team.id == StageVisit.team_id)
        .outerjoin(Person, Person.id == StageVisit.holder_id)
        .where(StageVisit.request_id == bindparam("request_id"))
        .order_by(StageVisit.seq)
    )


def has_held(
    request_id: Any, person_id: SQLColumnExpression[int], *where: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Return the condition that somebody has held a request, in a visit `where` more may hold.

    `request_id` is an id or a column of ids. It asks who held the request, not what the person
    held: that is an archive, into which SQLite would go by itself.
    """
    holders = select(StageVisit.holder_id).where(
        StageVisit.request_id == request_id, StageVisit.holder_id.is_not(None), *where
    )
    return person_id.in_(holders)
