"""Saying when one will look, and stepping aside for another pair of eyes."""

from typing import Any

import flask
from wtforms.fields.choices import SelectChoice

from app.db import db
from app.handoffs.queries import visit_of
from app.handoffs.rules import PATIENT_ROUNDS, AsideReason
from app.handoffs.second_thoughts import step_aside
from app.language import gettext
from app.people.models import Person
from app.requests.acts.work import say_when
from app.requests.models import Request
from app.web.acting import load_request
from app.web.forms.choosing import people_to_choose
from app.web.forms.days import WhenForm
from app.web.forms.handoffs import AsideForm
from app.web.forms.slots import text
from app.web.piece import load_holder
from app.web.render import me, page, see
from app.web.requests import show_request

bp = flask.Blueprint("aside", __name__, url_prefix="/requests/<int:request_id>")


@bp.route("/aside", methods=["GET", "POST"])
def step(request_id: int) -> Any:
    """Hand the piece to another pair of eyes, without blame and without losing its clock."""
    request = load_holder(request_id)
    form = AsideForm()
    form.successor.choices = _successors(request)
    if form.is_submitted() and form.validate():
        _step(request, form)
        db.session.commit()
        return see("requests.show", request_id=request_id)
    form.seen.data = request.version
    fresh = visit_of(db.session, request_id).round >= PATIENT_ROUNDS
    status = 422 if form.is_submitted() else 200
    return page("pieces/aside.html", status=status, request=request, form=form, fresh=fresh)


def _step(request: Request, form: AsideForm) -> None:
    """Step aside, and say what became of it: without a successor nobody holds it now."""
    successor = db.session.get(Person, form.successor.data)
    reason, again_after = AsideReason(form.reason.data), form.again_after.data
    to = {"reason": reason, "successor": successor, "again_after": again_after}
    step_aside(db.session, request, **to, act=form.act())
    if successor:
        said = gettext("%(name)s has it now. Thank you for saying so.", name=successor.first_name)
    else:
        said = gettext("It waits for whoever of the team takes it up. Thank you for saying so.")
    flask.flash(said, "good")


def _successors(request: Request) -> list[SelectChoice]:
    out = (request.requester_id, me().id)
    anybody = SelectChoice(0, gettext("Whoever of the team takes it up"))
    return people_to_choose(request.team_id, but=out, first=anybody)


@bp.post("/whens")
def create_when(request_id: int) -> Any:
    """Say when I will look at it."""
    request, form = load_request(request_id), WhenForm()
    form.about = request
    if not form.validate():
        return show_request(request, typed=form, name="when", status=422)
    say_when(db.session, request, day=form.day.data, words=text(form.words), act=form.talk())
    db.session.commit()
    flask.flash(gettext("Said."), "good")
    return see("requests.show", request_id=request_id)
