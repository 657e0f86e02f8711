"""The form of a request: a title, the details, and the questions of its type."""

from typing import Any

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import DateInput

from app.catalogue.models import RequestType
from app.catalogue.rules import Field as Question
from app.catalogue.rules import FieldKind, read_fields, wrong_answers
from app.people.models import Person
from app.requests.raising import Wish
from app.web.acting import ActForm

TITLE_LIMIT = 200
DETAILS_LIMIT = 20_000
FEW = 6  # choices that are shown side by side; more go into a list


class DateField(StringField):
    """A date, kept as it was typed so that a wrong one can be mended."""

    widget = DateInput()


class Wanted:
    """Marks an answer as needed; the catalogue's own rules say so when it is missing."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        """Accept; see `AskForm.validate`."""


def within(limit: int) -> Any:
    """Return a validator for the length of a text, without cutting what is pasted."""

    def check(form: Any, field: Field) -> None:
        if len(field.data or "") > limit:
            raise ValidationError(
                f"Please stay within {limit:,} characters; this has {len(field.data):,}."
            )

    return check


def one_line(text: str | None) -> str | None:
    """Return the text with its line breaks and runs of spaces made into single spaces."""
    return " ".join(text.split()) if text else text


def plain_breaks(text: str | None) -> str | None:
    """Return the text with the line breaks of a form made into ours."""
    return text.replace("\r\n", "\n") if text else text


class AskForm(ActForm):
    """What everybody is asked; the questions of a type are added by `ask_form`."""

    title = StringField(
        "Title",
        filters=[one_line],
        validators=[
            DataRequired("Please give it a title; a few words are enough."),
            within(TITLE_LIMIT),
        ],
    )
    details = TextAreaField(
        "Details",
        filters=[plain_breaks],
        validators=[within(DETAILS_LIMIT)],
        render_kw={"rows": 8},
    )
    asking_team = SelectField("Asking for", coerce=int)
    questions: list[Question] = []
    only_team_id: int = 0  # nobody's team: refused by the act itself

    def validate(self, extra_validators: Any = None) -> bool:
        """Check everything, the answers by the rules of the catalogue."""
        fine: bool = super().validate(extra_validators)
        wrong = wrong_answers(self.questions, self._typed())
        for key, sentence in wrong.items():
            self[_name(key)].errors = [sentence]
        return fine and not wrong

    def asked(self) -> list[Field]:
        """Return the fields of the type's own questions."""
        return [self[_name(question.key)] for question in self.questions]

    def wish(self) -> Wish:
        """Return what is asked; questions left open are left out."""
        typed = self._typed()
        answers = [
            {"label": question.label, "text": typed[question.key].strip()}
            for question in self.questions
            if typed[question.key].strip()
        ]
        team_id = self.asking_team.data if self.asking_team else self.only_team_id
        return Wish(self.title.data, self.details.data or "", answers, team_id)

    def _typed(self) -> dict[str, str]:
        return {question.key: self[_name(question.key)].data or "" for question in self.questions}


def ask_form(offered: RequestType, person: Person) -> AskForm:
    """Return the form of `offered` for `person`, who asks for one of their teams."""
    asked = read_fields(offered.fields)
    parts: dict[str, Any] = {_name(question.key): _field(question) for question in asked}
    form: AskForm = type("AskFormOfType", (AskForm,), {**parts, "questions": asked})()
    teams = sorted(((m.team_id, m.team.name) for m in person.memberships), key=lambda team: team[1])
    form.asking_team.choices = [SelectChoice(*team) for team in teams]
    if len(teams) < 2:
        form.only_team_id = teams[0][0] if teams else 0
        del form.asking_team
    return form


def _name(key: str) -> str:
    return f"answer_{key}"


def _field(question: Question) -> Any:
    about: dict[str, Any] = {
        "label": question.label,
        "description": question.hint,
        "validators": [Wanted()] if question.required else [],
    }
    match question.kind:
        case FieldKind.LONG_TEXT:
            return TextAreaField(**about, filters=[plain_breaks], render_kw={"rows": 4})
        case FieldKind.NUMBER:
            return StringField(**about, render_kw={"inputmode": "decimal"})
        case FieldKind.DATE:
            return DateField(**about)
        case FieldKind.CHOICE:
            return _choice(question, about)
        case _:
            return StringField(**about)


def _choice(question: Question, about: dict[str, Any]) -> Any:
    choices = [SelectChoice(choice, choice) for choice in question.choices]
    if question.required and len(choices) <= FEW:
        return RadioField(**about, choices=choices, validate_choice=False)
    return SelectField(
        **about, choices=[SelectChoice("", "Please choose"), *choices], validate_choice=False
    )
