"""The form that moves several requests at once."""

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from app.language import gettext, lazy_gettext
from app.web.acting import ActForm
from app.web.forms.choosing import choice_field
from app.web.forms.words import words_field
from app.web.numbers import LARGEST, as_number, is_number

AT_MOST = 50


class ManyForm(ActForm):
    """Which ones, and what happens to each. `chosen` are "id.version", as the page showed them."""

    step = HiddenField(default="look")
    chosen = SelectMultipleField(
        lazy_gettext("Which ones?"),
        option_widget=CheckboxInput(),
        validate_choice=False,
        choices=[],
    )
    act = RadioField(
        lazy_gettext("What happens to each?"),
        choices=[
            SelectChoice("take", lazy_gettext("I take it up")),
            SelectChoice("give", lazy_gettext("It goes to a person")),
            SelectChoice("hand", lazy_gettext("It goes to another team")),
        ],
        validators=[InputRequired(lazy_gettext("Please choose what happens."))],
    )
    to = choice_field(lazy_gettext("Which person?"), None)
    team = choice_field(lazy_gettext("Which team?"), None)
    note = words_field(lazy_gettext("What should that team know?"), None, rows=2)

    def numbers(self) -> list[tuple[int, int]]:
        """Return (id, version) of the chosen ones."""
        pairs = (text.partition(".") for text in self.chosen.data or [])
        return [(as_number(a), as_number(b)) for a, _, b in pairs]

    def validate_chosen(self, field: SelectMultipleField) -> None:
        """Some, not too many, and as the page gave them."""
        if not field.data:
            raise ValidationError(gettext("Please choose at least one."))
        fine = all(_is_pair(text) for text in field.data)
        if len(field.data) > AT_MOST or not fine:
            raise ValidationError(
                gettext("Please choose up to %(most)s of the list.", most=AT_MOST)
            )

    def validate_to(self, field: SelectField) -> None:
        """A person is chosen where one is meant."""
        if self.act.data == "give" and not field.data:
            raise ValidationError(gettext("Please choose a person."))

    def validate_team(self, field: SelectField) -> None:
        """So is a team."""
        if self.act.data == "hand" and not field.data:
            raise ValidationError(gettext("Please choose a team."))

    def validate_note(self, field: SelectField) -> None:
        """Another team begins with a word."""
        if self.act.data == "hand" and not (field.data or "").strip():
            raise ValidationError(gettext("Please write how far it is and what is open."))


def _is_pair(text: str) -> bool:
    number, _, version = text.partition(".")
    return all(is_number(part) and int(part[:11]) <= LARGEST for part in (number, version))
