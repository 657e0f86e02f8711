"""The form of a prepared answer."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length


class PreparedForm(FlaskForm):
    """A name to find it by, and the words."""

    name = StringField("Name", validators=[InputRequired("Please name it."), Length(max=80)])
    body = TextAreaField(
        "The words",
        validators=[InputRequired("Please write the words."), Length(max=5000)],
        render_kw={"rows": 6},
    )
