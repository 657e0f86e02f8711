"""Somebody leaves: one screen for all they hold."""

from typing import Any

import flask
from flask_wtf import FlaskForm

from app.administration import actions
from app.administration.actions import Refused
from app.administration.leaving import WorkMoved, asked_of, colleagues, leave, open_work
from app.db import db
from app.language import gettext, gettext_noop
from app.people.models import Person
from app.requests.models import Request
from app.requests.queries import visible_to
from app.requests.rules import CONFIRM_AFTER
from app.web.acting import ActForm, new_key
from app.web.looking_after import admins_only, checked, deed, load_person
from app.web.numbers import as_number, is_number
from app.web.render import me, page, see

bp = flask.Blueprint("leaving", __name__)
bp.before_request(admins_only)
MOVED = gettext_noop(
    "What they hold changed meanwhile. Please look it over once more; your choices are kept."
)


@bp.route("/admin/people/<int:person_id>/leave", methods=["GET", "POST"])
def ask(person_id: int) -> Any:
    """Show what somebody holds; hand it over and deactivate them."""
    found, form = load_person(person_id), ActForm()
    if not found.is_active:
        return see("administration.person", person_id=person_id)
    status = 200
    errors: dict[str, str] = {}
    if form.is_submitted():
        status, errors = _leave(found, form) if form.validate() else (400, {})
    if status == 303:
        said = gettext("%(name)s has left. What they did here stays.", name=found.name)
        flask.flash(said, "good")
        return see("administration.person", person_id=person_id)
    return _show(found, form, errors, status)


@bp.post("/admin/people/<int:person_id>/browsers/end")
def end_browsers(person_id: int) -> Any:
    """Sign somebody out everywhere, because a browser of theirs was lost."""
    found, form = load_person(person_id), checked()
    actions.end_browsers(db.session, found, deed=deed(form))
    db.session.commit()
    flask.flash(gettext("%(name)s is signed out everywhere.", name=found.name), "good")
    return see("administration.person", person_id=person_id)


def _leave(found: Person, form: ActForm) -> tuple[int, dict[str, str]]:
    """Return the status to answer with, and sentences by the part they are about."""
    try:
        leave(db.session, found, _chosen(), deed=deed(form))
    except WorkMoved:
        db.session.rollback()
        form.key.data = new_key()
        return 409, {"all": gettext(MOVED)}
    except Refused as wrong:
        db.session.rollback()
        return 422, {wrong.part: str(wrong)}
    db.session.commit()
    return 303, {}


def _chosen() -> dict[int, int | None]:
    """Return for each request that was shown whom it goes to; a colleague's id or None."""
    prefix, found = "to-", {}
    for name, value in flask.request.form.items():
        number = name.removeprefix(prefix)
        if name.startswith(prefix) and is_number(number) and is_number(value):
            found[as_number(number)] = as_number(value) or None
    return found


def _show(found: Person, form: FlaskForm, errors: dict[str, str], status: int) -> Any:
    held: list[Request] = list(db.session.scalars(open_work(found)))
    asked = asked_of(db.session, found)
    ids = [request.id for request in [*held, *asked.waiting, *asked.last_words]]
    mine = visible_to(me()).with_only_columns(Request.id).where(Request.id.in_(ids))
    return page(
        "admin/leave.html",
        status=status,
        person=found,
        form=form,
        held=held,
        asked=asked,
        confirm_after=CONFIRM_AFTER,
        seen=set(db.session.scalars(mine)),
        others=colleagues(db.session, found, {request.team_id for request in held}),
        chosen=_chosen() if form.is_submitted() else {},
        errors=errors,
    )
