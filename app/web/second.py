"""The second step at the door: a code, or a passkey."""

from typing import Any

import flask

from app.config import Settings
from app.db import db
from app.language import gettext, gettext_noop
from app.people.app_codes import code_fits
from app.people.models import LoginSession
from app.people.passkeys import Site, WrongKey, ask_passkey, check_passkey
from app.web.entering import TOO_MANY, enter_whole, note_try, slowed, too_many
from app.web.forms.door import CodeForm
from app.web.headers import now
from app.web.render import see
from app.web.second_look import show_second
from app.web.sessions import half_session

bp = flask.Blueprint("second", __name__)
WHAT = "second step"
WRONG_CODE = gettext_noop("This code does not fit. Your app may show a newer one by now.")


@bp.get("/sign-in/second")
def look() -> Any:
    """Ask for the second step again."""
    half = half_session()
    if half is None:
        return see("door.sign_in")
    return show_second(half.person, CodeForm(formdata=None))


@bp.post("/sign-in/second")
def enter_code() -> Any:
    """Let somebody in by a code of their app, or by a recovery code."""
    half, form = half_session(), CodeForm()
    if half is None:
        return see("door.sign_in")
    if not form.validate():
        return show_second(half.person, form, 422)
    if too_many(email=half.person.email, what=WHAT):
        return _refuse(half, form, gettext(TOO_MANY), 429)
    if not code_fits(db.session, half.person, form.code.data, keys=secret_keys(), at=now()):
        return _wrong(half, form, gettext(WRONG_CODE))
    return enter_whole(half, there=form.next.data or "", kept=form.kept.data or "")


@bp.post("/sign-in/second/question")
def ask_key() -> Any:
    """Return what a device needs to show a passkey."""
    half = half_session()
    if half is None:
        flask.abort(404)
    asked = ask_passkey(db.session, half, site())
    db.session.commit()
    return flask.Response(asked, mimetype="application/json")


@bp.post("/sign-in/second/passkey")
def enter_key() -> Any:
    """Let somebody in by a passkey."""
    half, form = half_session(), CodeForm()
    if half is None:
        return see("door.sign_in")
    if too_many(email=half.person.email, what=WHAT):
        return _refuse(half, form, gettext(TOO_MANY), 429)
    try:
        check_passkey(db.session, half, site(), form.credential.data or "", at=now())
    except WrongKey:
        said = gettext("This passkey does not fit. Please try again, or use a code.")
        return _wrong(half, form, said)
    return enter_whole(half, there=form.next.data or "", kept=form.kept.data or "")


def site() -> Site:
    """Return the address that passkeys are made for."""
    settings: Settings = flask.current_app.extensions["baton"]
    return Site(settings.address)


def secret_keys() -> list[str]:
    """Return the secret keys of this installation, the present one first."""
    settings: Settings = flask.current_app.extensions["baton"]
    return [settings.secret_key, *settings.secret_key_fallbacks]


def _wrong(half: LoginSession, form: CodeForm, sentence: str) -> Any:
    note_try(email=half.person.email, what=WHAT)
    return _refuse(half, form, sentence, 422)


def _refuse(half: LoginSession, form: CodeForm, sentence: str, status: int) -> Any:
    form.code.errors = [sentence]
    answer = show_second(half.person, form, status)
    return slowed(answer) if status == 429 else answer
