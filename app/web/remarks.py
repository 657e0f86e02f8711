"""What is said about remarks and changes once they are given."""

from collections.abc import Callable
from typing import Any

import flask

from app.db import db
from app.documents.actions import answer_changes
from app.feedback import echoes
from app.feedback.models import Remark
from app.feedback.placing import confirm_place
from app.feedback.queries import readable, reader_of
from app.feedback.rules import NeedKind
from app.language import gettext
from app.people.models import Person
from app.requests.models import Request
from app.requests.queries import relation
from app.web.acting import ActForm, load_request
from app.web.forms.acts import ClickForm
from app.web.forms.echoes import ChangesForm, NeedsForm, ThanksForm, VerdictForm
from app.web.forms.slots import text
from app.web.headers import now
from app.web.render import me, see
from app.web.requests import show_request

bp = flask.Blueprint("remarks", __name__, url_prefix="/requests/<int:request_id>")


@bp.post("/remarks/<int:remark_id>/verdicts")
def create_verdict(request_id: int, remark_id: int) -> Any:
    """Say whether an answer settles the remark."""

    def judge(request: Request, remark: Remark, form: Any) -> None:
        settled = form.settled.data == "yes"
        echoes.settle(
            db.session, request, remark, settled=settled, words=text(form.words), act=form.talk()
        )

    return _on_remark(request_id, remark_id, VerdictForm(), judge)


@bp.post("/remarks/<int:remark_id>/helped")
def create_helped(request_id: int, remark_id: int) -> Any:
    """Say "this helped"; for a strength, thanks."""

    def help_(request: Request, remark: Remark, form: Any) -> None:
        echoes.say_helped(db.session, request, remark, act=form.talk())

    return _on_remark(request_id, remark_id, ClickForm(), help_)


@bp.post("/remarks/<int:remark_id>/place")
def confirm(request_id: int, remark_id: int) -> Any:
    """Say whether a remark that is perhaps here is here."""

    def place(request: Request, remark: Remark, form: Any) -> None:
        here = flask.request.form.get("here") == "yes"
        confirm_place(db.session, request, remark, here=here, act=form.talk())

    return _on_remark(request_id, remark_id, ClickForm(), place)


@bp.post("/versions/<int:number>/word")
def create_word(request_id: int, number: int) -> Any:
    """Confirm small changes somebody else made, or answer them."""
    request, form = load_request(request_id), ChangesForm()
    if not form.validate():
        return show_request(request, typed=form, name=f"changes-{number}", status=422)
    confirmed = form.confirmed.data == "yes"
    words = text(form.words)
    answer_changes(db.session, request, number, confirmed=confirmed, words=words, act=form.talk())
    db.session.commit()
    return see("requests.show", request_id=request_id, _anchor="piece")


@bp.post("/advice/<int:visit_seq>/<int:adviser_id>/needs")
def create_needs(request_id: int, visit_seq: int, adviser_id: int) -> Any:
    """Tell the adviser alone what would have been needed."""
    request, form = load_request(request_id), NeedsForm()
    if not form.validate():
        return show_request(request, typed=form, name=f"needs-{visit_seq}", status=422)
    echoes.say_needs(
        db.session,
        request,
        visit_seq=visit_seq,
        adviser_id=adviser_id,
        needs=[NeedKind(kind) for kind in form.needs.data],
        words=text(form.words),
        act=form.talk(),
    )
    db.session.commit()
    flask.flash(gettext("Told, to nobody else."), "good")
    return see("requests.show", request_id=request_id, _anchor="piece")


@bp.post("/advice/<int:visit_seq>/<int:adviser_id>/thanks")
def create_thanks(request_id: int, visit_seq: int, adviser_id: int) -> Any:
    """Thank an adviser."""
    request, form = load_request(request_id), ThanksForm()
    adviser = db.session.get(Person, adviser_id) or flask.abort(404)
    if not form.validate():
        return show_request(request, typed=form, name=f"thanks-{visit_seq}", status=422)
    echoes.thank_adviser(db.session, request, adviser, words=text(form.words), act=form.talk())
    db.session.commit()
    return see("requests.show", request_id=request_id, _anchor="piece")


def _on_remark(
    request_id: int, remark_id: int, form: ActForm, do: Callable[[Request, Remark, Any], None]
) -> Any:
    request = load_request(request_id)
    reader = reader_of(db.session, request, relation(db.session, request, me()), me())
    remarks = readable(db.session, request, reader, at=now())
    remark = next((one for one in remarks if one.id == remark_id), None) or flask.abort(404)
    if not form.validate():
        return show_request(request, typed=form, name=f"remark-{remark_id}", status=422)
    do(request, remark, form)
    db.session.commit()
    return see("requests.show", request_id=request_id, _anchor=f"remark-{remark_id}")
