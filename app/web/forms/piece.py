"""Writing the next version."""

import flask
from wtforms import FileField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.documents.actions import Original
from app.documents.files import read_file
from app.documents.rules import NOTE_LIMIT
from app.language import lazy_gettext
from app.web.acting import ActForm
from app.web.numbers import NumberField

ACCEPTED = ".md,.txt,.docx,.odt"
TOO_LONG = lazy_gettext("Please stay within %(limit)s characters.", limit=NOTE_LIMIT)


class VersionForm(ActForm):
    """The text, and a line about what changed; `based_on` is the version it began with."""

    body = TextAreaField(lazy_gettext("The text"), validators=[Optional()], render_kw={"rows": 24})
    note = StringField(
        lazy_gettext("What is new?"),
        validators=[
            Optional(),
            Length(max=NOTE_LIMIT, message=TOO_LONG),
        ],
    )
    based_on = NumberField(widget=HiddenInput(), validators=[InputRequired()])
    file = FileField(
        lazy_gettext("Or a file"), validators=[Optional()], render_kw={"accept": ACCEPTED}
    )

    @property
    def has_file(self) -> bool:
        """Whether a file was chosen."""
        upload = flask.request.files.get(self.file.name)
        return upload is not None and bool(upload.filename)

    def original(self) -> Original | None:
        """Read the file that was chosen, if any; its words become the text.

        :raises UnreadableFile: when it cannot become a version.
        """
        if not self.has_file:
            return None
        upload = flask.request.files[self.file.name]
        name, content = upload.filename or "", upload.read()
        reading = read_file(name, content)
        self.body.data = reading.text
        return Original(name, reading.media_type, content, reading.lost)

    def begin_with(self, number: int) -> None:
        """Base the text on version `number` from now on, also where the form is shown again."""
        self.based_on.data, self.based_on.raw_data = number, None
