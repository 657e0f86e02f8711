"""The language in which Baton speaks with somebody, chosen on their own page."""

from typing import Any

import flask

from app.db import db
from app.language import gettext, speaking
from app.web.forms.door import LanguageForm
from app.web.people import show_me
from app.web.render import me, see

bp = flask.Blueprint("own_language", __name__)


@bp.post("/me/language")
def save() -> Any:
    """Choose the language of pages and letters."""
    form = LanguageForm()
    if not form.validate():
        return show_me(422, language=form)
    me().language = form.code.data or None
    db.session.commit()
    with speaking(form.code.data):
        flask.flash(gettext("Saved."), "good")
    return see("people.me")
