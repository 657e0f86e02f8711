"""How one wants to be told."""

from collections.abc import Mapping

from wtforms import BooleanField, RadioField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.language import lazy_gettext
from app.notices.models import QuietHours
from app.notices.quiet import Quiet
from app.notices.rules import How, Reason
from app.web.acting import ActForm

LABELS = {
    Reason.MENTION: lazy_gettext("Somebody mentions me"),
    Reason.TURN: lazy_gettext("It is my turn"),
    Reason.QUESTION: lazy_gettext("I am asked something"),
    Reason.TAKEN_OVER: lazy_gettext("A colleague takes something over from me"),
    Reason.LEAD: lazy_gettext("As lead: late without a word, or opened again twice"),
    Reason.REMINDER: lazy_gettext("A reminder"),
    Reason.THANKS: lazy_gettext("Thanks"),
    Reason.FEEDBACK: lazy_gettext("An answer to my advice"),
    Reason.MESSAGE: lazy_gettext("A message in something of mine"),
    Reason.ENDED: lazy_gettext("Something of mine ended"),
    Reason.MOVED: lazy_gettext("Something I asked for went on"),
    Reason.NEW: lazy_gettext("Something new for my team that nobody holds"),
    Reason.WATCHING: lazy_gettext("News of what I follow"),
}
HOW = [
    SelectChoice(How.AT_ONCE.value, lazy_gettext("At once")),
    SelectChoice(How.DIGEST.value, lazy_gettext("In the morning")),
    SelectChoice(How.NEVER.value, lazy_gettext("Not by mail")),
]
NO_TIME = lazy_gettext("Please give a time.")


def _name(reason: Reason) -> str:
    return reason.value.replace(" ", "_")


class WishesForm(ActForm):
    """One choice per reason, and the quiet hours."""

    weeks = BooleanField(
        lazy_gettext("The week of a team I lead, on the first morning of the next one")
    )
    starts = TimeField(lazy_gettext("Nothing after"), validators=[InputRequired(NO_TIME)])
    ends = TimeField(lazy_gettext("and before"), validators=[InputRequired(NO_TIME)])

    def show(self, wishes: Mapping[Reason, How], hours: QuietHours | None, *, weeks: bool) -> None:
        """Fill in what holds now."""
        self.weeks.data = weeks
        for reason, how in wishes.items():
            self[_name(reason)].data = how.value
        usual = Quiet()
        self.starts.data = hours.starts if hours else usual.start
        self.ends.data = hours.ends if hours else usual.end

    def wishes(self) -> dict[Reason, How]:
        """Return what was chosen."""
        return {reason: How(self[_name(reason)].data) for reason in Reason}

    def rows(self) -> list[RadioField]:
        """Return the choices in reading order."""
        return [self[_name(reason)] for reason in Reason]


for _reason, _label in LABELS.items():
    setattr(
        WishesForm,
        _name(_reason),
        RadioField(
            _label, choices=HOW, validators=[InputRequired(lazy_gettext("Please choose one."))]
        ),
    )
