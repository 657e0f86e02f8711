"""The words of one request, gathered from what was asked and what was said."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from app.db import rows_of
from app.requests.models import Brief, Event, Message, Request
from app.requests.rules import Kind
from app.requests.search.folding import searchable


def asked_words(request: Request) -> str:
    """Return what was asked, folded."""
    brief = request.brief
    return searchable(request.title, *(_texts(brief.details, brief.answers) if brief else []))


def words_of(session: Session, request: Request) -> tuple[str, str]:
    """Return (what both sides read, what those who carry it read besides), folded."""
    rows = rows_of(session, _said(), {"request_id": request.id}).all()
    unsaid = {data["seq"] for _, kind, data, _, _ in rows if kind == Kind.UNSAID}
    kept = [(internal, body) for seq, _, _, internal, body in rows if body and seq not in unsaid]
    asked = _asked(session, request)
    return (
        searchable(*asked, *(body for internal, body in kept if not internal)),
        searchable(*(body for internal, body in kept if internal)),
    )


def _asked(session: Session, request: Request) -> list[str]:
    brief = rows_of(session, _brief(), {"request_id": request.id}).one_or_none()
    return [request.title, *(_texts(*brief) if brief else [])]


def _texts(details: str, answers: Sequence[Mapping[str, str]]) -> list[str]:
    return [details, *(answer["text"] for answer in answers)]


@cache
def _brief() -> Select[str, list[Any]]:
    return select(Brief.details, Brief.answers).where(Brief.request_id == bindparam("request_id"))


@cache
def _said() -> Select[int, str, dict[str, Any], bool, str]:
    """Select what was said, and what was taken back, in order."""
    return (
        select(Event.seq, Event.kind, Event.data, Message.internal, Message.body)
        .outerjoin(Message, Message.id == Event.message_id)
        .where(
            Event.request_id == bindparam("request_id"),
            or_(Event.message_id.is_not(None), Event.kind == Kind.UNSAID),
        )
        .order_by(Event.seq)
    )
