"""Keeping a search."""

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.language import lazy_gettext
from app.requests.search.wanted import LIMIT
from app.web.acting import ActForm
from app.web.numbers import NumberField


class KeepForm(ActForm):
    """A name for a search; with a team it is for everybody there."""

    name = StringField(lazy_gettext("Keep it as"), validators=[InputRequired(), Length(max=80)])
    team = NumberField(lazy_gettext("For a team"), validators=[Optional()])
    query = HiddenField(validators=[InputRequired(), Length(max=LIMIT)])
