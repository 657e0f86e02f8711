"""One row of the form builder: a question of a request form."""

import hashlib
import re

from wtforms import BooleanField, Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from app.catalogue.questions import Field, FieldKind
from app.language import gettext_noop, lazy_gettext
from app.language.writing import lazy_begun

WORDS = {
    FieldKind.SHORT_TEXT: gettext_noop("short text"),
    FieldKind.LONG_TEXT: gettext_noop("long text"),
    FieldKind.NUMBER: gettext_noop("number"),
    FieldKind.DATE: gettext_noop("date"),
    FieldKind.CHOICE: gettext_noop("choice"),
    FieldKind.CHOICES: gettext_noop("several choices"),
    FieldKind.PERSON: gettext_noop("person"),
    FieldKind.TEAM: gettext_noop("team"),
    FieldKind.LINK: gettext_noop("link"),
    FieldKind.FILE: gettext_noop("file"),
}
KINDS = [SelectChoice(kind.value, lazy_begun(words)) for kind, words in WORDS.items()]


class QuestionForm(Form):
    """One question; one without words is none."""

    key = HiddenField(validators=[Length(max=40)])
    label = StringField(lazy_gettext("Question"), validators=[Length(max=120)])
    kind = SelectField(lazy_gettext("Kind"), choices=KINDS)
    required = BooleanField(lazy_gettext("Needs an answer"))
    hint = StringField(lazy_gettext("Help"), validators=[Length(max=280)])
    choices = TextAreaField(
        lazy_gettext("Choices, one a line"), validators=[Length(max=3000)], render_kw={"rows": 3}
    )
    asked_if = StringField(
        lazy_gettext("Only if this question above"), validators=[Length(max=120)]
    )
    asked_when = StringField(lazy_gettext("is answered with"), validators=[Length(max=120)])

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
