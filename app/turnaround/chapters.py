"""The chapters of a turnaround page: each is told from the rows it needs, and from no others."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.models import RequestType
from app.language import gettext
from app.people.models import Person, Team
from app.turnaround import advice_sources, sources, wait_sources
from app.turnaround.basis import Basis, Scope
from app.turnaround.contents import Chapter
from app.turnaround.crowds import people_of
from app.turnaround.lives import Time
from app.turnaround.queries import teams
from app.turnaround.reading import Reading
from app.turnaround.rules import CROWD, Choice, Window, window_of
from app.turnaround.sheets import Lists, Sheet
from app.turnaround.windows import first_day
from app.worktime.queries import clock_of
from app.worktime.walls import wall_of

READERS: Final[Mapping[str, Callable[[Reading], Any]]] = {
    "visits": sources.visits,
    "running": sources.running,
    "questions": wait_sources.questions,
    "replies": wait_sources.replies,
    "confirming": wait_sources.confirming,
    "thanks": wait_sources.thanks,
    "remarks": advice_sources.remarks,
}


@dataclass(frozen=True)
class Wanted:
    """Which page: whose figures, which days (None: all of them), which clock, what to leave out."""

    scope: Scope
    choice: Choice | None
    time: Time = Time.WORKING
    type_id: int | None = None
    asker_id: int | None = None
    stage: str | None = None

    def filters(self) -> dict[str, int]:
        """Return the conditions on columns of requests."""
        wanted = {"type_id": self.type_id, "asking_team_id": self.asker_id}
        return {name: value for name, value in wanted.items() if value is not None}


@dataclass(frozen=True)
class Page:
    """A chapter as told: its figures, and the lists behind their marks."""

    chapter: Chapter
    basis: Basis
    sheets: list[Sheet]
    lists: Lists = field(default_factory=Lists)


def tell(
    session: Session, chapter: Chapter, wanted: Wanted, *, now: datetime, viewer: Person | None
) -> Page:
    """Return a chapter as `viewer` may read it; the figures are the same for everybody."""
    known = {team.id: team for team in teams(session)}
    home = known.get(wanted.scope.team_id or _team_of(session, wanted.scope))
    wall = home.calendar.wall if home else wall_of("UTC")
    choice = wanted.choice or Choice(None)
    whose = _whose(wanted.scope, known, home)
    earliest = first_day(session, whose) if choice.is_all_time else None
    reading = Reading(
        session,
        wanted.scope,
        window_of(choice, wall=wall, now=now, earliest=earliest),
        now,
        viewer,
        {team.id: clock_of(team.calendar) for team in known.values()},
        wanted.filters(),
        wide=chapter.key == "between",
    )
    basis, lists = _basis(reading, wanted, chapter, known, home), Lists()
    return Page(chapter, basis, chapter.tell(basis, lists), lists)


def _whose(scope: Scope, known: Mapping[int, Team], home: Team | None) -> list[Team]:
    """Return the teams with which all time begins."""
    if scope.kind == "pair":
        return [team for key, team in known.items() if key in (scope.team_id, scope.other_id)]
    return [home] if home and not scope.is_own else [*known.values()]


def _team_of(session: Session, scope: Scope) -> int:
    if scope.type_id is None:
        return 0
    return session.scalar(select(RequestType.team_id).where(RequestType.id == scope.type_id)) or 0


def _basis(
    reading: Reading, wanted: Wanted, chapter: Chapter, known: Mapping[int, Team], home: Team | None
) -> Basis:
    people = people_of(reading.session)
    basis = Basis(
        scope=wanted.scope,
        window=reading.window,
        now=reading.now,
        time=wanted.time,
        teams={team.id: team.name for team in known.values()},
        types=_types(reading.session, known, home),
        people=people.by_team,
        crowd=CROWD if wanted.scope.is_own else people.of(home.id if home else None),
        calendar=_calendar(home if wanted.scope.is_of_a_team else None, reading.window),
        stage=wanted.stage,
    )
    found = {name: READERS[name](reading) for name in chapter.needs if name != "lives"}
    open_visits = found.pop("running", None) or found.get("visits", ())
    if "lives" in chapter.needs:
        found["lives"] = sources.lives(reading, open_visits, chapter.ways)
    return replace(basis, **found)


def _types(session: Session, teams: Mapping[int, Team], home: Team | None) -> dict[int, str]:
    """Return the types by name; with their team where others are called the same."""
    columns = (RequestType.id, RequestType.name, RequestType.team_id)
    rows = session.execute(select(*columns)).all()
    often = Counter(row.name for row in rows)
    mine = home.id if home else None
    return {
        row.id: row.name
        if often[row.name] == 1 or row.team_id == mine
        else f"{row.name} ({teams[row.team_id].name})"
        for row in rows
    }


def _calendar(home: Team | None, window: Window) -> str:
    if home is None:
        return gettext("the hours of each team that serves")
    return gettext("hours of %(team)s, %(zones)s", team=home.name, zones=window.zones)
