"""Passing a piece on or back with structured advice, and answering it."""

from typing import Any

import flask
from wtforms.fields.choices import SelectChoice

from app.db import db
from app.documents.queries import latest_version
from app.feedback.actions import WrongWords, answer_remarks
from app.feedback.models import Remark
from app.feedback.rules import AnswerKind
from app.handoffs.actions import Advice, hand_back, hand_on
from app.handoffs.rules import Decision, NeedsAnswers, NeedsStrength, Size, next_stage
from app.handoffs.rules import earlier_stages as earlier
from app.people.models import Person
from app.people.queries import members_of
from app.requests.models import Request
from app.requests.queries import plan_of, relation
from app.requests.rules import NotYours
from app.web.forms.handoffs import AnswersForm, HandoffForm, answers_form, text
from app.web.piece import asks, load_holder, readable
from app.web.render import me, page, see

bp = flask.Blueprint("handoffs", __name__)


@bp.route("/requests/<int:request_id>/handoff", methods=["GET", "POST"])
def handoff(request_id: int) -> Any:
    """Give advice and pass the piece on or back."""
    request = load_holder(request_id)
    form = _handoff_form(request)
    if not form.is_submitted():
        form.seen.data = request.version
        return _show(request, form)
    if flask.request.form.get("more"):
        form.add_slot(flask.request.form["more"])
        return _show(request, form)
    if form.validate() and _hand(request, form):
        db.session.commit()
        flask.flash("The baton is passed. Thank you for your eyes.", "good")
        return see("requests.show", request_id=request_id)
    return _show(request, form, 422)


@bp.route("/requests/<int:request_id>/answers", methods=["GET", "POST"])
def answers(request_id: int) -> Any:
    """Answer the remarks that wait for the one who holds the piece."""
    request = load_holder(request_id)
    stands = relation(db.session, request, me())
    asked = [r for r in readable(request, stands) if asks(r, me().id)]
    posted = _posted_ids()
    if posted - {str(remark.id) for remark in asked}:
        raise NotYours("These remarks are not yours to answer.")
    shown = [r for r in asked if r.answer is None or str(r.id) in posted]
    form = answers_form([remark.id for remark in shown])
    if form.is_submitted():
        if form.validate() and _answer(request, form):
            db.session.commit()
            return see("requests.show", request_id=request_id)
        return _show_answers(request, shown, form, 422)
    form.seen.data = request.version
    return _show_answers(request, shown, form)


def _handoff_form(request: Request) -> HandoffForm:
    form = HandoffForm()
    plan = plan_of(db.session, request.id)
    step = next_stage(plan, request.stage)
    people = list(db.session.scalars(members_of(step["team_id"]))) if step else []
    out = (request.requester_id, me().id)
    if request.stage == "author":  # who writes the piece gives no advice on it
        form.strengths.entries.clear()
        form.remarks.entries.clear()
    form.offer(
        [plan["stage"] for plan in earlier(plan, request.stage)],
        step["stage"] if step else None,
        [SelectChoice(p.id, p.name) for p in people if p.id not in out],
    )
    return form


def _hand(request: Request, form: HandoffForm) -> bool:
    slots = form.slots()
    size = Size(form.size.data) if form.size.data else None
    advice = Advice([remark for _, remark in slots], text(form.note), size)
    try:
        if form.goes_back():
            decision, stage = Decision(form.decision.data), form.stage.data
            hand_back(
                db.session, request, decision=decision, stage=stage, advice=advice, act=form.act()
            )
        else:
            to = db.session.get(Person, form.to.data) if form.to.data else None
            hand_on(db.session, request, advice=advice, to=to, act=form.act())
    except WrongWords as wrong:
        for (number, part), sentence in wrong.parts.items():
            slots[number][0][part].errors = [sentence]
    except NeedsStrength:
        form.strengths[0].form.see.errors = [
            "Please name at least one thing that works and should stay, and why."
        ]
    except NeedsAnswers as needs:
        form.unanswered = needs.count
        form.decision.errors = [f"Still to answer: {needs.count} that must be, before it goes on."]
    else:
        return True
    db.session.rollback()
    return False


def _answer(request: Request, form: AnswersForm) -> bool:
    given = {
        int(name.removeprefix("remark_")): field.form
        for name, field in form._fields.items()
        if name.startswith("remark_") and field.form.kind.data
    }
    said = {n: (AnswerKind(f.kind.data), text(f.words)) for n, f in given.items()}
    try:
        answer_remarks(db.session, request, said, act=form.act())
    except WrongWords as wrong:
        db.session.rollback()
        for (number, part), sentence in wrong.parts.items():
            given[number][part].errors = [sentence]
        return False
    return True


def _posted_ids() -> set[str]:
    names = (name.split("-")[0] for name in flask.request.form)
    return {name.removeprefix("remark_") for name in names if name.startswith("remark_")}


def _show(request: Request, form: HandoffForm, status: int = 200) -> Any:
    latest = latest_version(db.session, request.id)
    return page(
        "pieces/handoff.html",
        part="_advice.html",
        status=status,
        request=request,
        form=form,
        latest=latest,
        reviews=request.stage != "author",
    )


def _show_answers(
    request: Request, remarks: list[Remark], form: AnswersForm, status: int = 200
) -> Any:
    shown = [(remark, form[f"remark_{remark.id}"].form) for remark in remarks]
    return page("pieces/answers.html", status=status, request=request, form=form, shown=shown)
