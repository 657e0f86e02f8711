"""A calendar corrected late: just the seconds it counts, counted anew."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import Team
from app.requests.record.recounting import recount
from app.turnaround.refreshing import rebuild_team
from app.turnaround.rules import midnight
from app.worktime.differences import BEGINNING
from app.worktime.models import Calendar


def recompute_visits(session: Session, team: Team, from_day: date | None) -> int:
    """Count anew what a corrected calendar of `team` changes; return how many requests changed.

    To be called after `team.calendar` has its new plan and version, in the same transaction; for
    every team of a calendar, see `recompute_calendar`.
    Only requests that had something happen from `from_day` on (the team's local day) are looked
    at, and only seconds that differ are written, with the calendar's new version; their days are
    marked as changed. Promises already given stay. None means from the beginning, and writes
    every page of the team anew: so a team moves to another time zone.
    """
    zone = team.calendar.plan["tz"]
    changed = recount(session, team.id, midnight(from_day, zone) if from_day else None)
    if from_day is None:
        rebuild_team(session, team.id)
    return changed


def recompute_calendar(session: Session, calendar: Calendar, from_day: date | None) -> int:
    """Do `recompute_visits` for every team that works by this calendar."""
    sharing = select(Team).where(Team.calendar_id == calendar.id).order_by(Team.id)
    return sum(recompute_visits(session, team, from_day) for team in session.scalars(sharing).all())


def calendar_changed(session: Session, calendar: Calendar, first_day: date) -> None:
    """Follow a change of a calendar from `first_day` on; see `worktime.actions.on_days_changed`.

    The day from which every day of a calendar counts anew stands for its beginning.
    """
    recompute_calendar(session, calendar, first_day if first_day > BEGINNING else None)
