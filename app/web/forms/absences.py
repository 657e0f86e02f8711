"""The form of one's absence."""

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired

from app.language import lazy_gettext


class AwayForm(FlaskForm):
    """From when to when, and who stands in."""

    first_day = DateField(
        lazy_gettext("First day away"),
        validators=[InputRequired(lazy_gettext("Please name the day."))],
    )
    last_day = DateField(
        lazy_gettext("Last day away"),
        validators=[InputRequired(lazy_gettext("Please name the day."))],
    )
    substitute = SelectField(lazy_gettext("Who stands in for you?"), coerce=int, default=0)
