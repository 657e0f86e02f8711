"""How the fields of forms are called, for words that are shown again without their form."""

from typing import Any, NamedTuple

from wtforms import HiddenField, StringField
from wtforms.fields.core import UnboundField

from app.web.forms.acts import ACTS, ADDRESSES
from app.web.forms.handoffs import AsideForm, HandoffForm
from app.web.forms.slots import RemarkForm, StrengthForm

# By the last part of the address that a form is posted to.
FORMS: dict[str, type] = {ADDRESSES[name]: form for name, form in ACTS.items()}
FORMS |= {"handoff": HandoffForm, "aside": AsideForm}
SLOTS: dict[str, type] = {"strengths": StrengthForm, "remarks": RemarkForm}  # several in one form


class Asked(NamedTuple):
    """What a field asks, whether for words, and its choices where they are always the same."""

    label: str
    for_words: bool
    choices: dict[str, str]


def asked_by(address: str, name: str) -> Asked | None:
    """Return what the field called `name` asks in the form that is posted to `address`."""
    field = _field(address, name)
    if field is None or not field.args:
        return None
    words = issubclass(field.field_class, StringField)
    for_words = words and not issubclass(field.field_class, HiddenField)
    choices = {each.value: str(each.label) for each in field.kwargs.get("choices", ())}
    return Asked(str(field.args[0]), for_words, choices)


def _field(address: str, name: str) -> Any:
    form = SLOTS.get(name.partition("-")[0])
    form = form or FORMS.get(address.partition("?")[0].rpartition("/")[2])
    field = getattr(form, name.rpartition("-")[2], None)
    return field if isinstance(field, UnboundField) else None
