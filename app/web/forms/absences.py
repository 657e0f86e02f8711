"""The form of one's absence."""

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired


class AwayForm(FlaskForm):
    """From when to when, and who stands in."""

    first_day = DateField("First day away", validators=[InputRequired("Please name the day.")])
    last_day = DateField("Last day away", validators=[InputRequired("Please name the day.")])
    substitute = SelectField("Who stands in for you?", coerce=int, default=0)
