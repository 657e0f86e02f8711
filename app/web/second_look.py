"""The page that asks for the second step."""

import flask

from app.db import db
from app.people.factors import factors_of
from app.people.models import Person
from app.web.forms.door import CodeForm
from app.web.render import page


def show_second(person: Person, form: CodeForm, status: int = 200) -> flask.Response:
    """Ask `person` for a passkey or a code."""
    answer: flask.Response = page(
        "door/second.html", status=status, form=form, has=factors_of(db.session, person)
    )
    return answer
