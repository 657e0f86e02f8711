"""The chapter "Between teams": who passes to whom, how long it waits there, what comes back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.requests.rules import WaitingOn
from app.turnaround.basis import Basis
from app.turnaround.lives import Visit
from app.turnaround.sheets import CROWD, LEAST, Cell, Lists, Sheet, number, percent, words
from app.turnaround.survival import curve

COHORT = "Passed from one team to another in these days"
PASSED = (
    "A request counts as passed when it is asked of a team, and when one team hands it to another. "
)
BACK = (
    "Came back: given back to the team it came from, or, when that team had asked for it, with a "
    "question to the requester."
)
Passes = Mapping[tuple[int, int], Sequence[Visit]]


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return the handoffs: of one team in both directions, or of all teams as matrices."""
    passes = passes_of(basis)
    if basis.scope.team_id:
        return [_both_ways(basis, lists, passes, basis.scope.team_id)]
    return [
        _matrix(basis, lists, passes, "handoffs", "Handed from team to team"),
        _matrix(basis, lists, passes, "handoff-waits", "Half waited until somebody began"),
        _matrix(basis, lists, passes, "handoff-returns", "Came back, of 100"),
    ]


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
    if len(visits) < LEAST:
        return Cell(len(visits), "few", of)
    if basis.people.get(visits[0].team_id, 0) < CROWD:
        return Cell(None, "crowd", of)
    told = curve(begun, waiting)
    half = told.within(50)
    return Cell(told.longest, "more", of) if half is None else Cell(half, "time", of)


def came_back(basis: Basis, visits: Sequence[Visit]) -> list[Visit]:
    """Return those of `visits` that came back to the team they were passed by."""
    teams = {(visit.request_id, visit.seq): visit.team_id for visit in basis.visits}
    return [
        visit
        for visit in visits
        if teams.get((visit.request_id, visit.seq + 1)) == visit.giver_id
        or (
            visit.giver_id == visit.asking_team_id
            and any(on == WaitingOn.REQUESTER for _, _, on in visit.pauses)
        )
    ]


def _both_ways(basis: Basis, lists: Lists, passes: Passes, mine: int) -> Sheet:
    others = sorted(
        {a if b == mine else b for a, b in passes if mine in (a, b)},
        key=lambda team: (basis.teams.get(team, "?"), team),
    )
    rows = []
    for other in others:
        cells = [
            cell
            for a, b in ((other, mine), (mine, other))
            for cell in _one_way(basis, lists, passes.get((a, b), ()), a, b)
        ]
        rows.append((words(basis.teams.get(other, "?"), f"pair-{other}"), *cells))
    name = basis.scope.name
    return Sheet(
        "handoffs",
        f"Between {name} and other teams",
        f"{PASSED}The wait lasts until somebody there says “I am on it”; those still waiting "
        f"count. {BACK} Both directions stand side by side: who asks today helps tomorrow.",
        COHORT,
        f"passes; waits in {basis.unit}",
        (
            "Team",
            *(f"To {name}", "half waited", "came back"),
            *(f"From {name}", "half waited", "came back"),
        ),
        tuple(rows),
        empty="Nothing went from team to team in these days.",
        of=lists.put("passes", COHORT, [v for vs in passes.values() for v in vs]),
        calendar=basis.clock,
    )


def _one_way(
    basis: Basis, lists: Lists, visits: Sequence[Visit], giver: int, taker: int
) -> tuple[Cell, Cell, Cell]:
    if not visits:
        return Cell(0, "count"), Cell(None, "none"), Cell(None, "none")
    way = f"from {basis.teams.get(giver, '?')} to {basis.teams.get(taker, '?')}"
    count = lists.count(f"pass-{giver}-{taker}", f"Passed {way} in these days", visits)
    returned = came_back(basis, visits)
    back = lists.put(f"back-{giver}-{taker}", f"Passed {way}, and came back", returned)
    wait = median_wait(basis, visits, count.of or "")
    return count, wait, percent(len(returned), len(visits), back)


def _matrix(basis: Basis, lists: Lists, passes: Passes, key: str, title: str) -> Sheet:
    which = ("handoffs", "handoff-waits", "handoff-returns").index(key)
    there = {team for pair in passes for team in pair}
    teams = sorted(there, key=lambda team: (basis.teams.get(team, "?"), team))
    rows = []
    for giver in teams:
        cells = []
        for taker in teams:
            visits = passes.get((giver, taker), ())
            cells.append(_one_way(basis, lists, visits, giver, taker)[which])
        whole = sum(len(passes.get((giver, taker), ())) for taker in teams)
        together = [number(whole)] if which == 0 else []
        rows.append((words(basis.teams.get(giver, "?")), *cells, *together))
    names = [basis.teams.get(team, "?") for team in teams]
    units = ("passes", basis.unit, "percent of the passes")
    meaning = (
        "From the team at the left to the team above.",
        "Until somebody there says “I am on it”; those still waiting count.",
        BACK,
    )
    return Sheet(
        key,
        title,
        PASSED + meaning[which],
        COHORT,
        units[which],
        ("From", *(f"to {name}" for name in names), *(["Together"] if which == 0 else [])),
        tuple(rows),
        of=lists.put("passes", COHORT, [v for vs in passes.values() for v in vs]),
        empty="Nothing went from team to team in these days.",
        calendar=basis.clock,
    )
