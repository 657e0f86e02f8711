"""The small words that come back on advice."""

from wtforms import RadioField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from app.feedback.rules import NeedKind
from app.language import gettext, lazy_gettext
from app.web.acting import ActForm
from app.web.forms.slots import choices, text, words
from app.web.forms.words import words_field

YES_NO = [SelectChoice("yes", lazy_gettext("Yes")), SelectChoice("no", lazy_gettext("No"))]


class VerdictForm(ActForm):
    """Settled, or still open and why."""

    settled = RadioField(choices=YES_NO, validators=[InputRequired()])
    words = words(lazy_gettext("What is still open?"), limit=2000)

    def validate_words(self, field: object) -> None:
        """Ask why something is still open."""
        if self.settled.data == "no" and not text(self.words):
            raise ValidationError(gettext("Please say what is still open."))


class ChangesForm(ActForm):
    """Fine by me, or what to look at again."""

    confirmed = RadioField(
        lazy_gettext("Are these changes fine by you?"),
        choices=[
            SelectChoice("yes", lazy_gettext("Fine by me")),
            SelectChoice("no", lazy_gettext("Not quite")),
        ],
        validators=[InputRequired(lazy_gettext("Please choose one."))],
    )
    words = words(lazy_gettext("In your words"), limit=2000)

    def validate_words(self, field: object) -> None:
        """Ask for the words of a "not quite"."""
        if self.confirmed.data == "no" and not text(self.words):
            raise ValidationError(gettext("Please say what you would rather have."))


class NeedsForm(ActForm):
    """What an author would have needed."""

    needs = SelectMultipleField(
        lazy_gettext("What would have helped you more?"),
        choices=choices(*NeedKind),
        option_widget=CheckboxInput(),
        validators=[InputRequired(lazy_gettext("Please choose at least one."))],
    )
    words = words(lazy_gettext("In your words"), limit=600)


class ThanksForm(ActForm):
    """Thanks to one adviser."""

    words = words_field(
        lazy_gettext("Your thanks"), lazy_gettext("Please write a word or two."), rows=2
    )
