"""Keeping a search."""

from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.requests.search.wanted import LIMIT
from app.web.acting import ActForm


class KeepForm(ActForm):
    """A name for a search; with a team it is for everybody there."""

    name = StringField("Keep it as", validators=[InputRequired(), Length(max=80)])
    team = IntegerField("For a team", validators=[Optional()])
    query = HiddenField(validators=[InputRequired(), Length(max=LIMIT)])
