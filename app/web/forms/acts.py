"""One form per act on a request."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.catalogue.models import PreparedAnswer
from app.catalogue.prepared import NAME
from app.db import db
from app.requests.rules import WaitingOn
from app.web.acting import ActForm
from app.web.forms import beside
from app.web.forms.ends import ConfirmForm, RatingForm, ReopenForm, ThanksForm, WithdrawForm
from app.web.forms.words import words_field
from app.worktime.rules import WorkingClock


class ClickForm(ActForm):
    """An act that needs no words: claim, start, take over, go on."""


class MessageForm(ActForm):
    """A message both sides can read."""

    words = words_field("Your message", "Please write something first.")
    bare = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def validate_words(self, field: TextAreaField) -> None:
        """Nobody gets prepared words bare."""
        answer = db.session.get(PreparedAnswer, self.bare.data) if self.bare.data else None
        said = " ".join((field.data or "").split())
        before, _, after = (answer.body if answer else NAME).partition(NAME)
        bare = said.startswith(" ".join(before.split())) and said.endswith(" ".join(after.split()))
        if answer and bare and len(said) < len(" ".join(answer.body.split())) + 40:
            raise ValidationError("A word of your own around it, please; a person is asking.")


class NoteForm(ActForm):
    """An internal note."""

    words = words_field("Your note", "Please write something first.")


class GiveForm(ActForm):
    """Give it to a colleague."""

    to = SelectField("To whom?", coerce=int, validate_choice=False)


class PauseForm(beside.UntilForm):
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

    def validate_who(self, field: StringField) -> None:
        """A third party has a name."""
        if self.waiting_on.data == WaitingOn.THIRD_PARTY and not (field.data or "").strip():
            raise ValidationError("Please name them, so that everybody knows.")


class HandoverForm(ActForm):
    """Hand it to another team."""

    team = SelectField("Which team?", coerce=int, validate_choice=False)
    note = words_field("What should they know?", "Please write how far it is and what is open.")


class DeclineForm(ActForm):
    """Decline, kindly and with a way on."""

    reason = words_field("Why not?", "Please say why; it is the least we owe.", rows=3)
    change = words_field("What would change it?", None, rows=2)
    instead = words_field("Where could they go instead?", "Please name another way.", rows=2)


class DoneForm(ActForm):
    """Say that it is done."""

    words = words_field("What did you do, and where is it?", "Please write a line to who asked.")


class LateForm(ActForm):
    """Say first that it will be late."""

    sorry = StringField(
        "Sorry", validators=[InputRequired("Please begin with a word of sorry."), Length(max=280)]
    )
    why = words_field("Why is it late?", "Please say why; it is the least we owe.", rows=2)
    doing = words_field("What do you do about it?", None, rows=2)
    day = DateField("When will it be there?", validators=[InputRequired("Please name a day.")])

    def expected(self, clock: WorkingClock, at: datetime) -> datetime:
        """Return the close of the team's hours on that day, or its end when it is closed then."""
        zone = ZoneInfo(clock.plan.zone_on(self.day.data))
        start = datetime.combine(self.day.data, time(), zone)
        end = start + timedelta(days=1)
        open_seconds = clock.between(max(start, at), end)
        return (clock.add(max(start, at), open_seconds) if open_seconds else None) or end


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
    "late": LateForm,
    "rating": RatingForm,
    "reopen": ReopenForm,
    **beside.FORMS,
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
    "late": "promises",
    "rating": "ratings",
    "reopen": "reopenings",
    **beside.ADDRESSES,
}
