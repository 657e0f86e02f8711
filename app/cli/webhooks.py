"""The worker's part in webhooks: signed messages to where programs listen."""

from collections.abc import Mapping

import flask
from standardwebhooks import Webhook as Signer

from app import clock
from app.config import Settings
from app.db import db
from app.webhooks import posting
from app.webhooks.actions import secrets_of
from app.webhooks.models import Delivery
from app.webhooks.reaching import Unreached, post

AT_ONCE = 20


def send_webhooks(_failed: set[object]) -> int:
    """Send what is due; return how many messages were tried."""
    waiting = posting.deliveries_due(db.session, at=clock.now(), limit=AT_ONCE)
    return sum(_send(delivery) for delivery in waiting)


def _send(delivery: Delivery) -> bool:
    """Claim in one short transaction, speak HTTP in none, note the end in another."""
    delivery_id = delivery.id
    claimed = posting.claim(db.session, delivery, at=clock.now())
    db.session.commit()
    if not claimed:
        return False
    db.session.refresh(delivery)
    address, body, headers = delivery.webhook.address, delivery.body, _signed(delivery)
    db.session.rollback()
    settings: Settings = flask.current_app.extensions["baton"]
    allowed, ca_file = settings.webhooks_allow_private, settings.webhooks_ca_file
    try:
        post(address, body.encode(), headers, allowed=allowed, ca_file=ca_file)
    except Unreached as failed:
        posting.was_refused(
            db.session,
            delivery_id,
            reason=str(failed),
            for_good=failed.for_good,
            at=clock.now(),
        )
    else:
        posting.was_taken(db.session, delivery_id, at=clock.now())
    db.session.commit()
    return True


def _signed(delivery: Delivery) -> Mapping[str, str]:
    """Return the headers of Standard Webhooks for this try."""
    at = clock.now()
    signatures = [
        Signer(secret).sign(delivery.message_id, at, delivery.body)
        for secret in secrets_of(delivery.webhook, at=at)
    ]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Baton",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
