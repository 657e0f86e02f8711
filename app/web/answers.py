"""Answering remarks, taking suggestions, and the author's other words on advice."""

from typing import Any

import flask

from app.db import db
from app.documents.models import Version
from app.documents.queries import latest_version
from app.feedback.actions import WrongWords, answer_remarks
from app.feedback.queries import reader_of
from app.feedback.rules import AnswerKind
from app.feedback.suggestions import take_suggestions
from app.handoffs.queries import visits_of
from app.language import gettext, ngettext
from app.requests.models import Request
from app.requests.queries import relation
from app.requests.rules import NotYours
from app.web.forms.acts import ClickForm
from app.web.forms.answers import AnswersForm, answers_form
from app.web.forms.slots import text
from app.web.numbers import as_number
from app.web.passages import blocks
from app.web.piece import load_holder
from app.web.remark_view import Shown, asks, passages_of, shown_remarks, waits_for
from app.web.render import me, page, see

bp = flask.Blueprint("answers", __name__)


@bp.route("/requests/<int:request_id>/answers", methods=["GET", "POST"])
def answers(request_id: int) -> Any:
    """Answer the remarks that wait for the one who holds the piece."""
    request = load_holder(request_id)
    latest = latest_version(db.session, request.id)
    asked = [shown for shown in _shown(request, latest) if asks(shown.remark, me().id)]
    posted = _posted_ids()
    if posted - {str(shown.remark.id) for shown in asked}:
        raise NotYours(gettext("These remarks are not yours to answer."))
    listed = [s for s in asked if waits_for(s, me().id) or str(s.remark.id) in posted]
    form = answers_form([shown.remark.id for shown in listed])
    if form.is_submitted():
        if form.validate() and _answer(request, form):
            db.session.commit()
            return see("requests.show", request_id=request_id, _anchor="piece")
        return _show(request, listed, latest, form, 422)
    form.seen.data = request.version
    return _show(request, listed, latest, form)


@bp.post("/requests/<int:request_id>/suggestions")
def take(request_id: int) -> Any:
    """Take suggestions into the text: one new version for all that were chosen."""
    request = load_holder(request_id)
    form = ClickForm()
    chosen = flask.request.form.getlist("take", as_number)
    latest = latest_version(db.session, request_id)
    number = latest.number if latest else 0
    taken = take_suggestions(db.session, request, chosen, based_on=number, act=form.act())
    db.session.commit()
    flask.flash(_taken(len(taken), left=len(set(chosen)) - len(taken)), "good")
    return see("requests.show", request_id=request_id, _anchor="piece")


def _taken(count: int, *, left: int) -> str:
    said = ngettext("Taken into the text.", "%(num)s taken into one new version.", count)
    again = gettext("%(left)s to look at again.", left=left)
    return f"{said} {again}" if left else said


def _shown(request: Request, latest: Version | None) -> list[Shown]:
    reader = reader_of(db.session, request, relation(db.session, request, me()), me())
    return shown_remarks(request, visits_of(db.session, request.id), reader, latest)


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


def _show(
    request: Request,
    listed: list[Shown],
    latest: Version | None,
    form: AnswersForm,
    status: int = 200,
) -> Any:
    return page(
        "pieces/answers.html",
        status=status,
        request=request,
        form=form,
        latest=latest,
        blocks=blocks(latest.body, passages_of(listed)) if latest else [],
        shown=[(one, form[f"remark_{one.remark.id}"].form) for one in listed],
    )
