"""One's own second step: set it up, change it, end it; the password is asked for again first."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import flask

from app.db import db
from app.language import gettext
from app.people import factors
from app.people.actions import renew_key
from app.people.app_codes import app_address, begin_app, confirm_app, drawn
from app.people.models import LoginSession
from app.people.passkeys import WrongKey, add_passkey, offer_passkey
from app.people.rules import DoorChange, is_sure
from app.web.entering import TOO_MANY, is_password_of, note_try, slowed, too_many
from app.web.forms.door import CodeForm, PasskeyForm, SureForm
from app.web.headers import now
from app.web.own_doors import asks_password, not_only_provider, note_change
from app.web.render import me, page, see
from app.web.second import WRONG_CODE, secret_keys, site
from app.web.sessions import KEY, needs_second_step, this_session

bp = flask.Blueprint("second_step", __name__)
WHAT, APP = "sure", "second step"
P = ParamSpec("P")


def sure_only(view: Callable[P, Any]) -> Callable[P, Any]:
    """Let a view act only for somebody who showed lately that it is them."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
        return view(*args, **kwargs) if _sure() else see("second_step.show")

    return guarded


@bp.get("/me/second-step")
def show() -> Any:
    """Show my second step, or ask for my password first."""
    if not _sure():
        return _ask(SureForm(formdata=None))
    return _show(CodeForm(formdata=None), PasskeyForm(formdata=None))


@bp.post("/me/second-step/sure")
@not_only_provider
def make_sure() -> Any:
    """Take my password again; this browser gets a new key."""
    form, row = SureForm(), _row()
    if not form.validate():
        return _ask(form, 422)
    if too_many(email=me().email, what=WHAT):
        form.current.errors = [gettext(TOO_MANY)]
        return slowed(_ask(form, 429))
    if not is_password_of(me(), form.current.data):
        note_try(email=me().email, what=WHAT)
        form.current.errors = [gettext("This is not your password.")]
        return _ask(form, 422)
    flask.session[KEY] = renew_key(row, at=now(), sure=True)
    db.session.commit()
    return see("second_step.show")


@bp.post("/me/second-step/app")
@sure_only
def begin() -> Any:
    """Begin with an app that makes codes."""
    begin_app(db.session, me(), keys=secret_keys())
    db.session.commit()
    return see("second_step.show")


@bp.post("/me/second-step/app/first-code")
@sure_only
def confirm() -> Any:
    """Take the first code of the app; from now on it is asked for."""
    form = CodeForm()
    if not form.validate():
        return _show(form, PasskeyForm(formdata=None), 422)
    if too_many(email=me().email, what=APP):
        form.code.errors = [gettext(TOO_MANY)]
        return slowed(_show(form, PasskeyForm(formdata=None), 429))
    first = not me().second_step
    if not confirm_app(db.session, me(), form.code.data, keys=secret_keys(), at=now()):
        note_try(email=me().email, what=APP)
        form.code.errors = [gettext(WRONG_CODE)]
        return _show(form, PasskeyForm(formdata=None), 422)
    return _set_up(first, DoorChange.APP_SET_UP)


@bp.post("/me/second-step/app/end")
@sure_only
def end_app() -> Any:
    """Ask for no code of the app any more."""
    ended, show = factors.end_app(db.session, me()), see("second_step.show")
    return _changed(gettext("The app is forgotten."), DoorChange.APP_FORGOTTEN) if ended else show


@bp.post("/me/second-step/passkeys/question")
def offer() -> Any:
    """Return what a device needs to make a passkey."""
    if not _sure():
        flask.abort(403)
    asked = offer_passkey(db.session, _row(), site())
    db.session.commit()
    return flask.Response(asked, mimetype="application/json")


@bp.post("/me/second-step/passkeys")
@sure_only
def add() -> Any:
    """Keep a passkey that my device made."""
    form, first = PasskeyForm(), not me().second_step
    if not form.validate():
        return _show(CodeForm(formdata=None), form, 422)
    name = (form.name.data or "").strip() or gettext("A passkey")
    try:
        add_passkey(db.session, _row(), site(), form.credential.data or "", name=name, at=now())
    except WrongKey:
        db.session.commit()  # its question is used up
        form.name.errors = [gettext("Your device did not make a passkey. Please try again.")]
        return _show(CodeForm(formdata=None), form, 422)
    return _set_up(first, DoorChange.PASSKEY_ADDED, name)


@bp.post("/me/second-step/passkeys/<int:passkey_id>/end")
@sure_only
def end_passkey(passkey_id: int) -> Any:
    """Forget one of my passkeys."""
    passkey = db.session.get(factors.Passkey, passkey_id)
    if passkey is None or passkey.person_id != me().id:
        flask.abort(404)
    name = passkey.name
    factors.end_passkey(db.session, me(), passkey)
    return _changed(gettext("The passkey is forgotten."), DoorChange.PASSKEY_FORGOTTEN, name)


@bp.post("/me/second-step/codes")
@sure_only
def renew_codes() -> Any:
    """Show new recovery codes, once; the old ones are gone."""
    if not me().second_step:
        return see("second_step.show")
    return _set_up(True, DoorChange.CODES_RENEWED)


def _row() -> LoginSession:
    return this_session() or flask.abort(401)


def _sure() -> bool:
    row = _row()
    return is_sure(
        has_password=asks_password(me()),
        sure_at=row.sure_at,
        opened_at=row.created_at,
        at=now(),
    )


def _set_up(with_codes: bool, change: DoorChange, what: str = "") -> Any:
    codes = factors.new_codes(db.session, me()) if with_codes else []
    if not codes:
        return _changed(gettext("That is kept."), change, what)
    note_change(change, what)
    db.session.commit()
    answer = page("people/recovery_codes.html", codes=codes)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _changed(words: str, change: DoorChange, what: str = "") -> Any:
    note_change(change, what)
    db.session.commit()
    flask.flash(words, "good")
    return see("second_step.show")


def _ask(form: SureForm, status: int = 200) -> Any:
    return page("people/sure.html", status=status, form=form, by_password=asks_password(me()))


def _show(code: CodeForm, passkey: PasskeyForm, status: int = 200) -> Any:
    begun = app_address(db.session, me(), keys=secret_keys())
    answer = page(
        "people/second_step.html",
        status=status,
        has=factors.factors_of(db.session, me()),
        code=code,
        passkey=passkey,
        secret=begun[0] if begun else None,
        drawing=drawn(begun[1]) if begun else None,
        must=needs_second_step(me()),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
