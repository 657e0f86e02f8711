"""Reading pages: the days of each team's window added up, by team and stage.

Pages serve the days that are clean; days marked as changed are counted from the rows themselves,
so that what is shown is always what a count of everything would give.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import String, bindparam, cast, literal_column, null, select, union_all
from sqlalchemy.orm import Session

from app.db import rows_of
from app.requests.marks import ChangedDay
from app.turnaround.changed import marks
from app.turnaround.covering import DAY, Cover, Days, Windows, cover, ends
from app.turnaround.models import StagePage, TeamPage
from app.turnaround.raw import Tallies, count_changed
from app.turnaround.tallies import STAGE_COUNTS, TEAM_COUNTS, Tally, total

Seconds = Sequence[str]
MOVED = 2  # days by which a move may shift what a mark means
TEAMS: Any = bindparam("teams", expanding=True)
RAISED_AT, DONE_AT = TEAM_COUNTS.index("raised"), TEAM_COUNTS.index("done")


@dataclass
class Sums:
    """The window of one team added up; `days` are the (raised, done) of each day with any."""

    requests: Tally = field(default_factory=Tally)
    stages: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    days: dict[date, tuple[int, int]] = field(default_factory=dict)

    def of(self, stage: str) -> Tally:
        """Return the tally of a stage, or of the requests for none."""
        return self.stages[stage] if stage else self.requests


def from_pages(
    session: Session,
    windows: Windows,
    *,
    requests: Seconds | None,
    stages: Seconds | None,
    counts: bool = True,
    by_day: bool = True,
) -> dict[int, Sums]:
    """Return the sums of each team's window, from pages and from what has changed since.

    `requests` and `stages` name the seconds that are read; None leaves them out altogether.
    Without `counts` there are only seconds of stages, without `by_day` no days. At most six
    queries, four of them for each `MOST` marked days, whatever the number of rows. The marks are
    read before the pages: what a worker settles in between is in its page by then.
    """
    walls = {team_id: window.wall for team_id, window in windows.items()}
    first, last = ends(windows)
    around = {"teams": sorted(windows), "first": first - MOVED * DAY, "last": last + MOVED * DAY}
    changed = count_changed(session, _marks(stages is None), walls, around)
    sums = add_up(changed, windows)
    plan = cover(windows, changed)
    parts = []
    if requests is not None:
        parts.append(Part(TeamPage, TEAM_COUNTS, tuple(requests)))
    if stages is not None:
        parts.append(Part(StagePage, STAGE_COUNTS if counts else (), tuple(stages)))
    _add_stored(session, plan, tuple(parts), sums, by_day=by_day and requests is not None)
    return sums


def add_up(tallies: Tallies, windows: Windows) -> dict[int, Sums]:
    """Return tallies by team, only of the days in the team's window."""
    sums = {team_id: Sums() for team_id in windows}
    for (team_id, day, stage), tally in tallies.items():
        window = windows.get(team_id)
        if window is None or not window.first <= day <= window.last:
            continue
        sums[team_id].of(stage).add(tally)
        if not stage:
            sums[team_id].days[day] = tally.counts["raised"], tally.counts["done"]
    return sums


def together(sums: Mapping[int, Sums]) -> Sums:
    """Return the sums of all teams as one."""
    whole = Sums(total(each.requests for each in sums.values()))
    for each in sums.values():
        for stage, tally in each.stages.items():
            whole.stages[stage].add(tally)
        for day, (raised, done) in each.days.items():
            came, went = whole.days.get(day, (0, 0))
            whole.days[day] = came + raised, went + done
    return whole


@cache
def _marks(of_requests: bool) -> Any:
    around = ChangedDay.day.between(bindparam("first"), bindparam("last"))
    whole = marks(ChangedDay.team_id.in_(TEAMS), around)
    return whole.where(ChangedDay.stage == "") if of_requests else whole


class Part(NamedTuple):
    """Of which table what is read: counts and seconds by name."""

    model: Any
    counts: Sequence[str]
    seconds: Sequence[str]

    @property
    def columns(self) -> list[Any]:
        """The columns of both."""
        return [getattr(self.model, name) for name in (*self.counts, *self.seconds)]


def _add_stored(
    session: Session, plan: Cover, parts: Sequence[Part], sums: dict[int, Sums], *, by_day: bool
) -> None:
    """Add pages, in one query; a column of a team's stage is added at once, not row by row.

    A row is (team, stage or "", span, day, the columns of each part). One of no span says of a day
    inside a long page what came and went on it, for the weeks.
    """
    inside = plan.long if by_day else None
    groups: dict[tuple[int, str], list[Any]] = defaultdict(list)
    query = _stored(parts, len(plan.ranges), inside=inside is not None)
    for row in rows_of(session, query, _values(plan, inside)).all():
        groups[row[:2]].append(row)
    places = {bool(part.model is StagePage): part for part in parts}
    for (team_id, stage), rows in groups.items():
        part, of_team = places[bool(stage)], sums[team_id]
        kept = plan.kept(team_id, stage, rows, span=2)
        if part.model is TeamPage:
            of_team.days |= {
                row[3]: (row[4 + RAISED_AT], row[4 + DONE_AT]) for row in kept if row[2] <= 1
            }
        whole = [row for row in kept if row[2]] if inside and not stage else kept
        if whole:
            before = sum(len(each.columns) for each in parts[: parts.index(part)])
            _add_to(of_team.of(stage), part, list(zip(*whole, strict=True))[4 + before :])


def _add_to(tally: Tally, part: Part, columns: Sequence[Any]) -> None:
    for count, column in zip(part.counts, columns, strict=False):
        tally.counts[count] += sum(column)
    for kind, packed in zip(part.seconds, columns[len(part.counts) :], strict=False):
        tally.note_packed(kind, b"".join(packed))


@lru_cache(maxsize=256)
def _stored(parts: Sequence[Part], ranges: int, *, inside: bool) -> Any:
    """One statement; each range of days is a stretch of a primary key."""
    branches = [
        _branch(part, parts, part.model.span).where(
            part.model.span == bindparam(f"span_{number}"),
            part.model.day.between(bindparam(f"first_{number}"), bindparam(f"last_{number}")),
        )
        for part in parts
        for number in range(ranges)
    ]
    if inside:
        days = TeamPage.day.between(bindparam("first"), bindparam("last"))
        bare = _branch(Part(TeamPage, TEAM_COUNTS, ()), parts, literal_column("0"))
        branches.append(bare.where(TeamPage.span == literal_column("1"), days))
    return union_all(*branches)


def _branch(part: Part, parts: Sequence[Part], span: Any) -> Any:
    """Select what is read of one table, with nothing in the columns of the others."""
    model = part.model
    stage = StagePage.stage if model is StagePage else literal_column("''", String).label("stage")
    columns = [
        column if column in part.columns else cast(null(), column.type)
        for each in parts
        for column in each.columns
    ]
    chosen = select(model.team_id, stage, span, model.day, *columns)
    return chosen.where(model.team_id.in_(TEAMS))


def _values(plan: Cover, inside: Days | None) -> dict[str, Any]:
    values: dict[str, Any] = {"teams": sorted(plan.windows)}
    values["first"], values["last"] = inside or (date.min, date.min)
    for number, (span, (first, last)) in enumerate(plan.ranges):
        values |= {f"span_{number}": span, f"first_{number}": first, f"last_{number}": last}
    return values
