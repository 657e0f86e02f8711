"""Who belongs to a team, looked after by its lead."""

from typing import Any

import flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.administration import actions, leaving
from app.catalogue.queries import find_team
from app.db import db
from app.language import gettext
from app.people.absences import away_among, day_of_absence
from app.people.models import Membership, Person, Team
from app.people.queries import leads, person_called
from app.people.rules import Role
from app.web.acting import new_key
from app.web.forms.administration import MemberForm
from app.web.headers import now
from app.web.looking_after import checked, deed
from app.web.render import me, page, see

bp = flask.Blueprint("memberships", __name__)


@bp.route("/teams/<int:team_id>/members", methods=["GET", "POST"])
def members(team_id: int) -> Any:
    """Show who is in the team, and take somebody in."""
    team, form = _load(team_id), MemberForm()
    if form.is_submitted() and form.validate() and _add(team, form):
        return see("memberships.members", team_id=team_id)
    there = (
        select(Membership)
        .join(Membership.person)
        .where(Membership.team_id == team_id, Person.is_active)
        .options(joinedload(Membership.person))
        .order_by(Person.name, Person.id)
    )
    return page(
        "teams/members.html",
        status=422 if form.is_submitted() else 200,
        team=team,
        form=form,
        members=list(db.session.scalars(there)),
        away=away_among(db.session, (), on=day_of_absence(me(), now()), team_id=team_id),
        new_key=new_key,
    )


def _add(team: Team, form: MemberForm) -> bool:
    found = person_called(db.session, form.person.data)
    if found is None:
        form.person.errors = [gettext("There is no person of that name, or there are several.")]
        return False
    held = {membership.team_id: Role(membership.role) for membership in found.memberships}
    actions.place(db.session, found, team, held.get(team.id, Role.MEMBER), deed=deed(form))
    db.session.commit()
    return True


@bp.post("/teams/<int:team_id>/members/<int:person_id>/end")
def end(team_id: int, person_id: int) -> Any:
    """Take somebody out of the team; a lead stays until an admin says otherwise."""
    team, form = _load(team_id), checked()
    found = db.session.get(Person, person_id) or flask.abort(404)
    if not me().is_admin and leads(found, team.id):
        flask.abort(404)
    leaving.displace(db.session, found, team, deed=deed(form))
    db.session.commit()
    return see("memberships.members", team_id=team_id)


def _load(team_id: int) -> Team:
    team = find_team(db.session, team_id) or flask.abort(404)
    if not (me().is_admin or leads(me(), team.id)):
        flask.abort(404)
    return team
