"""Whose figures, of which days, by which clock, and what to leave out."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Optional

from app.catalogue.rules import Stage
from app.turnaround.basis import Scope
from app.turnaround.chapters import Wanted
from app.turnaround.lives import Time
from app.turnaround.rules import Choice
from app.web.forms.turnaround import WindowForm

ANY = ("", "All")
SPANS = {"7": Choice(7), "30": Choice(30), "90": Choice(90), "365": Choice(365), "all": None}
NAMES = (("7 days", "7"), ("30 days", "30"), ("90 days", "90"), ("A year", "365"), ("All", "all"))
Named = Sequence[tuple[int, str]]


class ChapterForm(WindowForm):
    """The filters of a page of figures; sent in the address."""

    type = SelectField("Type", validators=[Optional()])
    asker = SelectField("Who asks", validators=[Optional()])
    stage = SelectField("Stage", validators=[Optional()])
    time = StringField()

    def offer(self, types: Named, teams: Named) -> None:
        """Fill the lists to choose from."""
        self.type.choices = [ANY, *((str(number), name) for number, name in types)]
        self.asker.choices = [ANY, *((str(number), name) for number, name in teams)]
        self.stage.choices = [ANY, *((stage.value, stage.value.capitalize()) for stage in Stage)]

    def span(self) -> str | None:
        """Return the key of the chosen span of days; None for days chosen by hand."""
        if self.first.data or self.last.data or self.errors:
            return None
        return self.days.data if self.days.data in SPANS else "90"

    def wanted(self, scope: Scope, filters: Sequence[str]) -> Wanted:
        """Return what was chosen; what cannot be read is as if not chosen, with its error kept.

        What is not among `filters` is not offered on this page, and so changes nothing here.
        """
        choice: Choice | None = self.choice()
        span = self.span()
        return Wanted(
            scope=scope,
            choice=SPANS[span] if span else choice,
            time=Time.ELAPSED if self.time.data == Time.ELAPSED else Time.WORKING,
            type_id=_number(self.type) if "type" in filters else None,
            asker_id=_number(self.asker) if "asker" in filters else None,
            stage=self.stage.data or None if "stage" in filters and not self.stage.errors else None,
        )


def _number(field: Any) -> int | None:
    return int(field.data) if field.data and not field.errors else None
