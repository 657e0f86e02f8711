"""One row of the form builder: a question of a request form."""

import hashlib
import re

from wtforms import BooleanField, Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from app.catalogue.questions import Field, FieldKind

KINDS = [SelectChoice(kind.value, kind.value.capitalize()) for kind in FieldKind]


class QuestionForm(Form):
    """One question; one without words is none."""

    key = HiddenField(validators=[Length(max=40)])
    label = StringField("Question", validators=[Length(max=120)])
    kind = SelectField("Kind", choices=KINDS)
    required = BooleanField("Needs an answer")
    hint = StringField("Help", validators=[Length(max=280)])
    choices = TextAreaField(
        "Choices, one a line", validators=[Length(max=3000)], render_kw={"rows": 3}
    )
    asked_if = StringField("Only if this question above", validators=[Length(max=120)])
    asked_when = StringField("is answered with", validators=[Length(max=120)])

    def question(self, keys: dict[str, str]) -> Field | None:
        """Return the question, None for an empty row; `keys` are those above by their words."""
        label = (self.label.data or "").strip()
        if not label:
            return None
        on = (self.asked_if.data or "").strip()
        lines = [" ".join(line.split()) for line in (self.choices.data or "").splitlines()]
        chooses = self.kind.data in (FieldKind.CHOICE, FieldKind.CHOICES)
        return Field(
            key=self.key.data or _key(label),
            label=label,
            kind=FieldKind(self.kind.data),
            required=bool(self.required.data),
            hint=(self.hint.data or "").strip(),
            choices=tuple(dict.fromkeys(line for line in lines if line)) if chooses else (),
            asked_if=keys.get(on.casefold(), on),
            asked_when=(self.asked_when.data or "").strip() if on else "",
        )


def _key(label: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")[:24]
    return f"{plain or 'q'}_{hashlib.sha256(label.encode()).hexdigest()[:6]}"
