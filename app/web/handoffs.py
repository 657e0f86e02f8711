"""Giving advice and passing a piece on or back: write, look over, send, and a minute to undo."""

from typing import Any

import flask
from wtforms.fields.choices import SelectChoice

from app.db import db
from app.documents.queries import latest_number, latest_version
from app.feedback.queries import readable, reader_of
from app.handoffs.actions import is_late
from app.handoffs.queries import visit_of, wishes_of
from app.handoffs.rules import earlier_stages, next_stage
from app.handoffs.second_thoughts import take_back
from app.language import gettext
from app.requests.models import Request
from app.requests.queries import plan_of, relation
from app.web.acting import load_request
from app.web.drafts import give_back, set_aside
from app.web.forms.acts import ClickForm
from app.web.forms.choosing import people_to_choose
from app.web.forms.handoffs import HandoffForm
from app.web.forms.slots import RemarkForm
from app.web.headers import now
from app.web.hinting import hint_slots, hinted_before, remember
from app.web.look_over import look_over
from app.web.numbers import as_number, is_number
from app.web.passages import Passage, blocks
from app.web.piece import load_holder
from app.web.render import me, page, see
from app.web.sending import body_of, hand

bp = flask.Blueprint("handoffs", __name__)


@bp.route("/requests/<int:request_id>/handoff", methods=["GET", "POST"])
def handoff(request_id: int) -> Any:
    """Write advice, look it over, and pass the piece on or back."""
    request = load_holder(request_id)
    form = handoff_form(request)
    if not form.is_submitted():
        begin_form(request, form)
        return show_desk(request, form)
    step, team_id = flask.request.values.get("step", "look"), request.team_id
    if more := flask.request.form.get("more"):
        add_slot(request, form, more)
        return show_desk(request, form)
    if step == "edit":
        return show_desk(request, form)
    at_once = step == "send" or request.stage == "author"  # no advice, nothing to look over
    if not (form.validate() and hand(request, form)):
        return show_desk(request, form, 422)
    if at_once:
        return _sent(request, form, team_id)
    db.session.rollback()  # it was tried, to see that nothing is missing; nothing is kept of it
    return look_over(request, form)


@bp.post("/requests/<int:request_id>/handoff/undo")
def undo(request_id: int) -> Any:
    """Take the handoff back within its minute; its words stand in the form again."""
    request = load_request(request_id)
    form = ClickForm()
    take_back(db.session, request, act=form.act())
    give_back(flask.url_for("handoffs.handoff", request_id=request_id))
    db.session.commit()
    flask.flash(gettext("It is back with you, word for word. Nobody was told."), "good")
    return see("handoffs.handoff", request_id=request_id)


def _sent(request: Request, form: HandoffForm, team_id: int) -> Any:
    request_id = request.id
    remember(team_id, form.given(body_of(request)))
    set_aside(flask.request.path)
    db.session.commit()
    flask.flash(gettext("The baton is passed. Thank you for your eyes."), "good")
    return see("requests.show", request_id=request_id)


def handoff_form(request: Request) -> HandoffForm:
    """Return the form with what can be chosen now."""
    form = HandoffForm()
    plan = plan_of(db.session, request.id)
    step = next_stage(plan, request.stage)
    here = next((one for one in plan if one["stage"] == request.stage), {})
    anybody = SelectChoice(0, gettext("Whoever had it, or the team"))
    out = (request.requester_id, me().id)
    if request.stage == "author":  # who writes the piece gives no advice on it
        form.strengths.entries.clear()
        form.remarks.entries.clear()
        here = {}
    form.offer(
        [plan["stage"] for plan in earlier_stages(plan, request.stage)],
        step["stage"] if step else None,
        people_to_choose(step["team_id"], but=out, first=anybody) if step else [anybody],
    )
    form.checks.choices = [
        SelectChoice(str(number), point) for number, point in enumerate(here.get("checklist", ()))
    ]
    return form


def begin_form(request: Request, form: HandoffForm) -> None:
    """Set the hidden fields of a fresh form; words kept from an older version find their place."""
    form.seen.data = request.version
    number = latest_number(db.session, request.id)
    if form.draft and form.on_version.data != number:
        latest = latest_version(db.session, request.id)
        for slot in form.all_slots():
            slot.move_to(latest.body if latest else "")
    form.on_version.data = number


def add_slot(request: Request, form: HandoffForm, wanted: str) -> None:
    """Add the slot that was asked for: "remarks", or "strengths 12-240" with a passage."""
    kind, _, span = wanted.partition(" ")
    start, _, end = span.partition("-")
    latest = latest_version(db.session, request.id)
    if latest and is_number(start) and is_number(end):
        begin = as_number(start)
        form.add_slot(kind, latest.body[begin : as_number(end)].strip(), begin)
    else:
        form.add_slot(kind)


def show_desk(request: Request, form: HandoffForm, status: int = 200) -> Any:
    """Show the form beside the text."""
    latest = latest_version(db.session, request.id)
    if flask.request.method == "POST":
        hint_slots(form, latest.body if latest else "")
    visit = visit_of(db.session, request.id)
    stands = relation(db.session, request, me())
    reader = reader_of(db.session, request, stands, me())
    remarks = readable(db.session, request, reader, at=now())
    return page(
        "pieces/handoff.html",
        part="_advice.html",
        status=status,
        request=request,
        form=form,
        latest=latest,
        blocks=blocks(latest.body, _chosen(form, latest.body), precise=True) if latest else [],
        reviews=request.stage != "author",
        late=is_late(visit.due_at, now()),
        visit=visit,
        wishes=wishes_of(db.session, request.id),
        dismissed=flask.request.form.getlist("dismissed"),
        hinted=hinted_before(),
        earlier=[remark for remark in remarks if remark.writer_id == me().id],
    )


def _chosen(form: HandoffForm, body: str) -> list[Passage]:
    """Return the passages that the slots of the form are about, for marking them."""
    found = []
    for number, slot in enumerate(form.all_slots()):
        kind = slot.kind.data if isinstance(slot, RemarkForm) else "strength"
        try:
            span = slot.passage_in(body)
        except LookupError:
            continue
        if span:
            found.append(Passage(f"new-{number}", *span, kind or "note"))
    return found
