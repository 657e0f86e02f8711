"""Asking for something: which team, which of its offers, and the form."""

from typing import Any

import flask

from app.catalogue.models import RequestType
from app.catalogue.queries import by_department, find_offer, find_team, offers
from app.db import db
from app.requests.raising import raise_request
from app.turnaround.outlook import in_line, lately
from app.web.forms.catalogue import ask_form
from app.web.headers import now
from app.web.render import me, page, see
from app.worktime.opening import opening
from app.worktime.queries import clock_of

bp = flask.Blueprint("catalogue", __name__)


@bp.get("/ask")
def choose_team() -> Any:
    """Show every team with what it offers, or those that the words find."""
    words = flask.request.args.get("q", "").strip()[:100]
    departments = by_department(db.session.scalars(offers()), words)
    return page("catalogue/choose_team.html", part="_teams.html", q=words, departments=departments)


@bp.get("/ask/<int:team_id>")
def choose_type(team_id: int) -> Any:
    """Show what one team offers."""
    team = find_team(db.session, team_id) or flask.abort(404)
    offered = list(db.session.scalars(offers().where(RequestType.team_id == team_id)))
    return page(
        "catalogue/choose_type.html",
        team=team,
        offered=offered,
        hours=opening(clock_of(team.calendar), now()),
    )


@bp.route("/ask/types/<int:type_id>", methods=["GET", "POST"])
def fill_in(type_id: int) -> Any:
    """Show the form of one offer with what may be expected; raise the request."""
    offered = find_offer(db.session, type_id) or flask.abort(404)
    form = ask_form(offered, me())
    if form.validate_on_submit():
        raised = raise_request(db.session, offered, form.wish(), act=form.talk())
        db.session.commit()
        flask.flash(f"Your request is with {offered.team.name} now.", "good")
        return see("requests.show", request_id=raised.id)
    return page(
        "catalogue/fill_in.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        offered=offered,
        recent=lately(db.session, offered, at=now()),
        line=in_line(db.session, offered.team_id),
        hours=opening(clock_of(offered.team.calendar), now()),
    )
