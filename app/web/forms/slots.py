"""The small forms a handoff is made of: one strength, one remark, and how they are typed."""

from typing import Any

from wtforms import Form, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.feedback.nudge import Hint
from app.feedback.rules import Audience, RemarkKind, RemarkWords, Weight
from app.language import lazy_gettext
from app.language.writing import lazy_begun, lazy_whole
from app.web.passages import find_words

LIMIT = 4000


class Chosen:
    """Marks a field that always has a value, so that it does not read as optional."""

    field_flags = {"required": True}

    def __call__(self, _form: Form, _field: Any) -> None:
        """Accept: the field's own choices are checked, and an empty slot may lack it."""


def words(label: Any, hint: Any = "", *, rows: int = 2, limit: int = LIMIT) -> TextAreaField:
    """Return a field for a few sentences."""
    too_long = lazy_gettext("Please stay within %(limit)s characters.", limit=lazy_whole(limit))
    return TextAreaField(
        label,
        description=hint,
        validators=[Length(max=limit, message=too_long)],
        render_kw={"rows": rows},
    )


def choices(*kinds: Any) -> list[SelectChoice]:
    """Return enum members as choices, by their own words."""
    return [SelectChoice(kind.value, lazy_begun(kind.value)) for kind in kinds]


def text(field: Any) -> str:
    """Return what was typed, without outer spaces."""
    return (field.data or "").strip()


class SlotForm(Form):
    """What a strength and a remark share: where in the text it is.

    The passage is quoted, so that it can be chosen with a mouse, with the keyboard, or typed;
    `start` says which one is meant when the same words stand in several places.
    """

    start = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, 2_000_000)])
    quote = words(
        lazy_gettext("The passage"),
        lazy_gettext("Shorten it to the words you mean. Empty: the whole piece."),
    )
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

    quote = words(
        lazy_gettext("The passage"),
        lazy_gettext("Copy the words that should stay, or choose them in the text."),
    )
    see = words(lazy_gettext("What works"), lazy_gettext("What should stay as it is."))
    why = words(lazy_gettext("Why"), lazy_gettext("The reason is what the author can use again."))

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
        lazy_gettext("Kind"),
        choices=choices(*(k for k in RemarkKind if k is not RemarkKind.STRENGTH)),
        validators=[Chosen()],
    )
    weight = RadioField(
        lazy_gettext("Weight"),
        choices=choices(Weight.COULD, Weight.MUST),
        default=Weight.COULD.value,
        validators=[Chosen()],
    )
    see = words(lazy_gettext("What I see"))
    why = words(lazy_gettext("Why it matters to the reader"))
    try_next = words(lazy_gettext("What I would try"))
    replacement = words(
        lazy_gettext("Other words for the passage"),
        lazy_gettext("The author can take them with one click."),
        limit=20_000,
    )
    audience = SelectField(
        lazy_gettext("Who reads it"),
        choices=[
            SelectChoice(Audience.AUTHOR.value, lazy_gettext("The author")),
            SelectChoice(Audience.TEAM.value, lazy_gettext("The team only")),
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
