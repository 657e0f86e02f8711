"""Reading pages: the days of each team's window added up, by team and stage.

Pages serve the days that are clean; days marked as changed are counted from the rows themselves,
so that what is shown is always what a count of everything would give.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import bindparam, select, union_all
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
    Without `counts` there are only seconds of stages, without `by_day` no days. At most eight
    queries, four of them for each `MOST` marked days, whatever the number of rows. The marks are
    read before the pages: what a worker settles in between is in its page by then.
    """
    walls = {team_id: window.wall for team_id, window in windows.items()}
    first, last = ends(windows)
    around = {"teams": sorted(windows), "first": first - MOVED * DAY, "last": last + MOVED * DAY}
    changed = count_changed(session, _marks(stages is None), walls, around)
    sums = add_up(changed, windows)
    plan = cover(windows, changed)
    if requests is not None:
        _add_stored(session, TeamPage, plan, requests, sums)
    if stages is not None:
        _add_stored(session, StagePage, plan, stages, sums, counts=counts)
    if plan.long and by_day:
        _add_days(session, plan, sums)
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


def _add_stored(
    session: Session, model: Any, plan: Cover, names: Seconds, sums: Any, *, counts: bool = True
) -> None:
    """Add the pages of one table; a column of a team's stage is added at once, not row by row."""
    numbers = () if not counts else STAGE_COUNTS if model is StagePage else TEAM_COUNTS
    head = 2 if model is StagePage else 1
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    query = _stored(model, (*numbers, *names), len(plan.ranges))
    for row in rows_of(session, query, _values(plan, plan.ranges)).all():
        groups[row[:head]].append(row)
    for (team_id, *of), rows in groups.items():
        name = of[0] if of else ""
        kept = plan.kept(team_id, name, rows, span=head)
        if not kept:
            continue
        tally = sums[team_id].of(name)
        values = list(zip(*kept, strict=True))[head + 2 :]
        for count, column in zip(numbers, values, strict=False):
            tally.counts[count] += sum(column)
        for kind, packed in zip(names, values[len(numbers) :], strict=True):
            tally.note_packed(kind, b"".join(packed))
        if model is TeamPage:
            sums[team_id].days |= {
                row[2]: (row[3 + RAISED_AT], row[3 + DONE_AT]) for row in kept if row[1] == 1
            }


def _add_days(session: Session, plan: Cover, sums: dict[int, Sums]) -> None:
    """Add the counts of the days inside long pages, for the weeks."""
    inside = [(1, plan.long or (date.min, date.max))]
    query = _stored(TeamPage, ("raised", "done"), 1)
    for team_id, _, day, raised, done in rows_of(session, query, _values(plan, inside)):
        if plan.takes(team_id, day, ""):
            sums[team_id].days[day] = raised, done


@lru_cache(maxsize=256)
def _stored(model: Any, names: Seconds, ranges: int) -> Any:
    """One statement; each range of days is a stretch of the primary key."""
    stage = [StagePage.stage] if model is StagePage else []
    columns = [model.team_id, *stage, model.span, model.day]
    query = select(*columns, *(getattr(model, name) for name in names))
    return union_all(
        *(
            query.where(
                model.team_id.in_(TEAMS),
                model.span == bindparam(f"span_{number}"),
                model.day.between(bindparam(f"first_{number}"), bindparam(f"last_{number}")),
            )
            for number in range(ranges)
        )
    )


def _values(plan: Cover, ranges: Iterable[tuple[int, Days]]) -> dict[str, Any]:
    values: dict[str, Any] = {"teams": sorted(plan.windows)}
    for number, (span, (first, last)) in enumerate(ranges):
        values |= {f"span_{number}": span, f"first_{number}": first, f"last_{number}": last}
    return values
