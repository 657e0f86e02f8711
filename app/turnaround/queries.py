"""From pages to figures: a fixed number of queries, whatever the number of requests.

The figures of all days and all requests come from pages (`pages`); those narrowed to a type, a
requesting team or a stage are counted from the rows by index. Both are added up and told by the
same functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from app.language import gettext, gettext_noop
from app.people.models import Department, Person, Team
from app.requests.lists.lines import read_lines, visible_lines
from app.requests.lists.shown import Shown
from app.requests.models import Request
from app.turnaround import backlog
from app.turnaround.behind import Cohorts, Scope
from app.turnaround.counting import counted_of, sums_of, whole_of
from app.turnaround.crowds import people_of
from app.turnaround.figures import Counted, Figures, tell
from app.turnaround.lines import Line, line
from app.turnaround.pages import Seconds
from app.turnaround.rules import Choice
from app.turnaround.statistics import Cell, cell
from app.turnaround.tallies import STAGE_SECONDS, TEAM_SECONDS
from app.turnaround.windows import common_window, windows_of

EVERYBODY = gettext_noop("All teams together")
ON_A_LINE = ("done_working", "done_elapsed")


@dataclass(frozen=True)
class Story:
    """The figures with the cohorts they were counted from; rows are read when asked for."""

    figures: Figures
    cohorts: Cohorts


def teams(session: Session) -> list[Team]:
    """Return all teams with department and calendar, by department and name; never by rank."""
    return list(
        session.scalars(
            select(Team)
            .join(Department)
            .options(joinedload(Team.department), joinedload(Team.calendar))
            .order_by(Department.name, Team.name, Team.id)
        )
    )


def team_by_id(session: Session, team_id: int) -> Team | None:
    """Return a team with its calendar."""
    return session.scalar(_one_team(), {"team_id": team_id})


@cache
def _one_team() -> Any:
    wanted = select(Team).where(Team.id == bindparam("team_id"))
    return wanted.options(joinedload(Team.calendar))


def scope_of(session: Session, team: Team, choice: Choice, *, now: datetime) -> Scope:
    """Return what the figures of one team are about."""
    return Scope(team, choice, windows_of(session, [team], choice, now)[team.id], now)


def team_figures(session: Session, scope: Scope, *, of_stages: Seconds = STAGE_SECONDS) -> Figures:
    """Return the figures of one team; of its stages only those seconds that are asked for."""
    team, windows = scope.team, {scope.team.id: scope.window}
    sums = sums_of(session, windows, scope.choice, TEAM_SECONDS, of_stages)
    people = people_of(session)
    counted = counted_of(session, sums, windows, scope.choice, scope.now, people)
    return tell(
        counted[team.id], team_id=team.id, team=team.name, window=scope.window, now=scope.now
    )


def team_story(
    session: Session, team: Team, choice: Choice, *, now: datetime, viewer: Person | None = None
) -> Story:
    """Return the figures of one team and their cohorts; titles only of what `viewer` may open."""
    scope = scope_of(session, team, choice, now=now)
    return Story(team_figures(session, scope), Cohorts(session, scope, viewer))


def all_figures(
    session: Session, choice: Choice, *, now: datetime
) -> tuple[list[Figures], Figures]:
    """Return the figures of each team, in reading order, and of all of them together.

    Each team counts the days of its own time zone, also in what they did together. A request
    counts for the team that has it, or had it last.
    """
    everybody = teams(session)
    windows = windows_of(session, everybody, choice, now)
    sums = sums_of(session, windows, choice, TEAM_SECONDS, STAGE_SECONDS)
    people = people_of(session)
    counted = counted_of(session, sums, windows, choice, now, people)
    each = [
        tell(counted[team.id], team_id=team.id, team=team.name, window=windows[team.id], now=now)
        for team in everybody
    ]
    whole = whole_of(counted, sums, people)
    oldest = backlog.oldest(session, sorted(windows), choice)
    whole = replace(whole, open=replace(whole.open, oldest=oldest))
    window, name = common_window(windows, choice, now), gettext(EVERYBODY)
    return each, tell(whole, team_id=None, team=name, window=window, now=now)


def all_lines(session: Session, choice: Choice, *, now: datetime) -> tuple[list[Line], Line]:
    """Return the lines of each team, in reading order, and of all of them together."""
    everybody = teams(session)
    windows = windows_of(session, everybody, choice, now)
    sums = sums_of(session, windows, choice, ON_A_LINE, None, by_day=False)
    work = backlog.open_work(session, sorted(windows), choice, now)
    people = people_of(session)
    counted = {
        team_id: Counted(each.requests, {}, each.days, work[team_id], people.of(team_id))
        for team_id, each in sums.items()
    }
    each = [
        line(counted[team.id], team_id=team.id, team=team.name, window=windows[team.id])
        for team in everybody
    ]
    window, name = common_window(windows, choice, now), gettext(EVERYBODY)
    return each, line(whole_of(counted, sums, people), team_id=None, team=name, window=window)


def stage_cells(
    session: Session, choice: Choice, *, now: datetime, seconds: str = "working"
) -> dict[tuple[int, str], Cell]:
    """Return the percentiles of each team at each stage; `seconds` says of which ones.

    They are one of `tallies.STAGE_SECONDS`. Teams and stages without a visit are left out.
    """
    windows = windows_of(session, teams(session), choice, now)
    sums = sums_of(session, windows, choice, None, (seconds,), counts=False, by_day=False)
    return {
        (team_id, stage): cell(ordered)
        for team_id, each in sums.items()
        for stage, tally in each.stages.items()
        if (ordered := tally.sorted(seconds))
    }


def named(
    session: Session, viewer: Person, ids: Sequence[int], *, at: datetime
) -> list[Shown | Request]:
    """Return those of `ids` that `viewer` may open, oldest first, with what a row shows."""
    return [
        line.request for line in read_lines(session, _named(), viewer=viewer, at=at, ids=list(ids))
    ]


@cache
def _named() -> Any:
    chosen = visible_lines().where(Request.id.in_(bindparam("ids", expanding=True)))
    return chosen.order_by(Request.raised_at, Request.id)
