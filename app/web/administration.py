"""People, looked after by admins; to anybody else there is nothing here."""

from typing import Any

import flask
from wtforms.fields.choices import SelectChoice

from app.administration import actions, leaving
from app.administration.actions import Refused
from app.administration.queries import everybody
from app.db import db
from app.language import gettext
from app.people.models import Person, Team
from app.people.queries import team_names
from app.people.rules import Role
from app.web.acting import new_key
from app.web.forms.administration import InviteForm, PersonForm, PlaceForm
from app.web.inviting import WayIn, way_in
from app.web.looking_after import admins_only, checked, deed, load_person
from app.web.numbers import as_number
from app.web.own_doors import tell_moved
from app.web.render import page, see

bp, PAGE = flask.Blueprint("administration", __name__), 50
bp.before_request(admins_only)


@bp.route("/admin/people", methods=["GET", "POST"])
def people() -> Any:
    """Show everybody, and invite somebody."""
    form = InviteForm()
    form.team.choices = [SelectChoice(0, gettext("None yet")), *_teams()]
    if form.is_submitted() and form.validate() and (invited := _invite(form)):
        return invited
    words = flask.request.args.get("q", "")[:80]
    after = flask.request.args.get("after", type=as_number)
    found = list(db.session.scalars(everybody(words, after, PAGE + 1)))
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return page(
        "admin/people.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        found=found[:PAGE],
        words=words,
        next_url=more and flask.url_for("administration.people", q=words or None, after=more),
    )


def _invite(form: InviteForm) -> flask.Response | None:
    try:
        added, token = actions.invite_person(
            db.session,
            name=form.name.data.strip(),
            email=form.email.data,
            team=db.session.get(Team, form.team.data),
            role=Role(form.role.data),
            is_admin=form.is_admin.data,
            deed=deed(form),
        )
    except Refused as wrong:
        form[wrong.part].errors = [str(wrong)]
        return None
    db.session.commit()
    return _show_way_in(added, token)


@bp.route("/admin/people/<int:person_id>", methods=["GET", "POST"])
def person(person_id: int) -> Any:
    """Show somebody with their teams; change their name and whether they look after Baton."""
    found = load_person(person_id)
    form = PersonForm(obj=found)
    if form.is_submitted() and form.validate() and _change(found, form):
        return see("administration.person", person_id=person_id)
    return _show(found, form, PlaceForm(formdata=None), 422 if form.is_submitted() else 200)


def _change(found: Person, form: PersonForm) -> bool:
    try:
        before = actions.change_person(
            db.session,
            found,
            name=form.name.data.strip(),
            email=form.email.data,
            is_admin=form.is_admin.data,
            deed=deed(form),
        )
    except Refused as wrong:
        form[wrong.part].errors = [str(wrong)]
        return False
    if before != found.email:
        tell_moved(found, before=before)
    db.session.commit()
    flask.flash(gettext("Saved."), "good")
    return True


@bp.post("/admin/people/<int:person_id>/teams")
def place(person_id: int) -> Any:
    """Give somebody a place in a team, or another part in it."""
    found, form = load_person(person_id), PlaceForm()
    form.team.choices = _teams()
    if not found.is_active or not form.validate():
        return _show(found, PersonForm(formdata=None, obj=found), form, 422)
    team = db.session.get_one(Team, form.team.data)
    actions.place(db.session, found, team, Role(form.role.data), deed=deed(form))
    db.session.commit()
    return see("administration.person", person_id=person_id)


@bp.post("/admin/people/<int:person_id>/teams/<int:team_id>/end")
def displace(person_id: int, team_id: int) -> Any:
    """Take somebody out of a team."""
    found, form = load_person(person_id), checked()
    team = db.session.get(Team, team_id) or flask.abort(404)
    leaving.displace(db.session, found, team, deed=deed(form))
    db.session.commit()
    return see("administration.person", person_id=person_id)


@bp.post("/admin/people/<int:person_id>/invitation")
def invite_again(person_id: int) -> Any:
    """Make a fresh invitation."""
    found, form = load_person(person_id), checked()
    if found.is_active:
        token = actions.invite_again(db.session, found, deed=deed(form))
        db.session.commit()
        return _show_way_in(found, token)
    return see("administration.person", person_id=person_id)


@bp.post("/admin/people/<int:person_id>/return")
def bring_back(person_id: int) -> Any:
    """Let somebody who left in again."""
    found, form = load_person(person_id), checked()
    actions.bring_back(db.session, found, deed=deed(form))
    db.session.commit()
    return see("administration.person", person_id=person_id)


def _teams() -> list[SelectChoice]:
    return [SelectChoice(team.id, team.name) for team in team_names(db.session)]


def _show_way_in(found: Person, token: str) -> flask.Response:
    """Show somebody and, this once, how they come in."""
    form, place_form = PersonForm(formdata=None, obj=found), PlaceForm(formdata=None)
    answer = _show(found, form, place_form, 200, given=way_in(found, token))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _show(
    found: Person, form: PersonForm, place_form: PlaceForm, status: int, given: WayIn | None = None
) -> flask.Response:
    place_form.team.choices = _teams()
    answer: flask.Response = page(
        "admin/person.html",
        status=status,
        person=found,
        form=form,
        place=place_form,
        given=given,
        new_key=new_key,
    )
    return answer
