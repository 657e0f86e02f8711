"""Giving advice and passing a piece on; answering remarks."""

from typing import Any

from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput

from app.feedback.rules import AnswerKind, RemarkKind, RemarkWords, Weight
from app.handoffs.rules import BACK, AsideReason, Decision, Size
from app.requests.life.promises import LateCard
from app.web.acting import ActForm
from app.web.forms.slots import RemarkForm, SlotForm, StrengthForm, choices, text, words

NOTE_LIMIT = 2000
LINE_LIMIT = 600
PASS_ON = {
    Decision.PASS_ON: "Pass it on to the {onward}",
    Decision.PASS_ON_CHANGED: "Pass it on to the {onward}, with small changes I made",
}
BACK_WORDS = {
    Decision.BACK_SMALL: "Back for small changes",
    Decision.BACK_LARGER: "Back for larger changes",
    Decision.BACK_QUESTION: "Back with a question",
}


class HandoffForm(ActForm):
    """The whole handoff. No decision stands there by default."""

    on_version = IntegerField(default=0, widget=HiddenInput(), validators=[Optional()])
    summary = StringField(
        "In one line: what does this piece set out to do?",
        validators=[Optional(), Length(max=LINE_LIMIT)],
    )
    strengths = FieldList(FormField(StrengthForm), min_entries=1, max_entries=20)
    remarks = FieldList(FormField(RemarkForm), min_entries=1, max_entries=60)
    checks = SelectMultipleField(
        "House style", option_widget=CheckboxInput(), choices=[], validators=[Optional()]
    )
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
    wanted = DateField("When would be good?", validators=[Optional()])
    eyes = words("What eyes do you wish for?", limit=LINE_LIMIT)
    keep = words("What must not change?", limit=LINE_LIMIT)
    note = words("A word to the next pair of hands", limit=NOTE_LIMIT)
    late_sorry = words("Say sorry", limit=LINE_LIMIT, rows=1)
    late_why = words("What kept it", limit=LINE_LIMIT, rows=1)
    late_doing = words("What you do about it", limit=LINE_LIMIT, rows=1)
    unanswered = 0  # must-remarks that keep it from going on

    def all_slots(self) -> list[SlotForm]:
        """Return every slot, strengths first."""
        return [entry.form for entry in (*self.strengths, *self.remarks)]

    def slots(self, body: str) -> list[tuple[Any, RemarkWords]]:
        """Return (sub-form, remark) for every slot with words, strengths first.

        :raises LookupError: when a quoted passage is not in `body`; its field says so.
        """
        found, lost = [], False
        for slot in self.all_slots():
            try:
                remark = slot.remark(body)
            except LookupError:
                lost = True
                slot.quote.errors = ["These words do not stand in the text just so. Copy them."]
                continue
            if remark:
                found.append((slot, remark))
        if lost:
            raise LookupError
        return found

    def first_strength(self) -> SlotForm:
        """Return the first strength that was typed, or the first slot for one."""
        typed = [entry.form for entry in self.strengths if not entry.form.is_empty()]
        return typed[0] if typed else self.strengths[0].form

    def given(self, body: str) -> list[RemarkWords]:
        """Return the remarks that were typed, strengths first."""
        return [remark for _, remark in self.slots(body)]

    def unticked(self) -> list[RemarkWords]:
        """Return a remark for each point of house style that is not ticked."""
        ticked = set(self.checks.data or ())
        return [
            RemarkWords(
                RemarkKind.NOTE,
                Weight.COULD,
                f"House style, not yet: {choice.label}",
                from_checklist=True,
            )
            for choice in self.checks.choices or ()
            if choice.value not in ticked
        ]

    def add_slot(self, kind: str, quote: str = "", start: int | None = None) -> None:
        """Offer one more slot, for "strengths" or "remarks", up to the limit; an empty one serves.

        A passage fills it.
        """
        slots = self.strengths if kind == "strengths" else self.remarks
        last = slots.entries[-1].form if slots.entries else None
        if last is None or not last.is_empty() or not quote:
            if len(slots) >= slots.max_entries:
                return
            slots.append_entry()
            last = slots.entries[-1].form
        last.quote.data, last.start.data, last.fresh = quote, start, True
        last.start.raw_data = None

    def goes_back(self) -> bool:
        """Say whether the decision is a return."""
        return Decision(self.decision.data) in BACK

    def late_card(self) -> LateCard | None:
        """Return what was said about being late, None when its sorry or its why is missing."""
        sorry, why = text(self.late_sorry), text(self.late_why)
        return LateCard(sorry, why, text(self.late_doing)) if sorry and why else None

    def offer(self, earlier: list[str], onward: str | None, people: list[SelectChoice]) -> None:
        """Set what can be chosen now: earlier stages, the next stage, its people."""
        on = list(PASS_ON.items()) if earlier else list(PASS_ON.items())[:1]
        forward = [(kind, said.format(onward=onward)) for kind, said in on] if onward else []
        back = list(BACK_WORDS.items()) if earlier else []
        self.decision.choices = [SelectChoice(kind.value, said) for kind, said in forward + back]
        self.stage.choices = [SelectChoice(name, f"The {name}") for name in earlier]
        self.to.choices = [SelectChoice(0, "Whoever had it, or the team"), *people]


class AsideForm(ActForm):
    """Stepping aside for another pair of eyes."""

    reason = RadioField(
        "Why?",
        choices=choices(*AsideReason),
        validators=[InputRequired("Please choose a reason; every one of them is fine.")],
    )
    successor = SelectField("Who takes it?", coerce=int, default=0, validators=[Optional()])
    again_after = DateField("Gladly ask me again after", validators=[Optional()])


class AnswerForm(Form):
    """What the author says to one remark."""

    kind = RadioField(
        "Your answer",
        choices=choices(*(k for k in AnswerKind if k is not AnswerKind.THANKS)),
        validators=[Optional()],
    )
    words = words("In your words")


class AnswersForm(ActForm):
    """The answers to all remarks that wait; built per request, a field per remark."""


def answers_form(remark_ids: list[int]) -> AnswersForm:
    """Return a form with an `AnswerForm` for each remark, named remark_<id>."""
    fields = {f"remark_{number}": FormField(AnswerForm) for number in remark_ids}
    form: AnswersForm = type("Answers", (AnswersForm,), fields)()
    return form
