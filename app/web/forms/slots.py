"""The small forms a handoff is made of: one strength, one remark, and how they are typed."""

from typing import Any

from wtforms import Form, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.feedback.nudge import Hint
from app.feedback.rules import Audience, RemarkKind, RemarkWords, Weight
from app.web.passages import find_words

LIMIT = 4000


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
        validators=[Length(max=limit, message=too_long)],
        render_kw={"rows": rows},
    )


def choices(*kinds: Any) -> list[SelectChoice]:
    """Return enum members as choices, by their own words."""
    return [SelectChoice(kind.value, kind.value[0].upper() + kind.value[1:]) for kind in kinds]


def text(field: Any) -> str:
    """Return what was typed, without outer spaces."""
    return (field.data or "").strip()


class SlotForm(Form):
    """What a strength and a remark share: where in the text it is.

    The passage is quoted, so that it can be chosen with a mouse, with the keyboard, or typed;
    `start` says which one is meant when the same words stand in several places.
    """

    start = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, 2_000_000)])
    quote = words("The passage", "Shorten it to the words you mean. Empty: the whole piece.")
    fresh = False  # just added: the page puts the cursor into it
    hint: Hint | None = None
    hint_token = ""

    def is_empty(self) -> bool:
        """Say whether nothing was typed into this slot."""
        skipped = ("kind", "weight", "audience", "start")
        return not any(text(field) for field in self if field.short_name not in skipped)

    def passage_in(self, body: str) -> tuple[int, int] | None:
        """Return where the quoted words stand in `body`; None for the whole piece.

        :raises LookupError: when they do not stand there, or in several places.
        """
        if not text(self.quote):
            return None
        found = find_words(body, text(self.quote), near=self.start.data)
        if found is None:
            raise LookupError
        return found

    def move_to(self, body: str) -> None:
        """Find the passage again in a newer text; when it is gone, keep its words as they are."""
        try:
            found = self.passage_in(body)
        except LookupError:
            return
        self.start.data = found[0] if found else None


class StrengthForm(SlotForm):
    """What works and should stay."""

    quote = words("The passage", "Copy the words that should stay, or choose them in the text.")
    see = words("What works", "What should stay as it is.")
    why = words("Why", "The reason is what the author can use again.")

    def remark(self, body: str) -> RemarkWords | None:
        """Return the remark, or None for an empty slot. :raises LookupError: see `passage_in`."""
        if self.is_empty():
            return None
        see, why = text(self.see), text(self.why)
        return RemarkWords(
            RemarkKind.STRENGTH, Weight.COULD, see, why, passage=self.passage_in(body)
        )


class RemarkForm(SlotForm):
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
    see = words("What I see")
    why = words("Why it matters to the reader")
    try_next = words("What I would try")
    replacement = words(
        "Other words for the passage", "The author can take them with one click.", limit=20_000
    )
    audience = SelectField(
        "Who reads it",
        choices=[
            SelectChoice(Audience.AUTHOR.value, "The author"),
            SelectChoice(Audience.TEAM.value, "The team only"),
        ],
        validators=[Chosen()],
    )

    def remark(self, body: str) -> RemarkWords | None:
        """Return the remark, or None for an empty slot. :raises LookupError: see `passage_in`."""
        if self.is_empty():
            return None
        return RemarkWords(
            RemarkKind(self.kind.data),
            Weight(self.weight.data),
            text(self.see),
            text(self.why),
            text(self.try_next),
            audience=Audience(self.audience.data),
            passage=self.passage_in(body),
            replacement=text(self.replacement) or None,
        )
