"""Making and ending webhooks, and sending a message once more. None of them commits."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.people.models import Person, Team
from app.webhooks.models import Delivery, Webhook
from app.webhooks.rules import OLD_SECRET_SIGNS_FOR, check_address, known_kinds


def make_webhook(
    session: Session,
    team: Team,
    *,
    address: str,
    events: Sequence[str],
    by: Person,
    form_key: str,
    plain: bool,
    at: datetime,
) -> Webhook:
    """Return a new webhook of `team`; the one made already when the form is sent twice.

    `plain` allows http://.

    :raises WrongAddress: for an address that nothing can be sent to.
    """
    check_address(address, plain=plain)
    session.refresh(team, with_for_update={"of": Team})
    query = select(Webhook).where(Webhook.team_id == team.id, Webhook.form_key == form_key)
    made = session.scalar(query)
    if made is None:
        made = Webhook(
            team_id=team.id,
            form_key=form_key,
            address=address,
            secret=new_secret(),
            events=known_kinds(events),
            made_by_id=by.id,
            created_at=at,
        )
        session.add(made)
        session.flush()
    return made


def new_secret() -> str:
    """Return a secret as Standard Webhooks wants it: `whsec_` and 32 random bytes in base64."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def renew_secret(session: Session, webhook: Webhook, *, form_key: str, at: datetime) -> str:
    """Give a webhook a new secret and return it; the same form again gives the same one.

    The one before signs beside it for 24 hours, so that a program can be told in between.
    """
    session.refresh(webhook, with_for_update={"of": Webhook})
    if webhook.renewal_key != form_key:
        webhook.old_secret, webhook.old_until = webhook.secret, at + OLD_SECRET_SIGNS_FOR
        webhook.secret, webhook.renewal_key = new_secret(), form_key
        session.flush()
    return webhook.secret


def secrets_of(webhook: Webhook, *, at: datetime) -> list[str]:
    """Return the secrets that sign at `at` (UTC), the newest first."""
    old = webhook.old_secret if webhook.old_until and at < webhook.old_until else None
    return [webhook.secret, *filter(None, [old])]


def end_webhook(session: Session, webhook: Webhook, *, at: datetime) -> None:
    """Send it nothing any more, also what is on its way."""
    webhook.ended_at = webhook.ended_at or at
    waiting = Delivery.next_try_at.is_not(None)
    session.execute(
        update(Delivery)
        .where(Delivery.webhook_id == webhook.id, waiting)
        .values(next_try_at=None, error="The webhook was ended.")
    )


def send_again(delivery: Delivery, *, at: datetime) -> None:
    """Let a message go out once more, with the same id, as patiently as the first time."""
    if delivery.next_try_at is None:
        delivery.taken_at, delivery.next_try_at, delivery.tries = None, at, 0
