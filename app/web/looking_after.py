"""What the pages of those who look after people and teams have in common."""

from typing import Any

import flask
from flask_login import current_user
from sqlalchemy.orm import selectinload

from app.administration.journal import Deed, DoneBefore
from app.db import db
from app.people.models import Membership, Person
from app.web.acting import ActForm
from app.web.headers import now
from app.web.render import me, see


def admins_only() -> None:
    """Answer 404 to everybody who does not look after the organisation."""
    if current_user.is_authenticated and not me().is_admin:
        flask.abort(404)


def done_before(_error: DoneBefore) -> Any:
    """Answer a second click with the page that the first one led to."""
    db.session.rollback()
    where = flask.request.view_args or {}
    if flask.request.path.startswith("/teams/"):
        return see("memberships.members", team_id=where["team_id"])
    if "log_id" in where:
        return see("imports.log", log_id=where["log_id"])
    if "person_id" in where:
        return see("administration.person", person_id=where["person_id"])
    return see("administration.people" if "/people" in flask.request.path else "organisation.teams")


def deed(form: ActForm) -> Deed:
    """Return who acts, when, with the key of the form."""
    return Deed(me(), now(), form.key.data)


def checked() -> ActForm:
    """Return the form of a button; 400 without its key."""
    form = ActForm()
    return form if form.validate() else flask.abort(400)


def load_person(person_id: int) -> Person:
    """Return somebody with their teams, also one who left."""
    places = selectinload(Person.memberships).joinedload(Membership.team)
    return db.session.get(Person, person_id, options=[places]) or flask.abort(404)
