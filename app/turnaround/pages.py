"""Reading pages: the days of each team's window added up, by team and stage.

Pages serve the days that are clean; days marked as changed are counted from the rows themselves,
so that what is shown is always what a count of everything would give.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import and_, select, union_all
from sqlalchemy.orm import Session

from app.requests.marks import ChangedDay
from app.turnaround.models import StagePage, TeamPage
from app.turnaround.raw import Tallies, count_changed
from app.turnaround.rules import Window
from app.turnaround.tallies import SPAN, STAGE_COUNTS, TEAM_COUNTS, Tally, page_start, total

Windows = Mapping[int, Window]
Seconds = Sequence[str]
Days = tuple[date, date]
LONG = 45  # days of a window above which pages of thirty days serve its middle
DAY = timedelta(days=1)
MOVED = 2  # days by which a move may shift what a mark means
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
    queries, whatever the number of teams, days and rows. The marks are read before the pages:
    what a worker settles in between is in its page by then.
    """
    walls = {team_id: window.wall for team_id, window in windows.items()}
    changed = count_changed(session, _marked(windows, stages), walls)
    sums = add_up(changed, windows)
    plan = _plan(windows, changed)
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


@dataclass(frozen=True)
class _Plan:
    """Which day pages are read, which long pages, and the days inside of those (None: no long)."""

    windows: Windows
    changed: Tallies
    days: list[Days]
    whole: list[Days]
    long: Days | None = None

    def takes(self, team_id: int, day: date, stage: str) -> bool:
        """Whether the page of a day counts: in the team's window, and not counted already."""
        window = self.windows[team_id]
        return window.first <= day <= window.last and (team_id, day, stage) not in self.changed

    def kept(self, team_id: int, stage: str, rows: list[Any], *, span: int) -> list[Any]:
        """Return the rows whose page counts; their span stands at `span`, the day behind it."""
        return [row for row in rows if row[span] > 1 or self.takes(team_id, row[span + 1], stage)]


def _plan(windows: Windows, changed: Tallies) -> _Plan:
    """Cover the windows by ranges of day pages and, when they are long, of whole long pages."""
    first, last = _ends(windows)
    inner = max(window.first for window in windows.values())
    begin = page_start(inner + (SPAN - 1) * DAY)
    end = page_start(min(window.last for window in windows.values()) + DAY) - DAY
    if (last - first).days <= LONG or begin > end:
        return _Plan(windows, changed, [(first, last)], [])
    touched = sorted({page_start(day) for _, day, _ in changed if begin <= day <= end})
    days = [(first, begin - DAY), (end + DAY, last)]
    days += [(day, day + (SPAN - 1) * DAY) for day in touched]
    edges = [begin - SPAN * DAY, *touched, end + DAY]
    whole = [(a + SPAN * DAY, b - DAY) for a, b in pairwise(edges)]
    return _Plan(windows, changed, _some(days), _some(whole), (begin, end))


def _some(ranges: list[Days]) -> list[Days]:
    return [(first, last) for first, last in ranges if first <= last]


def _ends(windows: Windows) -> Days:
    firsts = [window.first for window in windows.values()]
    return min(firsts), max(window.last for window in windows.values())


def _marked(windows: Windows, stages: Seconds | None) -> Any:
    first, last = _ends(windows)
    around = ChangedDay.day.between(first - MOVED * DAY, last + MOVED * DAY)
    marked = and_(ChangedDay.team_id.in_(sorted(windows)), around)
    return and_(marked, ChangedDay.stage == "") if stages is None else marked


def _add_stored(
    session: Session, model: Any, plan: _Plan, names: Seconds, sums: Any, *, counts: bool = True
) -> None:
    """Add the pages of one table; a column of a team's stage is added at once, not row by row."""
    numbers = () if not counts else STAGE_COUNTS if model is StagePage else TEAM_COUNTS
    stage = [StagePage.stage] if model is StagePage else []
    columns = [model.team_id, *stage, model.span, model.day]
    columns += [getattr(model, name) for name in (*numbers, *names)]
    head, groups = 1 + len(stage), defaultdict(list)
    for row in session.execute(_select(model, columns, plan)).all():
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


def _add_days(session: Session, plan: _Plan, sums: dict[int, Sums]) -> None:
    """Add the counts of the days inside long pages, for the weeks."""
    columns = (TeamPage.team_id, TeamPage.day, TeamPage.raised, TeamPage.done)
    query = select(*columns).where(*_within(TeamPage, plan, 1, plan.long))
    for team_id, day, raised, done in session.execute(query):
        if plan.takes(team_id, day, ""):
            sums[team_id].days[day] = raised, done


def _select(model: Any, columns: list[Any], plan: _Plan) -> Any:
    """One statement; each range of days is a stretch of the primary key."""
    ranges = [(1, days) for days in plan.days] + [(SPAN, days) for days in plan.whole]
    return union_all(
        *(select(*columns).where(*_within(model, plan, span, days)) for span, days in ranges)
    )


def _within(model: Any, plan: _Plan, span: int, days: Days | None) -> list[Any]:
    first, last = days or (date.min, date.max)
    teams = model.team_id.in_(sorted(plan.windows))
    return [teams, model.span == span, model.day.between(first, last)]
