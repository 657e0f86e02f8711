"""The form of a prepared answer."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.language import lazy_gettext


class PreparedForm(FlaskForm):
    """A name to find it by, and the words."""

    name = StringField(
        lazy_gettext("Name"),
        validators=[InputRequired(lazy_gettext("Please name it.")), Length(max=80)],
    )
    body = TextAreaField(
        lazy_gettext("The words"),
        validators=[InputRequired(lazy_gettext("Please write the words.")), Length(max=5000)],
        render_kw={"rows": 6},
    )
