"""Giving advice and passing a piece on; answering remarks."""

from typing import Any

from wtforms import FieldList, Form, FormField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.feedback.rules import AnswerKind, Audience, RemarkKind, RemarkWords, Weight
from app.handoffs.rules import BACK, Decision, Size
from app.web.acting import ActForm

LIMIT = 4000
NOTE_LIMIT = 2000


class Chosen:
    """Marks a field that always has a value, so that it does not read as optional."""

    field_flags = {"required": True}

    def __call__(self, _form: Form, _field: Any) -> None:
        """Accept: the field's own choices are checked, and an empty slot may lack it."""


def words(label: str, hint: str = "", *, rows: int = 2, limit: int = LIMIT) -> TextAreaField:
    """Return a field for a few sentences."""
    too_long = f"Please stay within {limit:,} characters."
    return TextAreaField(
        label,
        description=hint,
        validators=[Optional(), Length(max=limit, message=too_long)],
        render_kw={"rows": rows},
    )


def place(hint: str = "") -> StringField:
    """Return the field for where in the piece something is."""
    too_long = "Please stay within 300 characters."
    return StringField(
        "Where", description=hint, validators=[Optional(), Length(max=300, message=too_long)]
    )


def choices(*kinds: Any) -> list[SelectChoice]:
    """Return enum members as choices, by their own words."""
    return [SelectChoice(kind.value, kind.value.capitalize()) for kind in kinds]


class StrengthForm(Form):
    """What works and should stay."""

    where = place("A heading, a sentence, “the whole piece”.")
    see = words("What works", "What should stay as it is.")
    why = words("Why", "The reason is what the author can use again.")

    def remark(self) -> RemarkWords | None:
        """Return the remark, or None for an empty slot."""
        see, why, where = (text(f) for f in (self.see, self.why, self.where))
        if not (see or why or where):
            return None
        return RemarkWords(RemarkKind.STRENGTH, Weight.COULD, see, why, where=where)


class RemarkForm(Form):
    """What might change."""

    kind = SelectField(
        "Kind",
        choices=choices(*(k for k in RemarkKind if k is not RemarkKind.STRENGTH)),
        validators=[Chosen()],
    )
    weight = RadioField(
        "Weight",
        choices=choices(Weight.COULD, Weight.MUST),
        default=Weight.COULD.value,
        validators=[Chosen()],
    )
    where = place()
    see = words("What I see")
    why = words("Why it matters to the reader")
    try_next = words("What I would try")
    audience = SelectField(
        "Who reads it",
        choices=[
            SelectChoice(Audience.AUTHOR.value, "The author"),
            SelectChoice(Audience.TEAM.value, "The team only"),
        ],
        validators=[Chosen()],
    )

    def remark(self) -> RemarkWords | None:
        """Return the remark, or None for an empty slot."""
        see, why, try_next, where = (
            text(f) for f in (self.see, self.why, self.try_next, self.where)
        )
        if not (see or why or try_next or where):
            return None
        kind, weight = RemarkKind(self.kind.data), Weight(self.weight.data)
        return RemarkWords(kind, weight, see, why, try_next, where, Audience(self.audience.data))


class HandoffForm(ActForm):
    """The whole handoff. No decision stands there by default."""

    unanswered = 0  # must-remarks that keep it from going on
    strengths = FieldList(FormField(StrengthForm), min_entries=1, max_entries=20)
    remarks = FieldList(FormField(RemarkForm), min_entries=2, max_entries=60)
    decision = RadioField(
        "What now?", validators=[InputRequired("Please choose what happens now.")]
    )
    stage = SelectField("Back to", validators=[Optional()])
    to = SelectField("To whom", coerce=int, default=0, validators=[Optional()])
    size = SelectField(
        "How much is it for the author?",
        choices=[SelectChoice("", "I cannot say"), *choices(*Size)],
        validators=[Optional()],
    )
    note = words("A word to the next pair of hands", limit=NOTE_LIMIT)

    def slots(self) -> list[tuple[Any, RemarkWords]]:
        """Return (sub-form, remark) for every slot with words, strengths first."""
        forms = [*self.strengths, *self.remarks]
        return [(slot.form, found) for slot in forms if (found := slot.form.remark())]

    def add_slot(self, kind: str) -> None:
        """Offer one more empty slot, for "strengths" or "remarks", up to the limit."""
        slots = self.strengths if kind == "strengths" else self.remarks
        if len(slots) < slots.max_entries:
            slots.append_entry()

    def goes_back(self) -> bool:
        """Say whether the decision is a return."""
        return Decision(self.decision.data) in BACK

    def offer(self, earlier: list[str], onward: str | None, people: list[SelectChoice]) -> None:
        """Set what can be chosen now: earlier stages, the next stage, its people."""
        decisions = [SelectChoice(Decision.PASS_ON.value, f"Pass it on to the {onward}")]
        back = [Decision.BACK_SMALL, Decision.BACK_LARGER] if earlier else []
        self.decision.choices = (decisions if onward else []) + choices(*back)
        self.stage.choices = choices_of(earlier)
        self.to.choices = [SelectChoice(0, "Whoever had it, or the team"), *people]


def choices_of(names: list[str]) -> list[SelectChoice]:
    """Return stage names as choices."""
    return [SelectChoice(name, f"The {name}") for name in names]


class AnswerForm(Form):
    """What the author says to one remark."""

    kind = RadioField("Your answer", choices=choices(*AnswerKind), validators=[Optional()])
    words = words("In your words")


class AnswersForm(ActForm):
    """The answers to all remarks that wait; built per request, a field per remark."""


def answers_form(remark_ids: list[int]) -> AnswersForm:
    """Return a form with an `AnswerForm` for each remark, named remark_<id>."""
    fields = {f"remark_{number}": FormField(AnswerForm) for number in remark_ids}
    form: AnswersForm = type("Answers", (AnswersForm,), fields)()
    return form


def text(field: StringField) -> str:
    """Return what was typed, without outer spaces."""
    return (field.data or "").strip()
