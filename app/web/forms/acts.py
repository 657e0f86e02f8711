"""One form per act on a request."""

from wtforms import (
    RadioField,
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
from app.language import gettext, lazy_gettext
from app.requests.rules import WaitingOn
from app.web.acting import ActForm
from app.web.forms import beside
from app.web.forms.choosing import choice_field
from app.web.forms.days import LateForm, UntilForm, WhenForm
from app.web.forms.ends import ConfirmForm, RatingForm, ReopenForm, ThanksForm, WithdrawForm
from app.web.forms.words import words_field
from app.web.numbers import NumberField


class ClickForm(ActForm):
    """An act that needs no words: claim, start, take over, go on."""


class MessageForm(ActForm):
    """A message both sides can read."""

    words = words_field(lazy_gettext("Your message"), lazy_gettext("Please write something first."))
    bare = NumberField(widget=HiddenInput(), validators=[Optional()])

    def validate_words(self, field: TextAreaField) -> None:
        """Nobody gets prepared words bare."""
        answer = db.session.get(PreparedAnswer, self.bare.data) if self.bare.data else None
        said = " ".join((field.data or "").split())
        before, _, after = (answer.body if answer else NAME).partition(NAME)
        bare = said.startswith(" ".join(before.split())) and said.endswith(" ".join(after.split()))
        if answer and bare and len(said) < len(" ".join(answer.body.split())) + 40:
            raise ValidationError(
                gettext("A word of your own around it, please; a person is asking.")
            )


class NoteForm(ActForm):
    """An internal note."""

    words = words_field(lazy_gettext("Your note"), lazy_gettext("Please write something first."))


class GiveForm(ActForm):
    """Give it to a colleague."""

    to = choice_field(lazy_gettext("To whom?"), lazy_gettext("Please choose a person."))


class PauseForm(UntilForm):
    """An addressed question."""

    waiting_on = RadioField(
        lazy_gettext("Who has the answer?"),
        choices=[
            SelectChoice(WaitingOn.REQUESTER.value, lazy_gettext("The person who asked")),
            SelectChoice(WaitingOn.THIRD_PARTY.value, lazy_gettext("Somebody else")),
        ],
        validators=[InputRequired(lazy_gettext("Please say whom you wait for."))],
    )
    who = StringField(lazy_gettext("Who else?"), validators=[Length(max=80)])
    question = words_field(
        lazy_gettext("Your question"),
        lazy_gettext("Please write the question; it is sent as a message."),
    )

    def validate_who(self, field: StringField) -> None:
        """A third party has a name."""
        if self.waiting_on.data == WaitingOn.THIRD_PARTY and not (field.data or "").strip():
            raise ValidationError(gettext("Please name them, so that everybody knows."))


class HandoverForm(ActForm):
    """Hand it to another team."""

    team = choice_field(lazy_gettext("Which team?"), lazy_gettext("Please choose a team."))
    note = words_field(
        lazy_gettext("What should they know?"),
        lazy_gettext("Please write how far it is and what is open."),
    )


class DeclineForm(ActForm):
    """Decline, kindly and with a way on."""

    reason = words_field(
        lazy_gettext("Why not?"), lazy_gettext("Please say why; it is the least we owe."), rows=3
    )
    change = words_field(lazy_gettext("What would change it?"), None, rows=2)
    instead = words_field(
        lazy_gettext("Where could they go instead?"),
        lazy_gettext("Please name another way."),
        rows=2,
    )


class DoneForm(ActForm):
    """Say that it is done."""

    words = words_field(
        lazy_gettext("What did you do, and where is it?"),
        lazy_gettext("Please write a line to who asked."),
    )


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
