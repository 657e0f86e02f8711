"""How one wants to be told."""

from collections.abc import Mapping

from wtforms import BooleanField, RadioField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.notices.models import QuietHours
from app.notices.rules import How, Quiet, Reason
from app.web.acting import ActForm

LABELS = {
    Reason.MENTION: "Somebody mentions me",
    Reason.TURN: "It is my turn",
    Reason.QUESTION: "I am asked something",
    Reason.TAKEN_OVER: "A colleague takes something over from me",
    Reason.LEAD: "As lead: late without a word, or opened again twice",
    Reason.REMINDER: "A reminder",
    Reason.THANKS: "Thanks",
    Reason.FEEDBACK: "An answer to my advice",
    Reason.MESSAGE: "A message in something of mine",
    Reason.ENDED: "Something of mine ended",
    Reason.MOVED: "Something I asked for went on",
    Reason.NEW: "Something new for my team that nobody holds",
    Reason.WATCHING: "News of what I follow",
}
HOW = [
    SelectChoice(How.AT_ONCE.value, "At once"),
    SelectChoice(How.DIGEST.value, "In the morning"),
    SelectChoice(How.NEVER.value, "Not by mail"),
]


def _name(reason: Reason) -> str:
    return reason.value.replace(" ", "_")


class WishesForm(ActForm):
    """One choice per reason, and the quiet hours."""

    weeks = BooleanField("The week of a team I lead, on the first morning of the next one")
    starts = TimeField("Nothing after", validators=[InputRequired("Please give a time.")])
    ends = TimeField("and before", validators=[InputRequired("Please give a time.")])

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
        RadioField(_label, choices=HOW, validators=[InputRequired("Please choose one.")]),
    )
