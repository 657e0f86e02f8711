"""Which days to look at, and which of the requests."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.catalogue.rules import STAGE_WORDS
from app.language import gettext, lazy_gettext
from app.language.writing import lazy_begun
from app.turnaround.lives import Time
from app.turnaround.rules import PRESETS, BadWindow, Choice, Window, choose

PRESETS_BY_WORD = {str(days): days for days in PRESETS}
ALL_TIME = "all"


class WindowForm(FlaskForm):
    """Days from `first` to `last`, or the last `days`; sent in the address, so without a token.

    `time` says which kind of time is shown.
    """

    class Meta:
        csrf = False

    first = DateField(lazy_gettext("First day"), validators=[Optional()])
    last = DateField(lazy_gettext("Last day"), validators=[Optional()])
    days = StringField()
    time = StringField()

    @property
    def is_elapsed(self) -> bool:
        """Whether elapsed time is shown where there is room for one kind only."""
        return self.time.data == "elapsed"

    @property
    def clock(self) -> Time:
        """The kind of time that is shown."""
        return Time.ELAPSED if self.is_elapsed else Time.WORKING

    def show(self, window: Window) -> None:
        """Put the days that are shown into the fields, unless what stands there is wrong."""
        for field, day in ((self.first, window.first), (self.last, window.last)):
            field.flags.required = True  # by hand both or neither; the presets need none
            if not self.errors:
                field.data = day
                field.raw_data = None

    def choice(self) -> Choice:
        """Return what was chosen; the usual days where it cannot be read, with the error kept."""
        if not self.validate():
            return Choice()
        try:
            days = choose(PRESETS_BY_WORD.get(self.days.data), self.first.data, self.last.data)
        except BadWindow as error:
            errors: Any = self.last.errors
            self.last.errors = [*errors, str(error)]
            return Choice()
        return Choice(None) if self.days.data == ALL_TIME and days.first is None else days


class NarrowedForm(WindowForm):
    """The days, and what narrows the requests that are counted in them."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        """Read an address; those that were kept long ago say `asking`."""
        old = [("asker", args["asking"])] if "asking" in args else []
        super().__init__(args | MultiDict(old))

    type = SelectField(lazy_gettext("What was asked for"), validators=[Optional()])
    asker = SelectField(lazy_gettext("Asked for by"), validators=[Optional()])
    stage = SelectField(
        lazy_gettext("Stage"),
        choices=[
            SelectChoice("", lazy_gettext("Every stage")),
            *(SelectChoice(stage.value, lazy_begun(word)) for stage, word in STAGE_WORDS.items()),
        ],
        validators=[Optional()],
    )

    def offer(self, types: Sequence[tuple[int, str]], teams: Sequence[tuple[int, str]]) -> None:
        """Say which request types and requesting teams there are to choose from."""
        self.type.choices = _choices(gettext("Everything"), types)
        self.asker.choices = _choices(gettext("Every team"), teams)

    def choice(self) -> Choice:
        """Return what was chosen; without the narrowing where something cannot be read."""
        days = super().choice()
        if self.errors:
            return days
        return replace(
            days,
            type_id=int(self.type.data) if self.type.data else None,
            asking_team_id=int(self.asker.data) if self.asker.data else None,
            stage=self.stage.data or None,
        )

    def shown(self) -> tuple[object, ...]:
        """Return everything in which its drawing differs from that of another one."""
        chosen = (self.first, self.last, self.type, self.asker, self.stage)
        offered = (choice for field in chosen[2:4] for choice in field.choices)
        return (*(field.data for field in chosen), *((one.value, one.label) for one in offered))


def _choices(all_of_them: str, some: Sequence[tuple[int, str]]) -> list[SelectChoice]:
    return [SelectChoice("", all_of_them), *(SelectChoice(str(key), name) for key, name in some)]
