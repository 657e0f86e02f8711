"""Signed-in browsers: our own revocable session rows behind Flask-Login, and the door.

The signed cookie holds a random key; its hash finds the row, the person and their teams in one go.
Nobody passes to any page but the public ones without it.
"""

from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

import flask
from flask_login import LoginManager, current_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy import update

from app.db import db, reads_only
from app.notices.queries import unread, unread_of
from app.people.actions import digest
from app.people.models import LoginSession, Person
from app.people.queries import half_signed_in
from app.people.rules import Door, opens
from app.people.signed_in import WHOSE, SignedIn, signed_in_as
from app.web.cookies import Cookies
from app.web.headers import SAFE, now

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
        "links.ask",
        "links.look",
        "links.enter_by_link",
        "provider.leave",
        "provider.come_back",
        "second.look",
        "second.enter_code",
        "second.ask_key",
        "second.enter_key",
        "unsubscribe.ask",
        "unsubscribe.end",
        "programs.calendar",
    }
)
PROGRAMS = "/api/"  # they have a door of their own, where no cookie counts: app/api/door.py
UNREAD: Final = unread_of(WHOSE).scalar_subquery()  # every page shows how many
KEY = "key"
HALF = "half"  # the key of a browser that waits for its second step
# Where somebody without a second step may go, when this installation wants one of them.
SETTING_UP = frozenset({"static", "door.sign_out"})


def init_app(app: flask.Flask) -> None:
    """Set up who is signed in, and shut the door by default."""
    app.session_interface = Cookies(app)
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)
    manager.request_loader(_load)
    app.before_request(_door)
    app.after_request(_touch)


def sign_in_browser(key: str) -> None:
    """Let this browser keep `key`; everything it held before, its CSRF token too, is gone."""
    _begin_afresh()
    flask.session[KEY] = key
    flask.session.permanent = True


def wait_for_second_step(key: str) -> None:
    """Let this browser keep `key` until its second step is done; it is signed in to nothing."""
    _begin_afresh()
    flask.session[HALF] = key


def _begin_afresh() -> None:
    """Forget what this browser held, and who it was; the page of this very answer asks again."""
    flask.session.clear()
    for made_before in ("csrf_token", "_login_user", "signed_in"):
        flask.g.pop(made_before, None)


def needs_second_step(person: Person) -> bool:
    """Say whether this installation wants a second step of somebody."""
    settings = flask.current_app.extensions["baton"]
    wanted: bool = settings.second_step_for_admins and person.is_admin
    return wanted or settings.second_step_for_everybody


def half_session() -> LoginSession | None:
    """Return the row of a browser that waits for its second step."""
    key = flask.session.get(HALF)
    return half_signed_in(db.session, digest(key), at=now()) if key else None


def this_session() -> LoginSession | None:
    """Return the row behind this browser, if it is signed in."""
    here = _here()
    return db.session.get(LoginSession, here.session_id) if here else None


def _here() -> SignedIn | None:
    here: SignedIn | None = flask.g.get("signed_in")
    return here


def unread_here() -> int:
    """Return how many notices are unread; anew where somebody acts, who may have read some."""
    here = _here()
    if here and flask.request.method in SAFE:
        return here.besides
    return unread(db.session, current_user, at=now())


def csrf_token() -> str:
    """Return the token that this page's forms carry.

    It is good as long as the browser's session, and so signed once for all pages of it.
    """
    token: str | None = flask.g.get("csrf_token")
    if token is None:
        secret = flask.session.get("csrf_token")
        token = _signed(flask.current_app.secret_key, secret) if secret else generate_csrf()
        flask.g.csrf_token = token  # where Flask-WTF looks for it
    return token


@lru_cache(maxsize=4096)
def _signed(_key: object, _secret: str) -> str:
    token: str = generate_csrf()
    return token


def _load(_request: flask.Request) -> Person | None:
    key = flask.session.get(KEY)
    here = signed_in_as(db.session, digest(key), UNREAD, at=now()) if key else None
    settings = flask.current_app.extensions["baton"]
    idle = timedelta(seconds=settings.session_idle_seconds)
    at_most = timedelta(seconds=settings.session_max_seconds)
    if here is None or not here.person.is_active or now() - here.seen_at > idle:
        return None
    shut = not opens(here.door, only_provider=settings.only_provider)
    if shut or now() - here.created_at >= at_most:
        return None
    flask.g.signed_in = here
    flask.g.person_id = here.person.id
    return here.person


def _touch(response: flask.Response) -> flask.Response:
    """Remember, at most hourly, that the browser is in use; apart from the page's own reading."""
    here = _here()
    if flask.g.get("database_away") or here is None:
        return response
    if now() - here.seen_at > timedelta(hours=1):
        db.session.rollback()  # the answer is made; SQLite has one writer, and this is another
        before = reads_only.get()
        reads_only.set(False)
        with db.engine.begin() as connection:
            connection.execute(
                update(LoginSession).where(LoginSession.id == here.session_id).values(seen_at=now())
            )
        reads_only.set(before)  # a table may still be read as it is sent
    return response


def _door() -> Any:
    endpoint = flask.request.endpoint
    if flask.request.path.startswith(PROGRAMS):
        return None
    if endpoint is None or endpoint in PUBLIC:
        return None
    if current_user.is_authenticated:
        return _second_step_first(endpoint)
    if flask.request.method in ("GET", "HEAD"):
        there = flask.request.full_path.rstrip("?")
        return flask.redirect(flask.url_for("door.sign_in", next=there), 303)
    return flask.current_app.view_functions["door.sign_in"]()


def _second_step_first(endpoint: str) -> Any:
    """Send somebody who needs a second step, and has none, to where it is set up."""
    here = _here()
    if here is None or not needs_second_step(here.person):
        return None
    asked = Door(here.door).asks_second_step and not here.person.second_step
    if not asked or endpoint in SETTING_UP or endpoint.startswith("second_step."):
        return None
    return flask.redirect(flask.url_for("second_step.show"), 303)
