"""Messages on their way: claimed by one worker at a time, tried again patiently, given up at last.

A worker claims one by moving its next try on (compare and set, right on both engines), speaks HTTP
outside any transaction, and says what came of it. One that dies meanwhile leaves it to the next.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from app.webhooks.models import Delivery
from app.webhooks.rules import KEPT, LEASE, next_try


def deliveries_due(session: Session, *, at: datetime, limit: int) -> Sequence[Delivery]:
    """Return messages that should be tried by `at` (UTC) with their webhooks, the oldest first."""
    return session.scalars(
        select(Delivery)
        .where(Delivery.next_try_at <= at)
        .options(joinedload(Delivery.webhook))
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(limit)
    ).all()


def claim(session: Session, waiting: Delivery, *, at: datetime) -> bool:
    """Take a message for this try. False when another worker was faster, or it was ended."""
    taken = session.execute(
        update(Delivery)
        .where(Delivery.id == waiting.id, Delivery.next_try_at <= at)
        .values(next_try_at=at + LEASE, tries=Delivery.tries + 1, tried_at=at)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one


def was_taken(session: Session, delivery_id: int, *, at: datetime) -> None:
    """Note that the receiver has it, and forget what the same one settled over 30 days ago."""
    taken = session.get_one(Delivery, delivery_id, populate_existing=True)
    taken.taken_at, taken.next_try_at, taken.error = at, None, ""
    others = Delivery.webhook_id == taken.webhook_id, Delivery.id != taken.id
    old = Delivery.created_at < at - KEPT, Delivery.next_try_at.is_(None)
    session.execute(delete(Delivery).where(*others, *old))


def was_refused(
    session: Session, delivery_id: int, *, reason: str, for_good: bool, at: datetime
) -> None:
    """Note why not; try again later, more and more patiently, unless it is `for_good`."""
    waiting = session.get_one(Delivery, delivery_id, populate_existing=True)
    waiting.error = reason[:300]
    if waiting.next_try_at is not None:  # else the webhook was ended meanwhile
        waiting.next_try_at = None if for_good else next_try(waiting.tries, at=at)
