"""The worker's part in webhooks: signed messages to where programs listen."""

import time
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

AT_A_TIME = 10  # seconds, then other things have their turn


def send_webhooks(_failed: set[object]) -> int:
    """Send what is due; return how many messages were tried.

    A receiver that did not take one is left alone until the next round, so that nobody else waits
    for it again and again.
    """
    end, tried, failing = time.monotonic() + AT_A_TIME, 0, set[int]()
    while time.monotonic() < end:
        waiting = posting.next_due(db.session, at=clock.now(), but=failing)
        if waiting is None:
            break
        tried += 1
        if not _send(waiting):
            failing.add(waiting.webhook_id)
    db.session.rollback()
    return tried


def _send(waiting: posting.Waiting) -> bool:
    """Claim in one short transaction, speak HTTP in none, note the end in another.

    False when the receiver did not take it.
    """
    claimed = posting.claim(db.session, waiting, at=clock.now())
    db.session.commit()
    if not claimed:
        return True
    delivery = posting.load(db.session, waiting.id)
    address, body, headers = delivery.webhook.address, delivery.body, _signed(delivery)
    db.session.rollback()
    settings: Settings = flask.current_app.extensions["baton"]
    allowed, ca_file = settings.webhooks_allow_private, settings.webhooks_ca_file
    try:
        post(address, body.encode(), headers, allowed=allowed, ca_file=ca_file)
    except Unreached as failed:
        _note(waiting, failed)
        return False
    posting.was_taken(db.session, waiting.id, at=clock.now())
    db.session.commit()
    return True


def _note(waiting: posting.Waiting, failed: Unreached) -> None:
    reason, for_good, at = str(failed), failed.for_good, clock.now()
    posting.was_refused(db.session, waiting.id, reason=reason, for_good=for_good, at=at)
    if failed.unsent:
        posting.nobody_there(
            db.session, waiting.webhook_id, reason=reason, for_good=for_good, at=at
        )
    db.session.commit()


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
