"""Who was begun before an older one that still waited in the same line."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from heapq import heappop, heappush

from app.language import gettext
from app.turnaround.basis import Basis
from app.turnaround.lives import Visit
from app.turnaround.sheets import Cell, Lists, Sheet, number, percent, words
from app.turnaround.stretches import parts_of

LEAVES, COMES, BEGINS = 0, 1, 2


def overtaking(basis: Basis, lists: Lists) -> Sheet:
    """Return the figure of what was begun before an older one, by who asked."""
    starts, passed = defaultdict(list), overtaken(basis)
    for visit in started(basis):
        starts[visit.asking_team_id].append(visit)
    teams = sorted({*starts, *(u.asking_team_id for _, u in passed)}, key=basis.by_name)
    rows = [_asked_by(basis, lists, team, starts.get(team, []), passed) for team in teams]
    return Sheet(
        "overtaking",
        gettext("Begun before an older one"),
        gettext(
            "Work begun while an older request of the same type, team and stage still waited in "
            "line. Now and then that is wise; for one team all the time it is not."
        ),
        gettext("Begun in these days"),
        gettext("visits; the last column requests"),
        (
            *(gettext("Who asked"), gettext("Begun"), gettext("Passed an older one")),
            *(gettext("Share"), gettext("Oldest in line, and passed")),
        ),
        tuple(rows),
        of=lists.put("starts", gettext("Begun in these days"), started(basis)),
        empty=gettext("No work was begun in these days."),
        calendar=basis.days,
    )


def _asked_by(
    basis: Basis,
    lists: Lists,
    team: int,
    began: Sequence[Visit],
    passed: Sequence[tuple[Visit, Visit]],
) -> tuple[Cell, ...]:
    name = basis.teams.get(team, "?")
    by = [visit for visit, _ in passed if visit.asking_team_id == team]
    over = {visit.request_id: visit for _, visit in passed if visit.asking_team_id == team}
    about = gettext("Begun before an older one: %(team)s", team=name)
    went = lists.count(f"passing-{team}", about, by)
    about = gettext("Oldest in line, and passed: %(team)s", team=name)
    stood = lists.count(f"passed-{team}", about, [*over.values()])
    of = lists.put(f"begun-{team}", gettext("Begun in these days: %(team)s", team=name), began)
    return (words(name), number(len(began), of), went, percent(len(by), len(began), of), stood)


def started(basis: Basis) -> list[Visit]:
    """Return the visits that somebody began in the window."""
    return [visit for visit in basis.visits if basis.window.holds(visit.started_at)]


def overtaken(basis: Basis) -> list[tuple[Visit, Visit]]:
    """Return (begun, passed) for each start in the window that passed an older one in line.

    A line is a team, a type and a stage, in the order of arrival there; who waits for an answer
    stands in none meanwhile. `passed` is the oldest of them.
    """
    lines = defaultdict(list)
    for visit in basis.visits:
        lines[visit.team_id, visit.type_id, visit.stage].append(visit)
    return [pair for line in lines.values() for pair in _passed(line, basis)]


def _passed(line: Sequence[Visit], basis: Basis) -> Iterable[tuple[Visit, Visit]]:
    """Sweep over one line, with those who wait in a heap that forgets lazily who has left."""
    heap: list[tuple[datetime, int]] = []
    inside: set[int] = set()
    for _, what, index in sorted(_moments(line, basis)):
        if what == LEAVES:
            inside.discard(index)
        elif what == COMES:
            inside.add(index)
            heappush(heap, (line[index].entered_at, index))
        else:
            while heap and heap[0][1] not in inside:
                heappop(heap)
            if heap and heap[0][0] < line[index].entered_at:
                yield line[index], line[heap[0][1]]


def _moments(line: Sequence[Visit], basis: Basis) -> Iterable[tuple[datetime, int, int]]:
    """Yield (when, what, who): at one instant first who leaves, then who comes, then who begins."""
    for index, visit in enumerate(line):
        for stretch in parts_of(visit):
            if stretch.band == "begin":
                yield stretch.from_at, COMES, index
                if stretch.to_at is not None:
                    yield stretch.to_at, LEAVES, index
        if visit.started_at is not None and basis.window.holds(visit.started_at):
            yield visit.started_at, BEGINS, index
