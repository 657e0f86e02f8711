"""One's own page: who I am to others, my password, my signed-in browsers."""

from typing import Any

import flask
from sqlalchemy import select

from app.archive.own import own_data
from app.db import db
from app.feedback.learning import learning_of
from app.people import actions
from app.people.models import LoginSession
from app.people.passwords import hash_password, password_fits
from app.people.rules import WeakPassword, check_password
from app.web.forms.door import ChangePasswordForm, WorksForm
from app.web.headers import now
from app.web.render import me as person
from app.web.render import page, see
from app.web.sessions import this_session

bp = flask.Blueprint("people", __name__)


@bp.get("/me")
def me() -> Any:
    """Show my own page."""
    return _show(WorksForm(formdata=None, obj=person()), ChangePasswordForm(formdata=None))


@bp.get("/me/learning")
def learning() -> Any:
    """Show what I may learn from the advice on my texts; to me alone."""
    return page("people/learning.html", learning=learning_of(db.session, person(), at=now()))


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
        return _show(form, ChangePasswordForm(formdata=None), 422)
    person().works = (form.works.data or "").strip()
    db.session.commit()
    flask.flash("Saved.", "good")
    return see("people.me")


@bp.post("/me/password")
def change_password() -> Any:
    """Take a new password; every other browser is signed out."""
    form, works = ChangePasswordForm(), WorksForm(formdata=None, obj=person())
    if not form.validate() or not _may_change(form):
        return _show(works, form, 422)
    person_id = person().id
    db.session.rollback()  # hashing takes a while; nothing is locked meanwhile
    password_hash = hash_password(form.password.data)
    mine = db.session.get_one(type(person()), person_id)
    mine.password_hash = password_hash
    actions.close_sessions(db.session, _others(), at=now())
    db.session.commit()
    flask.flash("Your password is changed, and other browsers are signed out.", "good")
    return see("people.me")


@bp.post("/me/browsers/<int:session_id>/end")
def end_browser(session_id: int) -> Any:
    """Sign one of my browsers out."""
    row = db.session.get(LoginSession, session_id)
    if row is None or row.person_id != person().id:
        flask.abort(404)
    actions.close_sessions(db.session, [row], at=now())
    db.session.commit()
    return see("people.me")


@bp.post("/me/browsers/end")
def end_all_browsers() -> Any:
    """Sign out everywhere, here too."""
    actions.close_sessions(db.session, _open_sessions(), at=now())
    db.session.commit()
    flask.session.clear()
    return see("door.sign_in")


def _may_change(form: ChangePasswordForm) -> bool:
    if not password_fits(form.current.data, person().password_hash):
        form.current.errors = ["This is not your present password."]
        return False
    try:
        check_password(form.password.data, email=person().email)
    except WeakPassword as reason:
        form.password.errors = [str(reason)]
        return False
    return True


def _open_sessions() -> list[LoginSession]:
    query = (
        select(LoginSession)
        .where(LoginSession.person_id == person().id, LoginSession.revoked_at.is_(None))
        .order_by(LoginSession.seen_at.desc(), LoginSession.id)
    )
    return list(db.session.scalars(query))


def _others() -> list[LoginSession]:
    here = this_session()
    return [row for row in _open_sessions() if here is None or row.id != here.id]


def _show(works: WorksForm, password: ChangePasswordForm, status: int = 200) -> Any:
    here = this_session()
    return page(
        "people/me.html",
        status=status,
        works=works,
        password=password,
        browsers=_open_sessions(),
        here=here.id if here else None,
    )
