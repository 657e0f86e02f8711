"""The chapter "Between teams": who passes to whom, how long it waits there, what comes back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.requests.rules import WaitingOn
from app.turnaround.basis import Basis
from app.turnaround.charts import lying_bars
from app.turnaround.lives import Visit
from app.turnaround.plots import Label, Mark, Plot
from app.turnaround.sheets import Cell, Lists, Sheet, hidden, number, percent, words
from app.turnaround.statistics import why_untold
from app.turnaround.survival import curve
from app.turnaround.ways import AT_MOST, Ways, busiest, listed

COHORT = "Passed from one team to another in these days"
PASSED = (
    "A request counts as passed when it is asked of a team, and when one team hands it to another. "
)
BACK = (
    "Came back: given back to the team it came from, or, when that team had asked for it, with a "
    "question to the requester."
)
MATRICES = (
    (
        *("handoffs", "Handed from team to team", "passes"),
        "From the team at the left to the team above.",
    ),
    (
        *("handoff-waits", "Half waited until somebody began", ""),
        "Until somebody there says “I am on it”; those still waiting count.",
    ),
    ("handoff-returns", "Came back, of 100", "percent of the passes", BACK),
)
Passes = Mapping[tuple[int, int], Sequence[Visit]]


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return the handoffs: of one team in both directions, or of all teams as matrices."""
    passes = passes_of(basis)
    if basis.scope.team_id:
        return [_both_ways(basis, lists, passes, basis.scope.team_id)]
    told = {pair: _one_way(basis, lists, visits, *pair) for pair, visits in passes.items()}
    if len({team for pair in passes for team in pair}) > AT_MOST:
        of = _all_passes(lists, passes)
        about = f"{PASSED}{MATRICES[1][-1]} {BACK}"
        return [listed(basis, told, about=about, cohort=COHORT, of=of)]
    return [_matrix(basis, lists, passes, told, which) for which in range(len(MATRICES))]


def passes_of(basis: Basis) -> Passes:
    """Return the visits that began in the window and came from another team, by (from, to)."""
    found = defaultdict(list)
    for visit in basis.visits:
        passed = visit.giver_id != visit.team_id and basis.stage in (None, visit.stage)
        if passed and basis.window.holds(visit.entered_at):
            found[visit.giver_id, visit.team_id].append(visit)
    return found


def median_wait(basis: Basis, visits: Sequence[Visit], of: str) -> Cell:
    """Return the median time until somebody began, with those still waiting counted."""
    begun = [v.split(basis.time).waiting for v in visits if v.started_at]
    waiting = [v.split(basis.time).waiting for v in visits if not v.started_at]
    crowd = basis.people.get(visits[0].team_id, 0) if visits else 0
    why = why_untold(len(visits), crowd)
    if why:
        return hidden(why, len(visits), of)
    told = curve(begun, waiting)
    half = told.within(50)
    return Cell(told.longest, "more", of) if half is None else Cell(half, "time", of)


def came_back(basis: Basis, visits: Sequence[Visit]) -> list[Visit]:
    """Return those of `visits` that came back to the team they were passed by."""
    return [
        visit
        for visit in visits
        if basis.team_at.get((visit.request_id, visit.seq + 1)) == visit.giver_id
        or (
            visit.giver_id == visit.asking_team_id
            and any(on == WaitingOn.REQUESTER for _, _, on in visit.pauses)
        )
    ]


def _both_ways(basis: Basis, lists: Lists, passes: Passes, mine: int) -> Sheet:
    others = sorted({a if b == mine else b for a, b in passes if mine in (a, b)}, key=basis.by_name)
    rows = []
    for other in others:
        to_us = _one_way(basis, lists, passes.get((other, mine), ()), other, mine)
        from_us = _one_way(basis, lists, passes.get((mine, other), ()), mine, other)
        rows.append((words(basis.teams.get(other, "?"), f"pair-{other}"), *to_us, *from_us))
    name = basis.scope.name
    drawn = busiest(rows, (1, 4))
    some = f" Drawn are the {AT_MOST} with most passes." if len(drawn) < len(rows) else ""
    heads = (f"To {name}", "half waited", "came back", f"From {name}", "half waited", "came back")
    return Sheet(
        "handoffs",
        f"Between {name} and other teams",
        f"{PASSED}The wait lasts until somebody there says “I am on it”; those still waiting "
        f"count. {BACK} Both directions stand side by side: who asks today helps tomorrow.{some}",
        COHORT,
        f"passes; waits in {basis.unit}",
        ("Team", *heads),
        tuple(rows),
        _bars(drawn, name) if rows else None,
        empty="Nothing went from team to team in these days.",
        of=_all_passes(lists, passes),
        calendar=basis.clock,
    )


def _all_passes(lists: Lists, passes: Passes) -> str:
    return lists.put("passes", COHORT, [visit for visits in passes.values() for visit in visits])


def _bars(rows: Sequence[tuple[Cell, ...]], name: str) -> Plot:
    """Draw two bars for each team: what came from it, and what went to it."""
    ways = ((1, f"To {name}"), (4, f"From {name}"))
    chart = lying_bars([[row[index].value for index, _ in ways] for row in rows])
    marks, labels = [], []
    for row, y in zip(rows, chart.places, strict=True):
        labels.append(Label(row[0].value, 0, y, look="label"))
    for bar in chart.bars:
        index, way = ways[bar.series - 1]
        count, team = rows[bar.index][index], rows[bar.index][0].value
        labels.append(Label(str(count.value), bar.width + 1, bar.y + bar.height - 2))
        if count.value:
            place, said = (bar.x, bar.y, bar.width, bar.height), f"{team}, {way.lower()}"
            look = f"band-{bar.series}"
            marks.append(Mark("bar", look, *place, f"{said}: {count.value}", count.of))
    legend = tuple((f"band-{number}", way) for number, (_, way) in enumerate(ways, start=1))
    desc = "Two bars for each other team: what came from it, and what went to it."
    return Plot(chart.height, "Passes both ways", desc, tuple(marks), (), tuple(labels), legend)


def _one_way(
    basis: Basis, lists: Lists, visits: Sequence[Visit], giver: int, taker: int
) -> tuple[Cell, Cell, Cell]:
    if not visits:
        return _no_way(giver, taker)
    way = f"from {basis.teams.get(giver, '?')} to {basis.teams.get(taker, '?')}"
    count = lists.count(f"pass-{giver}-{taker}", f"Passed {way} in these days", visits)
    returned = came_back(basis, visits)
    back = lists.put(f"back-{giver}-{taker}", f"Passed {way}, and came back", returned)
    wait = median_wait(basis, visits, count.of or "")
    return count, wait, percent(len(returned), len(visits), back)


def _no_way(giver: int, taker: int) -> tuple[Cell, Cell, Cell]:
    nothing = Cell(None, "none")
    return nothing if giver == taker else Cell(0, "count"), nothing, nothing


def _matrix(basis: Basis, lists: Lists, passes: Passes, told: Ways, which: int) -> Sheet:
    key, title, unit, meaning = MATRICES[which]
    teams = sorted({team for pair in passes for team in pair}, key=basis.by_name)
    rows = []
    most = max(map(len, passes.values()), default=1)
    for giver in teams:
        ways = (told.get((giver, taker)) or _no_way(giver, taker) for taker in teams)
        cells = [way[which] for way in ways]
        if which == 0:
            cells = [replace(cell, tint=-(-4 * (cell.value or 0) // most)) for cell in cells]
        whole = sum(len(visits) for (a, _), visits in passes.items() if a == giver)
        together = [number(whole)] if which == 0 else []
        rows.append((words(basis.teams.get(giver, "?")), *cells, *together))
    names = (f"to {basis.teams.get(team, '?')}" for team in teams)
    return Sheet(
        key,
        title,
        f"{PASSED}{meaning}",
        COHORT,
        unit or basis.unit,
        ("From", *names, *(["Together"] if which == 0 else [])),
        tuple(rows),
        of=_all_passes(lists, passes),
        empty="Nothing went from team to team in these days.",
        calendar=basis.clock,
    )
