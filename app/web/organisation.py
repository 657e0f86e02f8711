"""Departments and teams, and the log of what was done; for admins."""

from typing import Any

import flask
from wtforms.fields.choices import SelectChoice

from app.administration.actions import Refused
from app.administration.organising import name_department, shape_team
from app.administration.queries import all_teams, calendars, departments, log
from app.catalogue.models import RequestType
from app.catalogue.queries import find_team, offers
from app.db import db
from app.language import gettext
from app.people.models import Department, Team
from app.web import deeds
from app.web.forms.administration import NameForm, TeamForm
from app.web.looking_after import admins_only, deed
from app.web.numbers import as_number
from app.web.render import page, see
from app.worktime.document import read_zone, zone_names
from app.worktime.models import Calendar
from app.worktime.plan import BadCalendar

bp = flask.Blueprint("organisation", __name__)
bp.before_request(admins_only)
PAGE = 50


@bp.route("/admin/teams", methods=["GET", "POST"])
def teams() -> Any:
    """Show departments with their teams and calendars, and make a department."""
    form = NameForm()
    if form.is_submitted() and form.validate() and _name(Department(), form):
        return see("organisation.teams")
    grouped: dict[int, list[Team]] = {}
    for team in db.session.scalars(all_teams()):
        grouped.setdefault(team.department_id, []).append(team)
    return page(
        "admin/teams.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        departments=list(db.session.scalars(departments())),
        teams=grouped,
    )


@bp.route("/admin/departments/<int:department_id>", methods=["GET", "POST"])
def department(department_id: int) -> Any:
    """Rename a department."""
    found = db.session.get(Department, department_id) or flask.abort(404)
    form = NameForm(data={"name": found.name})
    if form.is_submitted() and form.validate() and _name(found, form):
        return see("organisation.teams")
    status = 422 if form.is_submitted() else 200
    return page("admin/department.html", status=status, form=form, department=found)


def _name(found: Department, form: NameForm) -> bool:
    try:
        name_department(db.session, found, name=form.name.data.strip(), deed=deed(form))
    except Refused as wrong:
        form[wrong.part].errors = [str(wrong)]
        return False
    db.session.commit()
    return True


@bp.route("/admin/teams/new", methods=["GET", "POST"])
def new_team() -> Any:
    """Make a team."""
    return _shape(Team(), {})


@bp.route("/admin/teams/<int:team_id>", methods=["GET", "POST"])
def team(team_id: int) -> Any:
    """Change a team's name, purpose, department and calendar; see what it offers."""
    found = find_team(db.session, team_id) or flask.abort(404)
    data = {"name": found.name, "purpose": found.purpose}
    return _shape(found, {**data, "department": found.department_id, "calendar": found.calendar_id})


def _shape(found: Team, data: dict[str, Any]) -> Any:
    form = TeamForm(data=data)
    known = db.session.scalars(departments())
    form.department.choices = [SelectChoice(one.id, one.name) for one in known]
    kept = [SelectChoice(one.id, one.name) for one in db.session.scalars(calendars())]
    form.calendar.choices = [SelectChoice(0, gettext("A new one of its own")), *kept]
    if form.is_submitted() and form.validate() and _save(found, form):
        db.session.commit()
        flask.flash(gettext("Saved."), "good")
        return see("organisation.team", team_id=found.id)
    offered = offers().where(RequestType.team_id == found.id)
    return page(
        "admin/team.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        team=found,
        offered=list(db.session.scalars(offered)) if found.id else [],
        zones=zone_names(),
    )


def _save(found: Team, form: TeamForm) -> bool:
    calendar = db.session.get(Calendar, form.calendar.data)
    try:
        zone = read_zone((form.zone.data or "").strip()) if calendar is None else ""
        shape_team(
            db.session,
            found,
            name=form.name.data.strip(),
            purpose=(form.purpose.data or "").strip(),
            department=db.session.get_one(Department, form.department.data),
            calendar=calendar,
            zone=zone,
            deed=deed(form),
        )
    except BadCalendar:
        form.zone.errors = [gettext("Please choose a time zone such as Europe/Berlin.")]
        return False
    except Refused as wrong:
        form[wrong.part].errors = [str(wrong)]
        return False
    return True


@bp.get("/admin/log")
def what_was_done() -> Any:
    """Show what was done, the latest first."""
    before = flask.request.args.get("before", type=as_number)
    events = list(db.session.scalars(log(before, PAGE + 1)))
    more = events[PAGE - 1].id if len(events) > PAGE else None
    next_url = more and flask.url_for("organisation.what_was_done", before=more)
    return page("admin/log.html", events=events[:PAGE], next_url=next_url, deeds=deeds)
