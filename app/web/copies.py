"""Pages of figures from a copy of the database, where there is one that is good enough.

Who looks, what they may open and what they have just done always come from the database itself.
"""

import functools
import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import flask
from werkzeug.exceptions import NotFound

from app.db import AWAY, db, reading_from
from app.replica import Replica
from app.requests.queries import acted_since
from app.requests.record.recounting import is_recounting
from app.web.headers import now
from app.web.render import me

SLOW_ACT = timedelta(seconds=30)


def from_copy(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let `view`, which only reads, read from the copy.

    When the copy goes away in the middle, or does not have yet what was asked for, the database
    itself is asked once more.
    """

    @functools.wraps(view)
    def answer(**values: Any) -> Any:
        flask.g.recounting = is_recounting(db.session)
        copy = _good_copy()
        if copy is None:
            return view(**values)
        try:
            with copy.reading():
                return view(**values)
        except NotFound:
            pass
        except AWAY:
            copy.rest()
        db.session.rollback()
        flask.g.copy_behind_s = 0
        return view(**values)

    return answer


def not_from_copy() -> AbstractContextManager[None]:
    """Let the database itself be read until the block ends."""
    return reading_from(None)


def _good_copy() -> Replica | None:
    """Return the copy when it is near enough, and has what this person has done."""
    copy: Replica | None = flask.current_app.extensions["baton_replica"]
    behind = copy.behind(db.session) if copy else None
    if copy is None or behind is None:
        return None
    # An act carries the instant at which it began, some seconds before it was there.
    if behind and acted_since(db.session, me().id, now() - behind - SLOW_ACT):
        return None
    flask.g.copy_behind_s = math.ceil(behind.total_seconds())
    return copy
