"""One form per act on a request."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.requests.rules import Outcome, WaitingOn
from app.web.acting import ActForm

LIMIT = 20_000


def words_field(label: str, missing: str | None, *, rows: int = 4) -> TextAreaField:
    """Return a field for a person's words; `missing` is the sentence when they are required."""
    # No Optional(): it would stop the checks that ask for words after all, such as "not yet".
    needed = [InputRequired(missing), _not_blank(missing)] if missing else []
    too_long = f"Please stay within {LIMIT:,} characters."
    return TextAreaField(
        label,
        validators=[*needed, Length(max=LIMIT, message=too_long)],
        render_kw={"rows": rows},
    )


def _not_blank(sentence: str) -> Callable[[FlaskForm, TextAreaField], None]:
    def check(_form: FlaskForm, field: TextAreaField) -> None:
        if not (field.data or "").strip():
            raise ValidationError(sentence)

    return check


class ClickForm(ActForm):
    """An act that needs no words: claim, start, take over, go on."""


class MessageForm(ActForm):
    """A message both sides can read."""

    words = words_field("Your message", "Please write something first.")


class NoteForm(ActForm):
    """An internal note."""

    words = words_field("Your note", "Please write something first.")


class GiveForm(ActForm):
    """Give it to a colleague."""

    to = SelectField("To whom?", coerce=int, validate_choice=False)


class PauseForm(ActForm):
    """An addressed question."""

    waiting_on = RadioField(
        "Who has the answer?",
        choices=[
            SelectChoice(WaitingOn.REQUESTER.value, "The person who asked"),
            SelectChoice(WaitingOn.THIRD_PARTY.value, "Somebody else"),
        ],
        validators=[InputRequired("Please say whom you wait for.")],
    )
    who = StringField("Who else?", validators=[Length(max=80)])
    question = words_field("Your question", "Please write the question; it is sent as a message.")
    until = DateField("When do you hope for it?", validators=[Optional()])

    def validate_who(self, field: StringField) -> None:
        """A third party has a name."""
        if self.waiting_on.data == WaitingOn.THIRD_PARTY and not (field.data or "").strip():
            raise ValidationError("Please name them, so that everybody knows.")

    def until_moment(self, zone: str) -> datetime | None:
        """Return the end of the hoped-for day in the team's zone."""
        day: date | None = self.until.data
        return datetime.combine(day, time(17, 0), ZoneInfo(zone)) if day else None


class HandoverForm(ActForm):
    """Hand it to another team."""

    team = SelectField("Which team?", coerce=int, validate_choice=False)
    note = words_field("What should they know?", "Please write how far it is and what is open.")


class DeclineForm(ActForm):
    """Decline, kindly and with a way on."""

    reason = words_field("Why not?", "Please say why; it is the least we owe.", rows=3)
    change = words_field("What would change it?", None, rows=2)
    instead = words_field("Where could they go instead?", "Please name another way.", rows=2)


class WithdrawForm(ActForm):
    """Take it back."""

    reason = words_field("Why? It helps the team to know.", None, rows=2)


class DoneForm(ActForm):
    """Say that it is done."""

    words = words_field("What did you do, and where is it?", "Please write a line to who asked.")


class ConfirmForm(ActForm):
    """Does it hold?"""

    outcome = RadioField(
        "Your word",
        choices=[
            SelectChoice(Outcome.YES.value, "Yes, it holds"),
            SelectChoice(Outcome.PARTLY.value, "Partly; I can live with it"),
            SelectChoice("not yet", "Not yet; something is missing"),
        ],
        validators=[InputRequired("Please choose one; there is no default.")],
    )
    words = words_field("In your words", None, rows=3)

    def validate_words(self, field: TextAreaField) -> None:
        """Not yet and partly say what is missing."""
        if self.outcome.data in ("not yet", Outcome.PARTLY) and not (field.data or "").strip():
            raise ValidationError("Please say what is missing, so that it can be mended.")


class ThanksForm(ActForm):
    """Thanks to all who carried it."""

    words = words_field("Your thanks", "Please write a word of thanks.", rows=2)


class WhenForm(ActForm):
    """I will look on that day."""

    day = DateField("On which day?", validators=[InputRequired("Please name the day.")])
    words = StringField("A word along", validators=[Optional(), Length(max=280)])


ACTS: dict[str, type[ActForm]] = {
    "click": ClickForm,
    "message": MessageForm,
    "note": NoteForm,
    "give": GiveForm,
    "pause": PauseForm,
    "handover": HandoverForm,
    "decline": DeclineForm,
    "withdraw": WithdrawForm,
    "done": DoneForm,
    "confirm": ConfirmForm,
    "thanks": ThanksForm,
    "when": WhenForm,
}

# Where each form is posted to, below the address of its request.
ADDRESSES = {
    "click": "starts",
    "message": "messages",
    "note": "notes",
    "give": "gifts",
    "pause": "pauses",
    "handover": "handovers",
    "decline": "declines",
    "withdraw": "withdrawals",
    "done": "completions",
    "confirm": "confirmations",
    "thanks": "thanks",
    "when": "whens",
}
