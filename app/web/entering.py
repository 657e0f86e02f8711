"""What all doors have in common: slowed guessing, a fresh session, the second step."""

import logging
from typing import Any

import flask
from flask_login import current_user

from app.db import db
from app.language import gettext_noop
from app.people import actions
from app.people.models import LoginSession, Person
from app.people.passwords import password_fits
from app.people.rules import Door
from app.web import keeping
from app.web.forms.door import CodeForm
from app.web.headers import now
from app.web.render import is_local, page
from app.web.second_look import show_second
from app.web.sessions import sign_in_browser, this_session, wait_for_second_step

log = logging.getLogger("baton.security")
TOO_MANY = gettext_noop("That were many tries. Please wait a quarter of an hour.")


def too_many(*, email: str | None, what: str = "") -> bool:
    """Count a try and say whether this door is shut for a while, for an account or this address.

    It stays counted only where `note_try` says that it did not open. Commits.
    """
    who: Any = {"email": email, "address": flask.request.remote_addr or "", "at": now()}
    flask.g.tries = actions.count_try(db.session, **who, what=what)
    db.session.commit()
    flask.after_this_request(_uncount)
    if actions.is_too_many(db.session, **who, what=what):
        _tell("a door is shut for a while", what or Door.PASSWORD)
        return True
    return False


def note_try(*, email: str | None, what: str = "") -> None:
    """Let a try that did not open count. Commits."""
    if flask.g.pop("tries", None) is None:
        address = flask.request.remote_addr or ""
        actions.count_try(db.session, email=email, address=address, at=now(), what=what)
    db.session.commit()
    _tell("a door did not open", what or Door.PASSWORD)


def _uncount(answer: flask.Response) -> flask.Response:
    if tries := flask.g.pop("tries", None):
        db.session.rollback()
        actions.uncount(db.session, tries)
        db.session.commit()
    return answer


def slowed(answer: flask.Response) -> flask.Response:
    """Say in an answer when to try again."""
    answer.headers["Retry-After"] = str(int(actions.WINDOW.total_seconds()))
    return answer


def is_password_of(person: Person, typed: str) -> bool:
    """Say whether `typed` is the person's password. Nothing is locked while it is hashed."""
    known = person.password_hash
    db.session.rollback()
    return password_fits(typed, known)


def enter(person: Person, door: Door, *, there: str = "", kept: str = "") -> Any:
    """Sign this browser in, or ask for the second step first. Commits."""
    waits = person.second_step and door.asks_second_step
    key = _open(person, door, waits=waits)
    _tell("waits for the second step" if waits else "came in", door, person)
    if not waits:
        sign_in_browser(key)
        return _arrive(there, kept)
    wait_for_second_step(key)
    form = CodeForm(formdata=None)
    form.next.data, form.kept.data = there, kept
    return show_second(person, form)


def enter_whole(half: LoginSession, *, there: str, kept: str) -> Any:
    """Sign a browser in whose second step is done. Commits."""
    actions.close_sessions(db.session, [half], at=now())
    key = _open(half.person, Door(half.door), waits=False)
    _tell("came in by a second step", half.door, half.person)
    sign_in_browser(key)
    return _arrive(there, kept)


def _tell(event: str, door: str, person: Person | None = None) -> None:
    """Write a line for those who look for break-ins; what was typed never stands in it."""
    known: dict[str, object] = {"door": str(door), "from": flask.request.remote_addr}
    known |= {"person_id": person.id if person else None, "request_id": flask.g.get("request_id")}
    log.info(event, extra=known)


def _open(person: Person, door: Door, *, waits: bool) -> str:
    """Open a session; the one that this browser had before is over."""
    before = this_session() if current_user.is_authenticated else None
    if before is not None:
        actions.close_sessions(db.session, [before], at=now())
    agent = flask.request.user_agent.string
    key = actions.open_session(db.session, person, browser=agent, at=now(), door=door, waits=waits)
    db.session.commit()
    return key


def _arrive(there: str, kept_text: str) -> Any:
    if kept := keeping.read_kept(kept_text):
        return page("door/kept.html", kept=kept, hidden=keeping.hidden_values(kept))
    return flask.redirect(there if is_local(there) else flask.url_for("work.mine"), 303)
