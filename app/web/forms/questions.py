"""A field for each question of a request form."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    Field,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from app.catalogue.questions import Field as Question
from app.catalogue.questions import FieldKind
from app.language import gettext

FEW = 6  # choices that are shown side by side; more go into a list


class DateField(StringField):
    """A date, kept as it was typed so that a wrong one can be mended."""

    widget = DateInput()


class Wanted:
    """Marks an answer as needed; the catalogue's own rules say so when it is missing."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        """Accept; see `AskForm.validate`."""


def plain_breaks(text: str | None) -> str | None:
    """Return the text with the line breaks of a form made into ours."""
    return text.replace("\r\n", "\n") if text else text


def field_name(key: str) -> str:
    """Return the name of the field that takes the answer to the question `key`."""
    return f"answer_{key}"


def field_of(question: Question, team_names: Sequence[str]) -> Any:
    """Return the field for `question`; one for a team lets choose among `team_names`."""
    about: dict[str, Any] = {
        "label": question.label,
        "description": question.hint,
        # A browser would ask for an answer to a question that it does not show.
        "validators": [Wanted()] if question.required and not question.asked_if else [],
    }
    if question.kind is FieldKind.CHOICE:
        return _choice(question, about)
    if question.kind is FieldKind.CHOICES:
        return _choices(question, about)
    if question.kind is FieldKind.TEAM:
        return _one_of(team_names, about)
    made, more = PLAIN.get(question.kind, (StringField, {}))
    return made(**about, **more)


PLAIN: dict[FieldKind, tuple[Any, dict[str, Any]]] = {
    FieldKind.LONG_TEXT: (TextAreaField, {"filters": [plain_breaks], "render_kw": {"rows": 4}}),
    FieldKind.NUMBER: (StringField, {"render_kw": {"inputmode": "decimal"}}),
    FieldKind.DATE: (DateField, {}),
    FieldKind.LINK: (StringField, {"render_kw": {"inputmode": "url"}}),
    FieldKind.FILE: (FileField, {"render_kw": {"multiple": True}}),
}


def _choice(question: Question, about: dict[str, Any]) -> Any:
    if question.required and len(question.choices) <= FEW:
        choices = [SelectChoice(choice, choice) for choice in question.choices]
        return RadioField(**about, choices=choices, validate_choice=False)
    return _one_of(question.choices, about)


def _one_of(names: Sequence[str], about: dict[str, Any]) -> Any:
    choices = [
        SelectChoice("", gettext("Please choose")),
        *(SelectChoice(name, name) for name in names),
    ]
    return SelectField(**about, choices=choices, validate_choice=False)


def _choices(question: Question, about: dict[str, Any]) -> Any:
    return SelectMultipleField(
        **about,
        choices=[SelectChoice(choice, choice) for choice in question.choices],
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
