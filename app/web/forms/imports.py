"""Bringing in the log of another tool."""

import flask
from wtforms import FileField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.catalogue.rules import Visibility
from app.language import gettext, lazy_gettext
from app.web.acting import ActForm

WORDS = {
    Visibility.BOTH_TEAMS: lazy_gettext("Both teams"),
    Visibility.OPEN: lazy_gettext("Everybody here"),
    Visibility.CONFIDENTIAL: lazy_gettext("Who asked and who carries it"),
}


class LogForm(ActForm):
    """A file, and who may see what comes of it."""

    file = FileField(
        lazy_gettext("The log, a CSV file"),
        render_kw={"accept": ".csv,text/csv", "required": True},
    )
    visibility = RadioField(
        lazy_gettext("Who may see these requests?"),
        choices=[SelectChoice(each.value, words) for each, words in WORDS.items()],
        default=Visibility.BOTH_TEAMS.value,
    )

    def chosen(self) -> tuple[str, bytes] | None:
        """Return name and content of the file, None with a sentence beside the field if none."""
        upload = flask.request.files.get(self.file.name)
        if upload is None or not upload.filename:
            self.file.errors = [gettext("Please choose a file.")]
            return None
        return upload.filename, upload.read()


class MappingForm(ActForm):
    """How the columns are read."""

    mapping = TextAreaField(
        lazy_gettext("Which column says what, and how their states become ours"),
        validators=[InputRequired(lazy_gettext("Please say how it is read."))],
        render_kw={"rows": 20, "spellcheck": "false", "class": "code"},
    )
