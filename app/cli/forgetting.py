"""The worker's part in forgetting: what counts no more, a little at a time.

Events, messages, feedback and files are the history, and stay.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import flask

from app import clock
from app.config import Settings
from app.db import db
from app.notices.sending import forget_letters, forget_notices, forget_words
from app.people.actions import forget_invitations, forget_sessions, forget_tries
from app.people.answered import forget_answers
from app.people.links import forget_old_links
from app.requests.attention import forget_presence
from app.requests.record.keys import forget_keys
from app.webhooks.posting import forget_deliveries


def forget_old(_failed: set[object]) -> int:
    """Forget some of each kind, each in a transaction of its own; return how much there was."""
    settings: Settings = flask.current_app.extensions["baton"]
    longest = timedelta(seconds=settings.session_max_seconds)
    parts: tuple[Callable[..., int], ...] = (
        *(forget_tries, forget_old_links, forget_invitations, forget_answers, forget_presence),
        *(partial(forget_sessions, longest=longest), partial(forget_keys, longest=longest)),
        *(forget_words, forget_notices, forget_letters, forget_deliveries),
    )
    forgotten, at = 0, clock.now()
    for part in parts:
        forgotten += part(db.session, at=at)
        db.session.commit()
    return forgotten
