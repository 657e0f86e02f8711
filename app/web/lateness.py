"""Saying first that it will be late, and the asking side's words after the end."""

from typing import Any

import flask

from app.db import db
from app.language import gettext
from app.requests.acts import settling, work
from app.requests.life.promises import LateCard
from app.requests.rules import Rating
from app.web.acting import load_request
from app.web.forms.days import LateForm
from app.web.forms.ends import RatingForm, ReopenForm
from app.web.forms.slots import text
from app.web.render import see
from app.web.requests import show_request

bp = flask.Blueprint("lateness", __name__, url_prefix="/requests/<int:request_id>")


@bp.post("/promises")
def create_promise(request_id: int) -> Any:
    """Say sorry, why, and by when now; both sides read it."""
    request, form = load_request(request_id), LateForm()
    form.about = request
    if not form.validate():
        return show_request(request, typed=form, name="late", status=422)
    card = LateCard(text(form.sorry), text(form.why), text(form.doing))
    work.promise_anew(db.session, request, card=card, expected=form.expected(), act=form.act())
    db.session.commit()
    flask.flash(gettext("Said. They know where they stand now, and that is most of it."), "good")
    return see("requests.show", request_id=request_id)


@bp.post("/ratings")
def create_rating(request_id: int) -> Any:
    """Say how it was."""
    request, form = load_request(request_id), RatingForm()
    if not form.validate():
        return show_request(request, typed=form, name="rating", status=422)
    rating, words = Rating(form.rating.data), text(form.words)
    settling.say_how_it_was(db.session, request, rating=rating, words=words, act=form.talk())
    db.session.commit()
    flask.flash(gettext("Thank you for saying so."), "good")
    return see("requests.show", request_id=request_id)


@bp.post("/reopenings")
def create_reopening(request_id: int) -> Any:
    """Say that it did not hold after all."""
    request, form = load_request(request_id), ReopenForm()
    if not form.validate():
        return show_request(request, typed=form, name="reopen", status=422)
    settling.reopen(db.session, request, reason=text(form.words), act=form.act())
    db.session.commit()
    return see("requests.show", request_id=request_id)
