"""What a team offers, looked after by its lead."""

from typing import Any

import flask

from app.catalogue.actions import plan_stages
from app.catalogue.models import RequestType
from app.catalogue.queries import find_offer
from app.catalogue.rules import WrongPlan
from app.db import db
from app.people.queries import everybody_by_team, leads, members_of_any
from app.web.drafts import forget_here
from app.web.forms.stages import StagesForm, seal, stages_form
from app.web.render import me, page, see

bp = flask.Blueprint("offers", __name__)


@bp.route("/types/<int:type_id>/stages", methods=["GET", "POST"])
def stages(type_id: int) -> Any:
    """Say which stages a piece goes through, who takes them, and what they look at."""
    offered = find_offer(db.session, type_id) or flask.abort(404)
    if not leads(me(), offered.team_id):
        flask.abort(403)
    form = stages_form(offered)
    teams = {offered.team_id, *(document["team_id"] for document in offered.stages)}
    people = db.session.scalars(members_of_any(teams))
    form.offer(list(db.session.scalars(everybody_by_team())), list(people))
    status = 200
    if form.is_submitted():
        status = _plan(offered, form) if form.validate() else 422
        if status == 303:
            db.session.commit()
            flask.flash("Saved. It holds for what is asked from now on.", "good")
            return see("teams.queue", team_id=offered.team_id)
    return page("catalogue/stages.html", status=status, offered=offered, form=form)


def _plan(offered: RequestType, form: StagesForm) -> int:
    """Return the status to answer with: 303 when it was saved, else 409 or 422."""
    db.session.refresh(offered, with_for_update={"of": RequestType})
    before = seal(offered)
    try:
        plan_stages(db.session, offered, form.plans(), open_review=form.open_review.data)
    except WrongPlan as wrong:
        field = form[wrong.stage.value].form.applies if wrong.stage else form.open_review
        field.errors = [str(wrong)]
        return 422
    if seal(offered) != before != form.seal.data:  # a second click changes nothing, so it is fine
        db.session.rollback()
        form.seal.data = before
        said = "Somebody changed these stages meanwhile. Saving again puts yours in their place."
        form.open_review.errors = [said]
        return 409
    forget_here()
    return 303
