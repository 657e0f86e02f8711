"""A calendar corrected late: just the seconds it counts, counted anew."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import Team
from app.requests.record.recounting import recount
from app.turnaround.refreshing import mark_moved, rebuild_team
from app.worktime.differences import BEGINNING, first_moved_day
from app.worktime.models import Calendar
from app.worktime.plan import CalendarPlan
from app.worktime.rules import parse_plan
from app.worktime.walls import DAY, wall_of


def recompute_visits(session: Session, team: Team, from_day: date | None) -> int:
    """Count anew what a corrected calendar of `team` changes; return how many requests changed.

    To be called after `team.calendar` has its new plan and version, in the same transaction; for
    every team of a calendar, see `recompute_calendar`.
    Only requests that had something happen from `from_day` on (the team's local day) are looked
    at, and only seconds that differ are written, with the calendar's new version; their days are
    marked as changed. Promises already given stay. None means from the beginning, and writes
    every page of the team anew: so a team that was always in another time zone.
    """
    # The day before is early enough by either wall, should the team have moved.
    since = team.calendar.wall.begins(from_day - DAY) if from_day else None
    changed = recount(session, team.id, since)
    if from_day is None:
        rebuild_team(session, team.id)
    return changed


def recompute_calendar(session: Session, calendar: Calendar, from_day: date | None) -> int:
    """Do `recompute_visits` for every team that works by this calendar."""
    return sum(recompute_visits(session, team, from_day) for team in _sharing(session, calendar))


def calendar_changed(
    session: Session, calendar: Calendar, first_day: date, before: CalendarPlan
) -> None:
    """Follow a change of a calendar from `first_day` on; see `worktime.actions.on_days_changed`.

    The day from which every day of a calendar counts anew stands for its beginning. After a move
    the pages of the days that may have other ends are marked.
    """
    if first_day <= BEGINNING:
        recompute_calendar(session, calendar, None)
        return
    moved = first_moved_day(before, parse_plan(calendar.plan))
    if moved:
        wall = wall_of(before.zone, before.moves)
        for team in _sharing(session, calendar):
            mark_moved(session, team.id, moved, wall)
    recompute_calendar(session, calendar, first_day)


def _sharing(session: Session, calendar: Calendar) -> list[Team]:
    sharing = select(Team).where(Team.calendar_id == calendar.id).order_by(Team.id)
    return list(session.scalars(sharing))
