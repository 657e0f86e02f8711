"""Signed-in browsers: our own revocable session rows behind Flask-Login, and the door.

The signed cookie holds a random key; its hash finds the row, the person and their teams in one go.
Nobody passes to any page but the public ones without it.
"""

from datetime import timedelta
from typing import Any

import flask
from flask_login import LoginManager, current_user
from sqlalchemy import update

from app.db import db, reads_only
from app.people.actions import digest
from app.people.models import LoginSession, Person
from app.people.queries import signed_in_as
from app.web.headers import now

PUBLIC = frozenset(
    {
        "static",
        "door.sign_in",
        "door.sign_in_with_password",
        "door.sign_in_as",
        "door.invitation",
        "door.accept_invitation",
        "door.health",
        "probes.ready",
        "probes.metrics",
        "unsubscribe.ask",
        "unsubscribe.end",
        "programs.calendar",
    }
)
PROGRAMS = "/api/"  # they have a door of their own, where no cookie counts: app/api/door.py
KEY = "key"


def init_app(app: flask.Flask) -> None:
    """Set up who is signed in, and shut the door by default."""
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)
    manager.request_loader(_load)
    app.before_request(_door)
    app.after_request(_touch)


def sign_in_browser(key: str) -> None:
    """Let this browser keep `key`; everything it held before, its CSRF token too, is gone."""
    flask.session.clear()
    flask.g.pop("csrf_token", None)  # made for the session that is gone
    flask.session[KEY] = key
    flask.session.permanent = True


def this_session() -> LoginSession | None:
    """Return the row behind this browser, if it is signed in."""
    row: LoginSession | None = flask.g.get("login_session")
    return row


def _load(_request: flask.Request) -> Person | None:
    key = flask.session.get(KEY)
    row = signed_in_as(db.session, digest(key)) if key else None
    settings = flask.current_app.extensions["baton"]
    idle = timedelta(seconds=settings.session_idle_seconds)
    if row is None or not row.person.is_active or now() - row.seen_at > idle:
        return None
    flask.g.login_session = row
    flask.g.person_id = row.person_id
    return row.person


def _touch(response: flask.Response) -> flask.Response:
    """Remember, at most hourly, that the browser is in use; apart from the page's own reading."""
    row = this_session()
    if flask.g.get("database_away"):
        return response
    if row is not None and now() - row.seen_at > timedelta(hours=1):
        row_id = row.id
        db.session.rollback()  # the answer is made; SQLite has one writer, and this is another
        reads_only.set(False)
        with db.engine.begin() as connection:
            connection.execute(
                update(LoginSession).where(LoginSession.id == row_id).values(seen_at=now())
            )
    return response


def _door() -> Any:
    endpoint = flask.request.endpoint
    if flask.request.path.startswith(PROGRAMS):
        return None
    if endpoint is None or endpoint in PUBLIC or current_user.is_authenticated:
        return None
    if flask.request.method in ("GET", "HEAD"):
        there = flask.request.full_path.rstrip("?")
        return flask.redirect(flask.url_for("door.sign_in", next=there), 303)
    return flask.current_app.view_functions["door.sign_in"]()
