"""A calendar corrected late: just the seconds it counts, counted anew."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import Team
from app.requests.record.recounting import follow_hours
from app.turnaround.refreshing import mark_moved
from app.worktime.actions import Change
from app.worktime.differences import BEGINNING, first_moved_day
from app.worktime.rules import parse_plan
from app.worktime.walls import DAY, wall_of


def hours_changed(session: Session, change: Change) -> None:
    """Follow a change of hours, in its transaction; see `worktime.actions.on_days_changed`.

    Seconds that differ are written, and their days marked: of the newest requests at once, of all
    others later. After a move, the pages of the days that may have other ends are marked. Promises
    already given stay. The day from which every day counts anew stands for the beginning.
    """
    team_ids = change.team_ids or _sharing(session, change)
    if not team_ids:
        return
    before, plan = change.before, parse_plan(change.calendar.plan)
    moved = first_moved_day(before, plan)
    if moved:
        for team_id in team_ids:
            mark_moved(session, team_id, moved, wall_of(before.zone, before.moves))
    since = None
    if change.first > BEGINNING:
        # The day before is early enough by either wall, should the team have moved.
        since = change.calendar.wall.begins(change.first - DAY)
    follow_hours(session, team_ids, since, at=change.at)


def _sharing(session: Session, change: Change) -> Sequence[int]:
    sharing = select(Team.id).where(Team.calendar_id == change.calendar.id).order_by(Team.id)
    return session.scalars(sharing).all()
