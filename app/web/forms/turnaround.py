"""Which days to look at."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import Optional

from app.turnaround.rules import PRESETS, BadWindow, Choice, Window, choose

PRESETS_BY_WORD = {str(days): days for days in PRESETS}


class WindowForm(FlaskForm):
    """Days from `first` to `last`, or the last `days`; sent in the address, so without a token."""

    class Meta:
        csrf = False

    first = DateField("First day", validators=[Optional()])
    last = DateField("Last day", validators=[Optional()])
    days = StringField()

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
            return choose(PRESETS_BY_WORD.get(self.days.data), self.first.data, self.last.data)
        except BadWindow as error:
            errors: Any = self.last.errors
            self.last.errors = [*errors, str(error)]
            return Choice()
