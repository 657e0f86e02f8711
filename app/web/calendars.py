"""When teams work: for those who lead one of them, and for admins."""

import re
from datetime import date
from typing import Any

import flask

from app.administration.calendars import WrongName, change_calendar, may_change, teams_with
from app.administration.journal import Deed
from app.db import db
from app.language import gettext, gettext_noop
from app.language.writing import dated
from app.people.models import Team
from app.requests.record.recounting import is_recounting
from app.web.acting import new_key
from app.web.drafts import forget_here
from app.web.forms.calendars import CalendarForm, calendar_form
from app.web.headers import now
from app.web.render import me, page, see
from app.worktime.actions import StaleCalendar
from app.worktime.days import local_day
from app.worktime.differences import BEGINNING
from app.worktime.document import zone_names
from app.worktime.models import Calendar
from app.worktime.months import month_of
from app.worktime.plan import CalendarPlan
from app.worktime.rules import parse_plan

bp = flask.Blueprint("calendars", __name__)
STALE = gettext_noop("Somebody changed it meanwhile. Saving again puts yours in its place.")


@bp.route("/calendars/<int:calendar_id>", methods=["GET", "POST"])
def edit(calendar_id: int) -> Any:
    """Say when the team works; look at a month of it."""
    calendar, teams = load_calendar(calendar_id)
    form, status, shown = calendar_form(calendar), 200, None
    more = flask.request.form.get("more", "")
    if form.is_submitted() and more in ("day", "change", "move"):
        form.add(more)
    elif form.is_submitted():
        shown = form.plan() if form.validate() else None
        status = 422 if shown is None else 200
        if shown is not None and more != "preview":
            status = _save(calendar, form, shown)
    if status == 303:
        return see("calendars.edit", calendar_id=calendar_id)
    return _show(calendar, teams, form, shown, status)


def _save(calendar: Calendar, form: CalendarForm, plan: CalendarPlan) -> int:
    """Return the status to answer with: 303 when it was saved, else 409 or 422."""
    deed = Deed(me(), now(), form.key.data)
    shown = form.version.data or ""
    seen = int(shown) if re.fullmatch("[0-9]{1,9}", shown) else 0
    try:
        first = change_calendar(
            db.session, calendar, plan, name=form.name.data.strip(), seen=seen, deed=deed
        )
    except WrongName as reason:
        form.name.errors = [str(reason)]
        return 422
    except StaleCalendar:
        form.version.data, form.key.data = str(calendar.version), new_key()
        form.name.errors = [gettext(STALE)]
        return 409
    forget_here()
    db.session.commit()
    flask.flash(said(plan, first), "good")
    return 303


def said(plan: CalendarPlan, first: date | None) -> str:
    """Return what saving meant: nothing counts anew, or which days do."""
    if first is None:
        return gettext("Saved.")
    if first > local_day(plan.zone_at(now()), now()):
        return gettext("Saved. It counts from %(day)s on.", day=dated(first))
    if first == BEGINNING:
        return gettext(
            "Saved. All hours so far are counted anew; promises already given stay as they are."
        )
    return gettext(
        "Saved. Hours since %(day)s are counted anew; promises already given stay as they are.",
        day=dated(first),
    )


def _show(
    calendar: Calendar,
    teams: list[Team],
    form: CalendarForm,
    shown: CalendarPlan | None,
    status: int,
) -> Any:
    plan = shown or parse_plan(calendar.plan)
    today = local_day(plan.zone_at(now()), now())
    first = _month(form.month.data or flask.request.args.get("month", "")) or today.replace(day=1)
    form.month.data = f"{first:%Y-%m}"
    flask.g.recounting = is_recounting(db.session)
    return page(
        "calendars/edit.html",
        status=status,
        calendar=calendar,
        teams=teams,
        form=form,
        month=month_of(plan, first),
        unsaved=shown is not None,
        today=today,
        zones=zone_names(),
    )


def load_calendar(calendar_id: int) -> tuple[Calendar, list[Team]]:
    """Return a calendar and its teams to those who may change it; to others there is none."""
    calendar = db.session.get(Calendar, calendar_id) or flask.abort(404)
    teams = teams_with(db.session, calendar)
    if not may_change(me(), teams):
        flask.abort(404)
    return calendar, teams


def _month(text: str) -> date | None:
    found = re.fullmatch(r"(19\d\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])", text, re.ASCII)
    return date(int(found[1]), int(found[2]), 1) if found else None
