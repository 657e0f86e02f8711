"""A team's prepared answers: looked after by its members, and taken into a message."""

from typing import Any

import flask

from app.catalogue.models import PreparedAnswer
from app.catalogue.prepared import NAME, prepare, prepared_of
from app.catalogue.queries import find_team
from app.db import db
from app.language import gettext
from app.people.models import Team
from app.people.queries import teams_of
from app.requests.queries import relation
from app.requests.rights import may_note
from app.requests.rules import NotYours
from app.web.acting import load_request
from app.web.forms.prepared import PreparedForm
from app.web.render import me, page, see

bp = flask.Blueprint("prepared", __name__)


@bp.route("/teams/<int:team_id>/answers", methods=["GET", "POST"])
def answers(team_id: int) -> Any:
    """Show what the team has prepared, and take one more."""
    team, form = _load_team(team_id), PreparedForm()
    if form.is_submitted() and form.validate():
        prepare(db.session, team.id, name=form.name.data.strip(), body=form.body.data.strip())
        db.session.commit()
        flask.flash(gettext("Kept."), "good")
        return see("prepared.answers", team_id=team.id)
    known = db.session.scalars(prepared_of(team.id)).all()
    status = 422 if form.is_submitted() else 200
    return page(
        "teams/answers.html", status=status, team=team, form=form, known=known, name_mark=NAME
    )


@bp.post("/teams/<int:team_id>/answers/<int:answer_id>/end")
def drop(team_id: int, answer_id: int) -> Any:
    """Forget one."""
    team = _load_team(team_id)
    answer = db.session.get(PreparedAnswer, answer_id)
    if answer is None or answer.team_id != team.id:
        flask.abort(404)
    db.session.delete(answer)
    db.session.commit()
    return see("prepared.answers", team_id=team.id)


@bp.get("/requests/<int:request_id>/answers-prepared")
def choose(request_id: int) -> Any:
    """Show what the team has prepared, to begin a message with."""
    request = load_request(request_id)
    if not may_note(relation(db.session, request, me())):
        raise NotYours(gettext("Prepared answers are for those who carry it."))
    known = db.session.scalars(prepared_of(request.team_id)).all()
    return page("requests/prepared.html", part="_prepared.html", request=request, known=known)


def _load_team(team_id: int) -> Team:
    """Return a team to its members."""
    team = find_team(db.session, team_id) or flask.abort(404)
    if team.id not in teams_of(me()):
        flask.abort(403)
    return team
