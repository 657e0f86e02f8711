"""The worker's part in forgetting: what counts no more, a little at a time.

Events, messages, feedback and files are the history, and stay.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import flask

from app import clock
from app.config import Settings
from app.db import AWAY, db
from app.notices.sending import forget_letters, forget_notices, forget_words
from app.people.actions import forget_invitations, forget_sessions, forget_tries
from app.people.answered import forget_answers
from app.people.links import forget_old_links
from app.requests.attention import forget_presence
from app.requests.record.keys import forget_keys
from app.webhooks.posting import forget_deliveries

log = logging.getLogger("baton.worker")


def forget_old(failed: set[object]) -> int:
    """Forget some of each kind, each in a transaction of its own; return how much there was.

    A kind that cannot be forgotten is logged and left for the next start.
    """
    settings: Settings = flask.current_app.extensions["baton"]
    longest = timedelta(seconds=settings.session_max_seconds)
    parts: dict[str, Callable[..., int]] = {
        "tries": forget_tries,
        "links": forget_old_links,
        "invitations": forget_invitations,
        "browsers": partial(forget_sessions, longest=longest),
        "keys of forms": partial(forget_keys, longest=longest),
        "presence": forget_presence,
        "answers to programs": forget_answers,
        "messages to programs": forget_deliveries,
        "words of letters": forget_words,
        "notices": forget_notices,
        "letters": forget_letters,
    }
    due = [(name, part) for name, part in parts.items() if ("forgetting", name) not in failed]
    return sum(_forget(part, name, failed) for name, part in due)


def _forget(part: Callable[..., int], name: str, failed: set[object]) -> int:
    try:
        forgotten = part(db.session, at=clock.now())
        db.session.commit()
    except AWAY:
        raise  # no fault of what was to be forgotten
    except Exception:
        db.session.rollback()
        failed.add(("forgetting", name))
        log.exception("not forgotten: %s", name)
        return 0
    return forgotten
