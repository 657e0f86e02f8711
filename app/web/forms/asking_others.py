"""The forms of what one asks of others: what is missing, and that somebody agrees."""

from wtforms import RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.db import db
from app.language import gettext, lazy_gettext
from app.people.models import Person
from app.people.queries import person_called
from app.web.acting import ActForm
from app.web.forms.days import UntilForm
from app.web.forms.words import words_field
from app.web.render import me

MOST_MISSING = 12


class ReturnForm(UntilForm):
    """Give it back with a list of what is missing."""

    missing = words_field(
        lazy_gettext("What is missing?"),
        lazy_gettext("Please name at least one thing, each on its line."),
    )

    def items(self) -> list[str]:
        """Return what is missing, a line each."""
        lines = (line.strip(" -*\t") for line in (self.missing.data or "").splitlines())
        return [line for line in lines if line]

    def validate_missing(self, _field: TextAreaField) -> None:
        """A list that somebody can work through."""
        if not self.items():
            raise ValidationError(gettext("Please name at least one thing, each on its line."))
        if len(self.items()) > MOST_MISSING:
            raise ValidationError(
                gettext("Please keep it to %(most)s; the rest can come later.", most=MOST_MISSING)
            )


class ApprovalForm(UntilForm):
    """Ask one person to agree."""

    of = StringField(
        lazy_gettext("Whose word is needed?"),
        validators=[
            InputRequired(lazy_gettext("Please write a name or an address.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "off", "list": "people-near"},
    )
    question = words_field(
        lazy_gettext("To what should they agree?"),
        lazy_gettext("Please write what they decide on."),
    )
    person: Person | None = None

    def validate_of(self, field: StringField) -> None:
        """Somebody who is here, and not oneself."""
        self.person = person_called(db.session, field.data or "")
        if self.person is None:
            raise ValidationError(
                gettext("There is nobody, or more than one, of that name; an address?")
            )
        if self.person.id == me().id:
            raise ValidationError(gettext("Somebody else has to agree."))


class DecisionForm(ActForm):
    """Agree, or not."""

    agreed = RadioField(
        lazy_gettext("Your word"),
        choices=[
            SelectChoice("yes", lazy_gettext("I agree")),
            SelectChoice("no", lazy_gettext("I do not agree")),
        ],
        validators=[InputRequired(lazy_gettext("Please choose one; there is no default."))],
    )
    words = words_field(lazy_gettext("In your words"), None, rows=3)

    def validate_words(self, field: TextAreaField) -> None:
        """No comes with its why."""
        if self.agreed.data == "no" and not (field.data or "").strip():
            raise ValidationError(gettext("Please say why, and what would change it."))
