"""Sign in and out."""

from typing import Any

import flask

from app.config import Settings
from app.db import db
from app.language import gettext, gettext_noop
from app.people import actions
from app.people.links import forget_links
from app.people.models import Invitation, Person
from app.people.passwords import check_new_password, hash_password, is_outdated, password_fits
from app.people.queries import people_by_department, person_by_email
from app.people.rules import Door, DoorChange, WeakPassword
from app.web import keeping
from app.web.entering import TOO_MANY, enter, note_try, slowed, too_many
from app.web.forms.door import NewPasswordForm, SignInForm
from app.web.headers import now
from app.web.own_doors import forget_what_was_seen, not_only_provider, note_change, only_provider
from app.web.render import page, see
from app.web.sessions import this_session

bp = flask.Blueprint("door", __name__)
WRONG = gettext_noop("This e-mail address and password do not belong together.")


@bp.get("/healthz")
def health() -> str:
    """Say that this process answers."""
    return "ok"


@bp.get("/sign-in")
def sign_in() -> Any:
    """Show the door; to somebody who posted while signed out, with their words kept."""
    form = SignInForm(formdata=None)
    form.next.data = flask.request.args.get("next", "")
    form.kept.data = keeping.posted_words()
    return show_door(form, 200 if flask.request.method == "GET" else 401)


@bp.post("/sign-in")
@not_only_provider
def sign_in_with_password() -> Any:
    """Sign in with e-mail and password."""
    form = SignInForm()
    if not form.validate():
        return show_door(form, 422)
    if too_many(email=form.email.data):
        form.password.errors = [gettext(TOO_MANY)]
        return slowed(show_door(form, 429))
    person = _known(form.email.data, form.password.data)
    if person is None:
        note_try(email=form.email.data)
        form.password.errors = [gettext(WRONG)]
        return show_door(form, 422)
    return enter(person, Door.PASSWORD, there=form.next.data or "", kept=form.kept.data or "")


@bp.post("/demo/<int:person_id>")
def sign_in_as(person_id: int) -> Any:
    """Sign in as anybody, with one click; only in the demo."""
    if not flask.current_app.extensions["baton"].demo or only_provider():
        flask.abort(404)
    person = db.session.get(Person, person_id)
    if person is None or not person.is_active:
        flask.abort(404)
    given = flask.request.form
    return enter(person, Door.DEMO, there=given.get("next", ""), kept=given.get("kept", ""))


@bp.post("/sign-out")
def sign_out() -> Any:
    """Sign this browser out."""
    row = this_session()
    if row is not None:
        actions.close_sessions(db.session, [row], at=now())
    db.session.commit()
    flask.session.clear()
    return forget_what_was_seen(see("door.sign_in"))


@bp.get("/invitations/<token>")
def invitation(token: str) -> Any:
    """Let an invited person choose a password."""
    return _invited(_invitation(token), NewPasswordForm(formdata=None), token)


@bp.post("/invitations/<token>")
@not_only_provider
def accept_invitation(token: str) -> Any:
    """Set the first password and sign in."""
    found, form = _invitation(token), NewPasswordForm()
    if not form.validate():
        return _invited(found, form, token, 422)
    try:
        check_new_password(form.password.data, email=found.person.email, name=found.person.name)
    except WeakPassword as reason:
        form.password.errors = [str(reason)]
        return _invited(found, form, token, 422)
    return enter(_accepted(token, form.password.data), Door.INVITATION)


def _accepted(token: str, password: str) -> Person:
    """Use an invitation up; 404 for the second of two clicks, as for any that was used."""
    db.session.rollback()  # hashing takes a while; nothing is locked meanwhile
    password_hash = hash_password(password)
    found = _invitation(token)
    try:
        actions.accept(db.session, found, password_hash=password_hash, at=now())
    except actions.Unusable:
        flask.abort(404)
    forget_links(db.session, found.person, at=now())
    note_change(DoorChange.INVITATION_USED, person=found.person)
    return found.person


def _known(email: str, password: str) -> Person | None:
    person = person_by_email(db.session, email)
    person_id, known = (person.id, person.password_hash) if person else (None, None)
    db.session.rollback()  # hashing takes a while; nothing is locked meanwhile
    fits = password_fits(password, known)
    renewed = hash_password(password) if fits and known and is_outdated(known) else None
    person = db.session.get(Person, person_id) if fits and person_id else None
    if person is not None and renewed:
        person.password_hash = renewed
    return person if person is not None and person.is_active else None


def show_door(form: SignInForm, status: int) -> flask.Response:
    """Show the door as it is in this installation."""
    settings: Settings = flask.current_app.extensions["baton"]
    answer: flask.Response = page(
        "door/sign_in.html",
        status=status,
        form=form,
        cast=people_by_department(db.session) if settings.demo and not only_provider() else [],
        by_password=not only_provider(),
        by_mail=bool(settings.mail_server),
        provider=settings.oidc_name if settings.oidc_issuer else None,
    )
    return answer


def _invitation(token: str) -> Invitation:
    try:
        return actions.find_invitation(db.session, token, at=now())
    except actions.Unusable:
        flask.abort(404)


def _invited(found: Invitation, form: NewPasswordForm, token: str, status: int = 200) -> Any:
    provider = flask.current_app.extensions["baton"].oidc_name if only_provider() else None
    return page(
        "door/invitation.html",
        status=status,
        form=form,
        person=found.person,
        token=token,
        provider=provider,
    )
