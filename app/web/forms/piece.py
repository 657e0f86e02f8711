"""Writing the next version."""

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.documents.rules import NOTE_LIMIT
from app.web.acting import ActForm


class VersionForm(ActForm):
    """The text, and a line about what changed; `based_on` is the version it began with."""

    body = TextAreaField("The text", validators=[Optional()], render_kw={"rows": 24})
    note = StringField(
        "What is new?",
        validators=[
            Optional(),
            Length(max=NOTE_LIMIT, message=f"Please stay within {NOTE_LIMIT} characters."),
        ],
    )
    based_on = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def begin_with(self, number: int) -> None:
        """Base the text on version `number` from now on, also where the form is shown again."""
        self.based_on.data, self.based_on.raw_data = number, None
