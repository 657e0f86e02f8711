"""Tokens for programs, and webhooks."""

from wtforms import IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.language import lazy_gettext
from app.language.writing import lazy_begun, lazy_whole
from app.people.programs import LONGEST, USUAL
from app.web.acting import ActForm
from app.webhooks.rules import ADDRESS_LIMIT, KINDS

DAYS = lazy_gettext("Please give a whole number of days, 1 to %(most)s.", most=LONGEST)
TOO_LONG = lazy_gettext("Please stay within %(limit)s characters.", limit=lazy_whole(ADDRESS_LIMIT))


class TokenForm(ActForm):
    """What for, what it may do, and for how long."""

    name = StringField(
        lazy_gettext("What is it for?"),
        validators=[
            DataRequired(lazy_gettext("Please give it a name that you will know again.")),
            Length(max=80, message=lazy_gettext("Please stay within 80 characters.")),
        ],
        filters=[lambda text: text and text.strip()],
    )
    scope = RadioField(
        lazy_gettext("What may it do?"),
        choices=[
            SelectChoice("read", lazy_gettext("Read what I may see")),
            SelectChoice("write", lazy_gettext("Read, and act for me")),
        ],
        default="read",
        validators=[InputRequired(lazy_gettext("Please choose one."))],
    )
    days = IntegerField(
        lazy_gettext("For how many days?"),
        default=USUAL,
        validators=[InputRequired(DAYS), NumberRange(1, LONGEST, message=DAYS)],
    )


class WebhookForm(ActForm):
    """Where to, and what of."""

    address = StringField(
        lazy_gettext("Where should it go?"),
        validators=[
            InputRequired(lazy_gettext("Please give the address of the program that listens.")),
            Length(max=ADDRESS_LIMIT, message=TOO_LONG),
        ],
        render_kw={"inputmode": "url", "placeholder": "https://"},
    )
    events = SelectMultipleField(
        lazy_gettext("What should it hear of?"),
        choices=[SelectChoice(kind.value, lazy_begun(kind.value)) for kind in KINDS],
        validators=[InputRequired(lazy_gettext("Please choose at least one."))],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
