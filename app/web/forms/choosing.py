"""One person or team out of several: nobody is chosen by standing first in the list."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.language import gettext
from app.web.numbers import as_number


def choice_field(label: str, missing: str | None) -> SelectField:
    """Return a field for the id of one; `missing` is the sentence when one is required."""
    needed = [InputRequired(missing)] if missing else []
    return SelectField(label, coerce=_chosen, validate_choice=False, validators=needed)


def to_choose(named: Iterable[Any]) -> list[SelectChoice]:
    """Return what stands in such a field: an empty choice, then everything that has a name."""
    names = [SelectChoice(each.id, each.name) for each in named]
    return [SelectChoice("", gettext("Please choose")), *names]


def _chosen(value: Any) -> int | None:
    return as_number(value) if value else None
