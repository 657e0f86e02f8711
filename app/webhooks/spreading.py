"""From the events of an act to messages on their way, inside the act's own transaction."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, select
from sqlalchemy.orm import Session

from app.catalogue.rules import Visibility
from app.db import rows_of
from app.notices.spreading import ready_at
from app.requests.models import Event, Party, Request
from app.requests.rights import INNER
from app.requests.rules import Kind
from app.webhooks.models import Delivery, Webhook
from app.webhooks.rules import message

UNTRIED: Final = Delivery.tries == 0


def tell_webhooks(session: Session, request: Request, events: Sequence[Event]) -> None:
    """Add a message for each webhook that wants to hear of one of `events` and may.

    A team hears of what it is party to, of inner steps only while it stands on the side that
    carries. Nothing goes out while it can still be taken back.
    """
    _forget_taken_back(session, request, events)
    rows = rows_of(session, _listening(), {"request_id": request.id}).all()
    for event in events:
        wanted = [row.id for row in rows if _may_hear(event, row.events, asks=row.asks)]
        if not wanted:
            continue
        body = json.dumps(_message(request, event), ensure_ascii=False)
        session.add_all(_delivery(event, webhook_id, body) for webhook_id in wanted)


@cache
def _listening() -> Select[int, list[Any], bool]:
    return (
        select(Webhook.id, Webhook.events, Party.asks)
        .join(Party, Party.team_id == Webhook.team_id)
        .where(Party.request_id == bindparam("request_id"), Webhook.ended_at.is_(None))
    )


def _may_hear(event: Event, kinds: Sequence[str], *, asks: bool) -> bool:
    inner = event.kind in INNER or (event.message is not None and event.message.internal)
    return event.kind in kinds and not (inner and asks)


def _delivery(event: Event, webhook_id: int, body: str) -> Delivery:
    return Delivery(
        webhook_id=webhook_id,
        event=event,
        request_id=event.request_id,
        body=body,
        created_at=event.at,
        next_try_at=ready_at(event),
    )


def _message(request: Request, event: Event) -> dict[str, Any]:
    private = request.visibility == Visibility.CONFIDENTIAL
    about = {
        "id": request.id,
        "title": None if private else request.title,
        "path": f"/requests/{request.id}",
        "state": request.state,
        "version": request.version,
        "type": _named(request.type),
        "team": _named(request.team),
        "asking_team": _named(request.asking_team),
        "requester": _named(request.requester),
        "holder": _named(request.holder),
    }
    return message(event.kind, event.at, event.seq, by=_named(event.actor), request=about)


def _named(thing: Any) -> dict[str, Any] | None:
    return {"id": thing.id, "name": thing.name} if thing else None


def _forget_taken_back(session: Session, request: Request, events: Sequence[Event]) -> None:
    for event in events:
        if event.kind in (Kind.UNSAID, Kind.TAKEN_BACK):
            one = Event.seq == event.data["seq"]
            taken = select(Event.id).where(Event.request_id == request.id, one)
            session.execute(delete(Delivery).where(Delivery.event_id.in_(taken), UNTRIED))
