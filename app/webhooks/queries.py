"""Which webhooks a team has, and what was sent to one."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer, joinedload

from app.webhooks.models import Delivery, Webhook


def webhooks_of(team_id: int) -> Select[Webhook]:
    """Select the webhooks of a team that were not ended, the oldest first."""
    return (
        select(Webhook)
        .where(Webhook.team_id == team_id, Webhook.ended_at.is_(None))
        .order_by(Webhook.id)
    )


def last_deliveries(session: Session, webhook: Webhook, *, limit: int) -> Sequence[Delivery]:
    """Return the last messages to a webhook with their events, the newest first, without bodies."""
    return session.scalars(
        select(Delivery)
        .where(Delivery.webhook_id == webhook.id)
        .options(defer(Delivery.body), joinedload(Delivery.event))
        .order_by(Delivery.id.desc())
        .limit(limit)
    ).all()
