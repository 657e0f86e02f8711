"""From a posted form to one act, and from a request's address to the request."""

import secrets
from typing import Any

import flask
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto as AUTO
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.db import db
from app.people.models import Draft
from app.requests.models import Request
from app.requests.queries import find_visible
from app.requests.record.recording import Act
from app.web.drafts import draft_here, forget_here, words_of
from app.web.headers import now
from app.web.numbers import NumberField
from app.web.render import me
from app.web.sessions import csrf_token


def new_key() -> str:
    """Return a fresh key for one form; a form with a used key does nothing twice."""
    return secrets.token_urlsafe(18)


class ActForm(FlaskForm):
    """What every form that changes something carries: its key, and the version its page showed."""

    draft: Draft | None = None
    about: Request  # given where what may be answered depends on it

    def __init__(self, formdata: Any = AUTO, **options: Any) -> None:
        """Take in what was posted; on the form's own page, what was typed there before."""
        csrf_token()  # signed once a session; WTForms would sign it anew for each form
        if formdata is AUTO and flask.request.method == "GET":
            self.draft = draft_here()
            formdata = words_of(self.draft)
        super().__init__(formdata, **options)

    key = HiddenField(default=new_key, validators=[InputRequired(), Length(8, 64)])
    seen = NumberField(widget=HiddenInput(), validators=[Optional()])

    def act(self) -> Act:
        """Return who acts, when, with which key, seeing which version; 400 when it says none.

        What was typed into the form is sent by that, so its draft goes.
        """
        if self.seen.data is None:
            flask.abort(400)
        forget_here()
        return Act(by=me(), at=now(), key=self.key.data, seen=self.seen.data)

    def talk(self) -> Act:
        """Return the same for words, which never conflict with a move somebody made meanwhile.

        The draft goes here too.
        """
        forget_here()
        return Act(by=me(), at=now(), key=self.key.data)


def load_request(request_id: int, *, bare: bool = False) -> Request:
    """Return the request when the signed-in person may see it; else 404, as for a missing one.

    A `bare` one is for acts: it comes without the names that only a page shows.
    """
    return find_visible(db.session, me(), request_id, bare=bare) or flask.abort(404)
