"""Bringing the public holidays of a country into a calendar, where they are its own dates."""

from typing import Any

import flask
from wtforms.fields.choices import SelectChoice

from app.administration.calendars import change_calendar
from app.administration.journal import Deed
from app.db import db
from app.language import gettext, spoken
from app.people.models import Team
from app.web.acting import new_key
from app.web.calendars import load_calendar, said
from app.web.forms.holidays import TakeForm, WhichForm
from app.web.headers import now
from app.web.render import me, page, see
from app.worktime.actions import StaleCalendar
from app.worktime.models import Calendar
from app.worktime.plan import BadCalendar
from app.worktime.public_holidays import Suggestion, countries, regions, suggestions
from app.worktime.rules import parse_plan

bp = flask.Blueprint("public_holidays", __name__)


@bp.route("/calendars/<int:calendar_id>/holidays", methods=["GET", "POST"])
def choose(calendar_id: int) -> Any:
    """Choose country and years, look over the days, take those that are kept here."""
    calendar, teams = load_calendar(calendar_id)
    which, found = _which()
    form = TakeForm()
    form.take.choices = [SelectChoice(one.day.isoformat(), one.name) for one in found]
    status = 200
    if form.is_submitted():
        status = _take(calendar, form, found) if form.validate() else 422
    if status == 303:
        return see("calendars.edit", calendar_id=calendar_id)
    return _show(calendar, teams, which, form, found, status)


def _which() -> tuple[WhichForm, list[Suggestion]]:
    which = WhichForm(flask.request.args, meta={"csrf": False})
    this_year = now().year
    called = countries(spoken())
    which.country.choices = [SelectChoice("", gettext("Choose one")), *called]
    offered = [str(this_year + more) for more in (-1, 0, 1, 2)]
    which.years.choices = [SelectChoice(year, year) for year in offered]
    which.years.data = which.years.data or [str(this_year), str(this_year + 1)]
    known = which.country.data in dict(called)
    parts = regions(which.country.data) if known else []
    which.region.choices = [SelectChoice("", gettext("All of it")), *parts]
    if which.region.data not in dict(parts):
        which.region.data = ""
    years = [int(year) for year in which.years.data if year in offered]
    if not known:
        return which, []
    return which, suggestions(which.country.data, which.region.data, years, spoken())


def _take(calendar: Calendar, form: TakeForm, found: list[Suggestion]) -> int:
    """Return the status to answer with: 303 when the days were taken, else 409 or 422."""
    plan = parse_plan(calendar.plan)
    chosen = [one for one in found if one.day.isoformat() in form.take.data]
    plan = plan.closed_on({one.day: one.name for one in chosen})
    deed = Deed(me(), now(), form.key.data)
    seen = form.seen.data or 0
    try:
        first = change_calendar(
            db.session, calendar, plan, name=calendar.name, seen=seen, deed=deed
        )
    except StaleCalendar:
        form.seen.data, form.key.data = calendar.version, new_key()
        form.take.errors = [
            gettext("Somebody changed the calendar meanwhile. Please look it over again.")
        ]
        return 409
    except BadCalendar as reason:
        form.take.errors = [str(reason)]
        return 422
    db.session.commit()
    flask.flash(said(plan, first), "good")
    return 303


def _show(
    calendar: Calendar,
    teams: list[Team],
    which: WhichForm,
    form: TakeForm,
    found: list[Suggestion],
    status: int,
) -> Any:
    plan = parse_plan(calendar.plan)
    if not form.is_submitted():
        form.seen.data = calendar.version
        form.take.data = [one.day.isoformat() for one in found if not one.moved]
    return page(
        "calendars/holidays.html",
        status=status,
        calendar=calendar,
        teams=teams,
        which=which,
        form=form,
        found=found,
        known={*plan.holidays, *plan.special},
    )
