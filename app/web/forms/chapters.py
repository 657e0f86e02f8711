"""Whose figures, of which days, by which clock, and what to leave out."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Optional

from app.catalogue.rules import Stage, stage_word
from app.language import gettext, gettext_noop, lazy_gettext
from app.language.writing import begun
from app.turnaround.basis import Scope
from app.turnaround.chapters import Wanted
from app.turnaround.rules import Choice
from app.web.forms.turnaround import WindowForm

SPANS = {"7": Choice(7), "30": Choice(30), "90": Choice(90), "365": Choice(365), "all": None}
NAMES = (
    (gettext_noop("7 days"), "7"),
    (gettext_noop("30 days"), "30"),
    (gettext_noop("90 days"), "90"),
    (gettext_noop("A year"), "365"),
    (gettext_noop("All"), "all"),
)
Named = Sequence[tuple[int, str]]


class ChapterForm(WindowForm):
    """The filters of a page of figures; sent in the address."""

    type = SelectField(lazy_gettext("Type"), validators=[Optional()])
    asker = SelectField(lazy_gettext("Who asks"), validators=[Optional()])
    stage = SelectField(lazy_gettext("Stage"), validators=[Optional()])
    time = StringField()

    def offer(self, types: Named, teams: Named) -> None:
        """Fill the lists to choose from."""
        every = ("", gettext("All"))
        self.type.choices = [every, *((str(number), name) for number, name in types)]
        self.asker.choices = [every, *((str(number), name) for number, name in teams)]
        self.stage.choices = [every, *((stage, begun(stage_word(stage))) for stage in Stage)]

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
            time=self.clock,
            type_id=_number(self.type) if "type" in filters else None,
            asker_id=_number(self.asker) if "asker" in filters else None,
            stage=self.stage.data or None if "stage" in filters and not self.stage.errors else None,
        )


def _number(field: Any) -> int | None:
    return int(field.data) if field.data and not field.errors else None
