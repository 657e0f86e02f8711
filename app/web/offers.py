"""What a team offers, looked after by its lead."""

from typing import Any

import flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms.fields.choices import SelectChoice

from app.catalogue.actions import WrongOffer, begin_change, describe, plan_stages
from app.catalogue.models import RequestType
from app.catalogue.queries import find_team
from app.catalogue.questions import WrongForm
from app.catalogue.rules import WrongPlan
from app.db import db
from app.language import gettext
from app.people.queries import everybody_by_team, leads, members_of_any
from app.web.drafts import forget_here
from app.web.forms.offers import OfferForm, offer_form, seal
from app.web.forms.stages import StagesForm, stages_form
from app.web.forms.stages import seal as seal_of_stages
from app.web.render import me, page, see

bp = flask.Blueprint("offers", __name__)


@bp.route("/teams/<int:team_id>/types/new", methods=["GET", "POST"])
def new(team_id: int) -> Any:
    """Offer something new."""
    team = find_team(db.session, team_id) or flask.abort(404)
    return _describe(RequestType(team_id=team.id, team=team))


@bp.route("/types/<int:type_id>", methods=["GET", "POST"])
def edit(type_id: int) -> Any:
    """Say what is offered, what is promised, and what the form asks."""
    return _describe(_of_any_state(type_id))


def _of_any_state(type_id: int) -> RequestType:
    """A lead finds what is not on offer any more, too."""
    query = select(RequestType).where(RequestType.id == type_id)
    return db.session.scalar(query.options(joinedload(RequestType.team))) or flask.abort(404)


def _describe(offered: RequestType) -> Any:
    with db.session.no_autoflush:
        if not (me().is_admin or leads(me(), offered.team_id)):
            flask.abort(403)
        form = offer_form(offered)
        people = db.session.scalars(members_of_any([offered.team_id]))
        names = [SelectChoice(person.id, person.name) for person in people]
        form.routed_to.choices = [SelectChoice(0, gettext("Nobody in particular")), *names]
        status = 200
        if form.is_submitted():
            status = _save(offered, form) if form.validate() else 422
    if status == 303:
        db.session.commit()
        flask.flash(gettext("Saved. It holds for what is asked from now on."), "good")
        return see("teams.queue", team_id=offered.team_id)
    db.session.expunge(offered) if offered in db.session.new else None
    return page("catalogue/describe.html", status=status, offered=offered, form=form)


def _save(offered: RequestType, form: OfferForm) -> int:
    """Return the status to answer with: 303 when it was saved, else 409 or 422."""
    begin_change(db.session, offered)
    if offered.id and seal(offered) != form.seal.data:
        form.seal.data = seal(offered)
        form.name.errors = [
            gettext("Somebody changed it meanwhile. Saving again puts yours in its place.")
        ]
        return 409
    try:
        describe(db.session, offered, form.offer(), form.fields())
    except WrongOffer as wrong:
        form[wrong.part].errors = [str(wrong)]
        return 422
    except WrongForm as wrong:
        form.questions[form.rows[wrong.number]].form.label.errors = [str(wrong)]
        return 422
    db.session.add(offered)
    forget_here()
    return 303


@bp.route("/types/<int:type_id>/stages", methods=["GET", "POST"])
def stages(type_id: int) -> Any:
    """Say which stages a piece goes through, who takes them, and what they look at."""
    offered = _of_any_state(type_id)
    if not offered.is_active:
        flask.abort(404)
    if not (me().is_admin or leads(me(), offered.team_id)):
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
            flask.flash(gettext("Saved. It holds for what is asked from now on."), "good")
            return see("teams.queue", team_id=offered.team_id)
    return page("catalogue/stages.html", status=status, offered=offered, form=form)


def _plan(offered: RequestType, form: StagesForm) -> int:
    """Return the status to answer with: 303 when it was saved, else 409 or 422."""
    begin_change(db.session, offered)
    before = seal_of_stages(offered)
    try:
        plan_stages(db.session, offered, form.plans(), open_review=form.open_review.data)
    except WrongPlan as wrong:
        field = form[wrong.stage.value].form.applies if wrong.stage else form.open_review
        field.errors = [str(wrong)]
        return 422
    if (
        seal_of_stages(offered) != before != form.seal.data
    ):  # a second click changes nothing, so it is fine
        db.session.rollback()
        form.seal.data = before
        said = gettext(
            "Somebody changed these stages meanwhile. Saving again puts yours in their place."
        )
        form.open_review.errors = [said]
        return 409
    forget_here()
    return 303
