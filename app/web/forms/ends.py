"""The forms of the asking side: the last word, how it was, thanks, and taking it back."""

from wtforms import RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.requests.rules import Outcome, Rating
from app.web.acting import ActForm
from app.web.forms.words import words_field


class WithdrawForm(ActForm):
    """Take it back."""

    reason = words_field("Why? It helps the team to know.", None, rows=2)


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


class RatingForm(ActForm):
    """How was it? One question, no default."""

    rating = RadioField(
        "How was it to work with us?",
        choices=[
            SelectChoice(Rating.WELL.value, "It went well"),
            SelectChoice(Rating.WITH_BUMPS.value, "It went, with bumps"),
            SelectChoice(Rating.NOT_WELL.value, "It did not go well"),
        ],
        validators=[InputRequired("Please choose one; there is no default.")],
    )
    words = words_field("A line, if you like", None, rows=2)


class ReopenForm(ActForm):
    """It did not hold after all."""

    words = words_field("What came back?", "Please say what is missing, so that it can be mended.")
