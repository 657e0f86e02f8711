"""Giving advice and passing a piece on."""

from collections.abc import Mapping
from typing import Any

from wtforms import (
    DateField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput

from app.catalogue.rules import Stage
from app.feedback.rules import RemarkKind, RemarkWords, Weight
from app.handoffs.rules import BACK, AsideReason, Decision, Size
from app.language import gettext, gettext_noop, lazy_gettext
from app.requests.life.promises import LateCard
from app.web.acting import ActForm
from app.web.forms.slots import RemarkForm, SlotForm, StrengthForm, choices, text, words
from app.web.numbers import NumberField

NOTE_LIMIT = 2000
LINE_LIMIT = 600
PASS_ON: Mapping[str, str] = {
    Stage.EDITOR: gettext_noop("Pass it on to the editor"),
    Stage.PROOFREADER: gettext_noop("Pass it on to the proofreader"),
}
PASS_ON_CHANGED: Mapping[str, str] = {
    Stage.EDITOR: gettext_noop("Pass it on to the editor, with small changes I made"),
    Stage.PROOFREADER: gettext_noop("Pass it on to the proofreader, with small changes I made"),
}
BACK_TO: Mapping[str, str] = {
    Stage.AUTHOR: gettext_noop("The author"),
    Stage.EDITOR: gettext_noop("The editor"),
    Stage.PROOFREADER: gettext_noop("The proofreader"),
}
RETURNS = (Decision.BACK_SMALL, Decision.BACK_LARGER, Decision.BACK_QUESTION)


class HandoffForm(ActForm):
    """The whole handoff. No decision stands there by default."""

    on_version = NumberField(default=0, widget=HiddenInput(), validators=[Optional()])
    summary = StringField(
        lazy_gettext("In one line: what does this piece set out to do?"),
        validators=[Optional(), Length(max=LINE_LIMIT)],
    )
    strengths = FieldList(FormField(StrengthForm), min_entries=1, max_entries=20)
    remarks = FieldList(FormField(RemarkForm), min_entries=1, max_entries=60)
    checks = SelectMultipleField(
        lazy_gettext("House style"),
        option_widget=CheckboxInput(),
        choices=[],
        validators=[Optional()],
    )
    decision = RadioField(
        lazy_gettext("What now?"),
        validators=[InputRequired(lazy_gettext("Please choose what happens now."))],
    )
    stage = SelectField(lazy_gettext("Back to"), validators=[Optional()])
    to = SelectField(lazy_gettext("To whom"), coerce=int, default=0, validators=[Optional()])
    size = SelectField(
        lazy_gettext("How much is it for the author?"),
        choices=[SelectChoice("", lazy_gettext("I cannot say")), *choices(*Size)],
        validators=[Optional()],
    )
    wanted = DateField(lazy_gettext("When would be good?"), validators=[Optional()])
    eyes = words(lazy_gettext("What eyes do you wish for?"), limit=LINE_LIMIT)
    keep = words(lazy_gettext("What must not change?"), limit=LINE_LIMIT)
    note = words(lazy_gettext("A word to the next pair of hands"), limit=NOTE_LIMIT)
    late_sorry = words(lazy_gettext("Say sorry"), limit=LINE_LIMIT, rows=1)
    late_why = words(lazy_gettext("What kept it"), limit=LINE_LIMIT, rows=1)
    late_doing = words(lazy_gettext("What you do about it"), limit=LINE_LIMIT, rows=1)
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
                slot.quote.errors = [
                    gettext("These words do not stand in the text just so. Copy them.")
                ]
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
                gettext("House style, not yet: %(point)s", point=choice.label),
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
        on = [SelectChoice(Decision.PASS_ON.value, gettext(PASS_ON[onward]))] if onward else []
        if onward and earlier:
            said = gettext(PASS_ON_CHANGED[onward])
            on.append(SelectChoice(Decision.PASS_ON_CHANGED.value, said))
        self.decision.choices = [*on, *(choices(*RETURNS) if earlier else [])]
        self.stage.choices = [SelectChoice(name, gettext(BACK_TO[name])) for name in earlier]
        self.to.choices = people


class AsideForm(ActForm):
    """Stepping aside for another pair of eyes."""

    reason = RadioField(
        lazy_gettext("Why?"),
        choices=choices(*AsideReason),
        validators=[
            InputRequired(lazy_gettext("Please choose a reason; every one of them is fine."))
        ],
    )
    successor = SelectField(
        lazy_gettext("Who takes it?"), coerce=int, default=0, validators=[Optional()]
    )
    again_after = DateField(lazy_gettext("Gladly ask me again after"), validators=[Optional()])
