"""What went from one team to another, how long it waited there, and what came back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.language import gettext, gettext_noop
from app.requests.rules import WaitingOn
from app.turnaround.basis import Basis
from app.turnaround.lives import Visit
from app.turnaround.sheets import Cell, Lists, hidden, percent
from app.turnaround.statistics import why_untold
from app.turnaround.survival import curve

COHORT = gettext_noop("Passed from one team to another in these days")
PASSED = gettext_noop(
    "A request counts as passed when it is asked of a team, and when one team hands it to another."
)
BACK = gettext_noop(
    "Came back: given back to the team it came from, or, when that team had asked for it, with a "
    "question to the requester."
)
UNTIL = gettext_noop("Until somebody there says “I am on it”; those still waiting count.")
Passes = Mapping[tuple[int, int], Sequence[Visit]]


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


def all_passes(lists: Lists, passes: Passes) -> str:
    """Keep the list of all of them; return its key."""
    return lists.put(
        "passes", gettext(COHORT), [visit for visits in passes.values() for visit in visits]
    )


def passed_by(lists: Lists, passes: Passes, giver: int, name: str) -> Cell:
    """Return how many were passed on by one team, to whatever other."""
    about = gettext("Passed on by %(team)s in these days", team=name)
    given = [visit for (a, _), visits in passes.items() if a == giver for visit in visits]
    return lists.count(f"passed-{giver}", about, given)


def one_way(
    basis: Basis, lists: Lists, visits: Sequence[Visit], giver: int, taker: int
) -> tuple[Cell, Cell, Cell]:
    """Return how many, how long half of them waited, and how many of 100 came back."""
    if not visits:
        return no_way(giver, taker)
    one, other = basis.teams.get(giver, "?"), basis.teams.get(taker, "?")
    about = gettext("Passed from %(one)s to %(other)s in these days", one=one, other=other)
    count = lists.count(f"pass-{giver}-{taker}", about, visits)
    returned = came_back(basis, visits)
    about = gettext("Passed from %(one)s to %(other)s, and came back", one=one, other=other)
    back = lists.put(f"back-{giver}-{taker}", about, returned)
    wait = median_wait(basis, visits, count.of or "")
    return count, wait, percent(len(returned), len(visits), back)


def no_way(giver: int, taker: int) -> tuple[Cell, Cell, Cell]:
    """Return the cells of a way that nothing went; a team has none to itself."""
    nothing = Cell(None, "none")
    return nothing if giver == taker else Cell(0, "count"), nothing, nothing
