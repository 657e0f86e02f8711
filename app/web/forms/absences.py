"""The form of one's absence."""

from flask_wtf import FlaskForm
from wtforms import SelectField

from app.language import lazy_gettext
from app.web.forms.days import day_field


class AwayForm(FlaskForm):
    """From when to when, and who stands in."""

    first_day = day_field(lazy_gettext("First day away"))
    last_day = day_field(lazy_gettext("Last day away"))
    substitute = SelectField(lazy_gettext("Who stands in for you?"), coerce=int, default=0)
