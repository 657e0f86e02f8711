"""Messages on their way: claimed by one worker at a time, tried again patiently, given up at last.

A worker claims one by moving its next try on (compare and set, right on both engines), speaks HTTP
outside any transaction, and says what came of it. One that dies meanwhile leaves it to the next.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from app.rows import forget_first
from app.webhooks.models import Delivery
from app.webhooks.rules import KEPT, LEASE, PATIENCE, next_try


class Waiting(NamedTuple):
    """A message as it was seen waiting; what became of it since is asked by `claim`."""

    id: int
    webhook_id: int
    next_try_at: datetime | None


def next_due(session: Session, *, at: datetime, but: Collection[int] = ()) -> Waiting | None:
    """Return the message that has waited longest of those that should be tried by `at` (UTC).

    Those of the webhooks with the ids `but` are left out.
    """
    row = session.execute(
        select(Delivery.id, Delivery.webhook_id, Delivery.next_try_at)
        .where(Delivery.next_try_at <= at, Delivery.webhook_id.not_in(but))
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(1)
    ).one_or_none()
    return Waiting(*row) if row else None


def claim(session: Session, waiting: Waiting, *, at: datetime) -> bool:
    """Take a message for this try. False when another worker was faster, or it was ended."""
    taken = session.execute(
        update(Delivery)
        .where(Delivery.id == waiting.id, Delivery.next_try_at <= at)
        .values(next_try_at=at + LEASE, tries=Delivery.tries + 1, tried_at=at)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one


def load(session: Session, delivery_id: int) -> Delivery:
    """Return a message as it is now, with its webhook."""
    with_webhook = joinedload(Delivery.webhook)
    return session.get_one(Delivery, delivery_id, options=[with_webhook], populate_existing=True)


def was_taken(session: Session, delivery_id: int, *, at: datetime) -> None:
    """Note that the receiver has it."""
    taken = session.get_one(Delivery, delivery_id, populate_existing=True)
    taken.taken_at, taken.next_try_at, taken.error = at, None, ""


def was_refused(
    session: Session, delivery_id: int, *, reason: str, for_good: bool, at: datetime
) -> None:
    """Note why not; try again later, more and more patiently, unless it is `for_good`."""
    waiting = session.get_one(Delivery, delivery_id, populate_existing=True)
    waiting.error = reason[:300]
    if waiting.next_try_at is not None:  # else the webhook was ended meanwhile
        waiting.next_try_at = None if for_good else next_try(waiting.tries, at=at)


def nobody_there(
    session: Session, webhook_id: int, *, reason: str, for_good: bool, at: datetime
) -> None:
    """Note the same of every other message that waits for this receiver.

    Where nobody is, no message gets further than another one, and each would take its time.
    """
    due = Delivery.webhook_id == webhook_id, Delivery.next_try_at <= at
    for tries in range(len(PATIENCE) + 1):
        again = None if for_good else next_try(tries + 1, at=at)
        told = update(Delivery).where(*due, Delivery.tries == tries)
        told = told.values(tries=tries + 1, tried_at=at, next_try_at=again, error=reason[:300])
        session.execute(told.execution_options(synchronize_session=False))


def forget_deliveries(session: Session, *, at: datetime) -> int:
    """Forget messages of more than 30 days ago that were taken or given up; return how many."""
    tried = func.coalesce(Delivery.tried_at, Delivery.created_at)  # an old one may be sent again
    old = Delivery.created_at < at - KEPT, Delivery.next_try_at.is_(None), tried < at - KEPT
    return forget_first(session, Delivery, *old)
