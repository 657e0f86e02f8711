"""Who asks: the token of a program, what it may do, and how often it may ask.

Cookies mean nothing here. Looking the token up and counting happen in short transactions of their
own, before the one that answers begins, so that a GET stays a reader and a POST never waits for
itself.
"""

from datetime import timedelta
from typing import Final

import flask
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden, TooManyRequests, Unauthorized, UnsupportedMediaType

from app.api.asking import PREFIX, now
from app.db import db, reads_only
from app.language import gettext
from app.people.programs import WINDOW, count_use, fitting_token, load_token, window_of

OPEN: Final = frozenset({"api-docs.openapi_json"})
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: flask.Flask) -> None:
    """Ask everybody below `PREFIX` for a token, and say how much is left in the answer."""
    app.before_request(_let_in)
    app.before_request(_take_json_only)
    app.after_request(_tell_limits)


def _let_in() -> None:
    if not flask.request.path.startswith(PREFIX) or flask.request.endpoint in OPEN:
        return
    shown = _shown_token()
    with Session(db.engine) as session:
        reads_only.set(True)
        known = fitting_token(session, shown, at=now())
    if known is None:
        raise Unauthorized(
            gettext("Please send a token that is valid: Authorization: Bearer baton_…")
        )
    token_id, may_write = known
    _count(token_id)
    if flask.request.method not in SAFE and not may_write:
        raise Forbidden(gettext("This token may only read; it lacks the scope “write”."))
    flask.request.get_data()  # a slow one is waited for before a transaction begins that may write
    flask.g.token = load_token(db.session, token_id)


def _take_json_only() -> None:
    request = flask.request
    if not request.path.startswith(PREFIX) or request.method in SAFE:
        return
    has_body = request.content_length or "Transfer-Encoding" in request.headers
    if has_body and not request.is_json:
        raise UnsupportedMediaType(gettext("Please send JSON, as Content-Type: application/json."))


def _shown_token() -> str:
    given = flask.request.authorization
    if given is None:
        raise Unauthorized(gettext("Please send a token: Authorization: Bearer baton_…"))
    return (given.token or "") if given.type == "bearer" else ""


def _count(token_id: int) -> None:
    reads_only.set(False)
    with Session(db.engine) as session:
        count = count_use(session, token_id, at=now())
        session.commit()
    reads_only.set(flask.request.method in SAFE)
    limit: int = flask.current_app.extensions["baton"].api_per_minute
    flask.g.limits = limit, max(0, limit - count), _seconds_left()
    if count > limit:
        raise TooManyRequests(gettext("This token may ask %(limit)s times a minute.", limit=limit))


def _seconds_left() -> int:
    """Return how many seconds are left of this window, at least one."""
    ends = window_of(now()) + timedelta(seconds=WINDOW)
    return max(1, int((ends - now()).total_seconds()))


def _tell_limits(response: flask.Response) -> flask.Response:
    if flask.request.path.startswith(PREFIX):
        response.vary.add("Authorization")
    if limits := flask.g.get("limits"):
        limit, left, seconds = limits
        response.headers["RateLimit-Policy"] = f'"token";q={limit};w={WINDOW}'
        response.headers["RateLimit"] = f'"token";r={left};t={seconds}'
    return response
