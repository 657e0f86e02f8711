"""Forms that name a day: it comes, it is not out of reach, and the team works then."""

from datetime import date, datetime, timedelta
from typing import Any

from wtforms import DateField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from app.language import gettext, lazy_gettext
from app.language.writing import whole_day
from app.web.acting import ActForm
from app.web.forms.words import words_field
from app.web.headers import now
from app.worktime.days import close_of, local_day, next_working_day
from app.worktime.queries import clock_of
from app.worktime.rules import WorkingClock

FIRST_YEAR, LAST_YEAR = 1970, 2199  # the working clock counts a little further on both sides
FAR = timedelta(days=3653)  # nobody plans as far as this


class DayField(DateField):
    """A day that clocks and calendars can count with."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day. :raises ValueError: for one that nobody here will see."""
        super().process_formdata(valuelist)
        if self.data is not None and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            self.data = None
            raise ValueError(gettext("Please stay between 1970 and 2199."))


def day_field(label: str, missing: str | None = None) -> DayField:
    """Return a field for a day that has to be named; `missing` says so."""
    sentence = missing or lazy_gettext("Please name the day.")
    return DayField(label, validators=[InputRequired(sentence)])


class WorkingDayForm(ActForm):
    """A form about a request that names a day on which the team that has it works."""

    @property
    def clock(self) -> WorkingClock:
        """The clock of that team."""
        return clock_of(self.about.team.calendar)

    @property
    def today(self) -> date:
        """The day that it is for that team."""
        return local_day(self.clock.plan.zone_at(now()), now())

    def close_on(self, day: date) -> datetime:
        """Return when the hours of that team end on a day that was accepted (UTC)."""
        return close_of(self.clock, day) or now()

    def check_day(self, day: date | None) -> None:
        """Accept a day. :raises ValidationError: with what is wrong with it, and what would do."""
        if day is None:
            return
        today = self.today
        if day < today:
            raise ValidationError(gettext("That day has passed; please name one that comes."))
        if day > today + FAR:
            raise ValidationError(gettext("That is very far off; please name a nearer day."))
        close = close_of(self.clock, day)
        if close is None or close <= now():
            raise ValidationError(_closed(self.clock, day, today=today))


def _closed(clock: WorkingClock, day: date, *, today: date) -> str:
    """Say that a team is closed on a day, or by now, and when it works next."""
    after = next_working_day(clock, day)
    if after is None:
        return gettext("The team is closed on %(day)s.", day=whole_day(day))
    said = {"day": whole_day(day), "next": whole_day(after)}
    if day == today:
        return gettext("The team is closed by now; the next day it works is %(next)s.", **said)
    return gettext("The team is closed on %(day)s; the next day it works is %(next)s.", **said)


class UntilForm(WorkingDayForm):
    """A question that waits until a day."""

    until = day_field(
        lazy_gettext("When do you hope for it?"),
        lazy_gettext("Please name a day; the work goes on then, answer or not."),
    )

    def validate_until(self, field: DateField) -> None:
        """The work can go on then."""
        self.check_day(field.data)

    def until_moment(self) -> datetime:
        """Return the end of the hoped-for day for the team."""
        return self.close_on(self.until.data)


class LateForm(WorkingDayForm):
    """Say first that it will be late."""

    sorry = StringField(
        lazy_gettext("Sorry"),
        validators=[
            InputRequired(lazy_gettext("Please begin with a word of sorry.")),
            Length(max=280),
        ],
    )
    why = words_field(
        lazy_gettext("Why is it late?"),
        lazy_gettext("Please say why; it is the least we owe."),
        rows=2,
    )
    doing = words_field(lazy_gettext("What do you do about it?"), None, rows=2)
    day = day_field(lazy_gettext("When will it be there?"), lazy_gettext("Please name a day."))

    def validate_day(self, field: DateField) -> None:
        """It can be there then, and that is later than was promised."""
        self.check_day(field.data)
        promised = self.about.due_now
        if field.data and promised and self.expected() <= promised:
            raise ValidationError(
                gettext("Please name a day that comes, later than the one promised.")
            )

    def expected(self) -> datetime:
        """Return the close of the team's hours on that day."""
        return self.close_on(self.day.data)


class WhenForm(WorkingDayForm):
    """I will look on that day."""

    day = day_field(lazy_gettext("On which day?"))
    words = StringField(lazy_gettext("A word along"), validators=[Optional(), Length(max=280)])

    def validate_day(self, field: DateField) -> None:
        """It comes. One may look on a day on which the team is closed."""
        if field.data and field.data < self.today:
            raise ValidationError(gettext("That day has passed; please name one that comes."))
