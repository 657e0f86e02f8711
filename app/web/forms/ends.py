"""The forms of the asking side: the last word, how it was, thanks, and taking it back."""

from wtforms import BooleanField, RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.db import db
from app.language import gettext, lazy_gettext
from app.requests.acts.linking import who_asked
from app.requests.rules import Outcome, Rating
from app.web.acting import ActForm
from app.web.forms.words import words_field


class WithdrawForm(ActForm):
    """Take it back; where others asked by what was merged into it, for all of them."""

    reason = words_field(lazy_gettext("Why? It helps the team to know."), None, rows=2)
    for_all = BooleanField(lazy_gettext("I take it back for everybody who asked"))

    def validate_for_all(self, field: BooleanField) -> None:
        """Nobody ends by mistake what others wait for, too."""
        askers = [] if field.data else who_asked(db.session, self.about)
        if len(askers) > 1:
            raise ValidationError(gettext("Please tick this if it ends for everybody."))


class ConfirmForm(ActForm):
    """Does it hold?"""

    outcome = RadioField(
        lazy_gettext("Your word"),
        choices=[
            SelectChoice(Outcome.YES.value, lazy_gettext("Yes, it holds")),
            SelectChoice(Outcome.PARTLY.value, lazy_gettext("Partly; I can live with it")),
            SelectChoice("not yet", lazy_gettext("Not yet; something is missing")),
        ],
        validators=[InputRequired(lazy_gettext("Please choose one; there is no default."))],
    )
    words = words_field(lazy_gettext("In your words"), None, rows=3)

    def validate_words(self, field: TextAreaField) -> None:
        """Not yet and partly say what is missing."""
        if self.outcome.data in ("not yet", Outcome.PARTLY) and not (field.data or "").strip():
            raise ValidationError(gettext("Please say what is missing, so that it can be mended."))


class ThanksForm(ActForm):
    """Thanks to all who carried it."""

    words = words_field(
        lazy_gettext("Your thanks"), lazy_gettext("Please write a word of thanks."), rows=2
    )


class RatingForm(ActForm):
    """How was it? One question, no default."""

    rating = RadioField(
        lazy_gettext("How was it to work with us?"),
        choices=[
            SelectChoice(Rating.WELL.value, lazy_gettext("It went well")),
            SelectChoice(Rating.WITH_BUMPS.value, lazy_gettext("It went, with bumps")),
            SelectChoice(Rating.NOT_WELL.value, lazy_gettext("It did not go well")),
        ],
        validators=[InputRequired(lazy_gettext("Please choose one; there is no default."))],
    )
    words = words_field(lazy_gettext("A line, if you like"), None, rows=2)


class ReopenForm(ActForm):
    """It did not hold after all."""

    words = words_field(
        lazy_gettext("What came back?"),
        lazy_gettext("Please say what is missing, so that it can be mended."),
    )
