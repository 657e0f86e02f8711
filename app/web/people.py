"""One's own page: who I am to others, my password, my signed-in browsers."""

from datetime import timedelta
from typing import Any

import flask
from flask_wtf import FlaskForm

from app.archive.own import own_data
from app.config import Settings
from app.db import db
from app.feedback.learning import learning_of
from app.language import gettext
from app.language.writing import short_month
from app.people import actions
from app.people.factors import factors_of
from app.people.links import forget_links
from app.people.models import LoginSession, Person
from app.people.passwords import check_new_password, hash_password
from app.people.queries import browsers_of
from app.people.rules import DoorChange, WeakPassword, may_set_password
from app.web.entering import TOO_MANY, is_password_of, note_try, too_many
from app.web.forms.door import ChangePasswordForm, LanguageForm, NewPasswordForm, WorksForm
from app.web.headers import now
from app.web.own_doors import (
    asks_password,
    forget_what_was_seen,
    not_only_provider,
    note_change,
)
from app.web.render import me as person
from app.web.render import page, see
from app.web.sessions import sign_in_browser, this_session

bp = flask.Blueprint("people", __name__)
WHAT = "present password"


@bp.get("/me")
def me() -> Any:
    """Show my own page."""
    return show_me()


@bp.get("/me/learning")
def learning() -> Any:
    """Show what I may learn from the advice on my texts; to me alone."""
    found = learning_of(db.session, person(), at=now())
    return page("people/learning.html", learning=found, months=map(short_month, found.months))


@bp.get("/me/data")
def data() -> Any:
    """Give me everything of mine, as one JSON file, sent as it is read."""
    pieces = flask.stream_with_context(own_data(db.session, person()))
    answer = flask.Response(pieces, content_type="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename="my-baton.json")
    return answer


@bp.post("/me/works")
def save_works() -> Any:
    """Change what others read about when I work."""
    form = WorksForm()
    if not form.validate():
        return show_me(422, works=form)
    person().works = (form.works.data or "").strip()
    db.session.commit()
    flask.flash(gettext("Saved."), "good")
    return see("people.me")


@bp.post("/me/password")
@not_only_provider
def change_password() -> Any:
    """Take a new password; every other browser is signed out."""
    form = ChangePasswordForm()
    if not form.validate() or not _may_change(form):
        return show_me(422, password=form)
    _set_password(form.password.data)
    return see("people.me")


@bp.get("/me/new-password")
@not_only_provider
def new_password() -> Any:
    """Let somebody who came by a link choose a new password; others need the present one."""
    return _show_new_password(NewPasswordForm(formdata=None))


@bp.post("/me/new-password")
@not_only_provider
def save_new_password() -> Any:
    """Take a new password without the present one, soon after a link."""
    form = NewPasswordForm()
    if not _came_by_link():
        return _show_new_password(form, 403)
    if not form.validate() or not _is_strong(form):
        return _show_new_password(form, 422)
    _set_password(form.password.data)
    return see("work.mine")


@bp.post("/me/browsers/<int:session_id>/end")
def end_browser(session_id: int) -> Any:
    """Sign one of my browsers out."""
    row = db.session.get(LoginSession, session_id)
    if row is None or row.person_id != person().id:
        flask.abort(404)
    if row.revoked_at is None:
        actions.close_sessions(db.session, [row], at=now())
        note_change(DoorChange.BROWSER_ENDED)
    db.session.commit()
    return see("people.me")


@bp.post("/me/browsers/end")
def end_all_browsers() -> Any:
    """Sign out everywhere, here too."""
    actions.close_all_sessions(db.session, person(), at=now())
    note_change(DoorChange.ALL_ENDED)
    db.session.commit()
    flask.session.clear()
    return forget_what_was_seen(see("door.sign_in"))


def _may_change(form: ChangePasswordForm) -> bool:
    """Check the present password, guessing slowed down as at the door."""
    if too_many(email=person().email, what=WHAT):
        form.current.errors = [gettext(TOO_MANY)]
        return False
    if not is_password_of(person(), form.current.data):
        note_try(email=person().email, what=WHAT)
        form.current.errors = [gettext("This is not your present password.")]
        return False
    return _is_strong(form)


def _is_strong(form: NewPasswordForm) -> bool:
    try:
        check_new_password(form.password.data, email=person().email, name=person().name)
    except WeakPassword as reason:
        form.password.errors = [str(reason)]
        return False
    return True


def _set_password(password: str) -> None:
    """Set it; other browsers and links on their way end, and this browser gets a new key."""
    here = this_session()
    row_id, person_id = here.id if here else None, person().id
    db.session.rollback()  # hashing takes a while; nothing is locked meanwhile
    password_hash = hash_password(password)
    mine, at = db.session.get_one(Person, person_id), now()
    actions.set_password(db.session, mine, password_hash=password_hash, keep=row_id, at=at)
    forget_links(db.session, mine, at=at)
    note_change(DoorChange.PASSWORD_CHANGED, person=mine)
    key = actions.renew_key(db.session.get_one(LoginSession, row_id), at=at)
    db.session.commit()
    sign_in_browser(key)
    flask.flash(gettext("Your password is changed, and other browsers are signed out."), "good")


def _came_by_link() -> bool:
    here = this_session()
    return here is not None and may_set_password(here.door, opened_at=here.created_at, at=now())


def _show_new_password(form: NewPasswordForm, status: int = 200) -> Any:
    may = _came_by_link()
    return page("people/new_password.html", status=status, form=form, may=may)


def _open_sessions() -> list[LoginSession]:
    settings: Settings = flask.current_app.extensions["baton"]
    query = browsers_of(
        person(),
        seen_since=now() - timedelta(seconds=settings.session_idle_seconds),
        opened_since=now() - timedelta(seconds=settings.session_max_seconds),
    )
    return list(db.session.scalars(query))


def show_me(status: int = 200, **forms: FlaskForm) -> Any:
    """Show my own page; `forms` are those that somebody has filled in: not all is well with one."""
    here = this_session()
    fresh: dict[str, Any] = {
        "works": WorksForm(formdata=None, obj=person()),
        "password": ChangePasswordForm(formdata=None),
        "language": LanguageForm(formdata=None, data={"code": person().language or ""}),
    }
    return page(
        "people/me.html",
        status=status,
        browsers=_open_sessions(),
        here=here.id if here else None,
        has=factors_of(db.session, person()),
        by_password=asks_password(person()),
        **(fresh | forms),
    )
