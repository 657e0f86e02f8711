"""When a team works: a week, days that differ, hours and zones that change from a date on."""

from datetime import date
from typing import Any

from wtforms import DateField, FieldList, Form, FormField, HiddenField, StringField
from wtforms.validators import DataRequired, Length, Optional

from app.language import lazy_gettext
from app.web.acting import ActForm
from app.web.forms.calendar_rows import Rows, Stood, read_plan
from app.worktime.models import Calendar
from app.worktime.plan import CalendarPlan, Weekly
from app.worktime.rules import parse_plan
from app.worktime.typed_hours import show_hours

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DATED = ("days", "changes", "moves")
MORE = 2  # empty rows for more days


def _hours(label: str) -> StringField:
    return StringField(label, validators=[Length(max=120)])


def _zone(label: str) -> StringField:
    listed = {"list": "zones", "autocomplete": "off", "spellcheck": "false"}
    return StringField(label, validators=[Length(max=64)], render_kw=listed)


class WeekForm(Form):
    """The hours of seven days, as people type them."""

    monday = _hours(lazy_gettext("Monday"))
    tuesday = _hours(lazy_gettext("Tuesday"))
    wednesday = _hours(lazy_gettext("Wednesday"))
    thursday = _hours(lazy_gettext("Thursday"))
    friday = _hours(lazy_gettext("Friday"))
    saturday = _hours(lazy_gettext("Saturday"))
    sunday = _hours(lazy_gettext("Sunday"))


class DayForm(Form):
    """One date that differs; without hours it is closed, without anything it is none."""

    day = DateField(lazy_gettext("Date"), validators=[Optional()])
    name = StringField(lazy_gettext("What it is"), validators=[Length(max=80)])
    hours = _hours(lazy_gettext("Hours"))


class ChangeForm(WeekForm):
    """A week that holds from a date on."""

    first = DateField(lazy_gettext("From this day on"), validators=[Optional()])


class MoveForm(Form):
    """A zone that holds from a date on."""

    first = DateField(lazy_gettext("From this day on"), validators=[Optional()])
    zone = _zone(lazy_gettext("Time zone"))


class CalendarForm(ActForm):
    """A whole calendar; `stood` are the rows it has as it is stored."""

    stood: Stood
    version = HiddenField()
    name = StringField(
        lazy_gettext("Name of the calendar"),
        validators=[DataRequired(lazy_gettext("Please name it.")), Length(max=80)],
    )
    zone = _zone(lazy_gettext("Time zone"))
    week = FormField(WeekForm)
    days = FieldList(FormField(DayForm), max_entries=600)
    changes = FieldList(FormField(ChangeForm), max_entries=40)
    moves = FieldList(FormField(MoveForm), max_entries=20)
    month = StringField(
        lazy_gettext("Month"), validators=[Length(max=7)], render_kw={"type": "month"}
    )

    def plan(self) -> CalendarPlan | None:
        """Return the plan that was typed; None, with words beside the fields, when it is none."""
        rows = Rows(
            zone=self.zone,
            week=[self.week.form[day] for day in WEEK],
            days=[(row.form.day, row.form.name, row.form.hours) for row in self.days],
            changes=[(row.form.first, [row.form[day] for day in WEEK]) for row in self.changes],
            moves=[(row.form.first, row.form.zone) for row in self.moves],
            stood=self.stood,
        )
        return read_plan(rows)

    def add(self, what: str) -> None:
        """Add an empty row for a day, a change or a move."""
        if what == "day" and len(self.days) < 600:
            self.days.append_entry()
        elif what == "change" and len(self.changes) < 40:
            last = self.changes[-1].form if len(self.changes) else self.week.form
            self.changes.append_entry({day: last[day].data for day in WEEK})
        elif what == "move" and len(self.moves) < 20:
            self.moves.append_entry()


def calendar_form(calendar: Calendar) -> CalendarForm:
    """Return the form of a calendar as it stands, with empty rows for more days."""
    plan = parse_plan(calendar.plan)
    data = _data(calendar.name, plan)
    form = CalendarForm(data=data)
    form.stood = {part: [_stood(row) for row in data[part]] for part in DATED}
    if not form.is_submitted():
        if form.draft is None:
            form.version.data = str(calendar.version)
        for _ in range(MORE):
            form.days.append_entry()
    return form


def _stood(row: dict[str, Any]) -> tuple[date, list[str]]:
    first, *words = row.values()
    return first, words


def _data(name: str, plan: CalendarPlan) -> dict[str, Any]:
    named = sorted({*plan.holidays, *plan.special})
    return {
        "name": name,
        "zone": plan.zone,
        "week": _week(plan.weekly),
        "days": [_day(plan, day) for day in named],
        "changes": [{"first": day, **_week(weekly)} for day, weekly in plan.changes],
        "moves": [{"first": day, "zone": zone} for day, zone in plan.moves],
    }


def _day(plan: CalendarPlan, day: date) -> dict[str, Any]:
    return {
        "day": day,
        "name": plan.names.get(day, ""),
        "hours": show_hours(plan.special.get(day, ())),
    }


def _week(weekly: Weekly) -> dict[str, str]:
    return {day: show_hours(weekly.get(number, ())) for number, day in enumerate(WEEK)}
