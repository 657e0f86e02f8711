"""Tokens for programs, and webhooks."""

from wtforms import IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.people.programs import LONGEST, USUAL
from app.web.acting import ActForm
from app.webhooks.rules import ADDRESS_LIMIT, KINDS

DAYS = f"Please give a whole number of days, 1 to {LONGEST}."


class TokenForm(ActForm):
    """What for, what it may do, and for how long."""

    name = StringField(
        "What is it for?",
        validators=[
            DataRequired("Please give it a name that you will know again."),
            Length(max=80, message="Please stay within 80 characters."),
        ],
        filters=[lambda text: text and text.strip()],
    )
    scope = RadioField(
        "What may it do?",
        choices=[
            SelectChoice("read", "Read what I may see"),
            SelectChoice("write", "Read, and act for me"),
        ],
        default="read",
        validators=[InputRequired("Please choose one.")],
    )
    days = IntegerField(
        "For how many days?",
        default=USUAL,
        validators=[InputRequired(DAYS), NumberRange(1, LONGEST, message=DAYS)],
    )


class WebhookForm(ActForm):
    """Where to, and what of."""

    address = StringField(
        "Where should it go?",
        validators=[
            InputRequired("Please give the address of the program that listens."),
            Length(max=ADDRESS_LIMIT, message=f"Please stay within {ADDRESS_LIMIT} characters."),
        ],
        render_kw={"inputmode": "url", "placeholder": "https://"},
    )
    events = SelectMultipleField(
        "What should it hear of?",
        choices=[SelectChoice(kind.value, kind.value.capitalize()) for kind in KINDS],
        validators=[InputRequired("Please choose at least one.")],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
