"""The chapter "Now": open work by age, each with its pace, and who is late or silent."""

from collections.abc import Sequence

from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.rules import BANDS, band_of, is_late, is_silent
from app.turnaround.sheets import LEAST, Cell, Lists, Sheet, number, words
from app.turnaround.strips import LANES, lane_of, strips
from app.turnaround.survival import Curve, curve

OLDEST = 25
PACES = (
    (0, 50, "Younger than half of the finished"),
    (50, 85, "Older than half"),
    (85, 95, "Older than 85 of 100"),
    (95, 101, "Older than 95 of 100"),
)
LATE_AND_SILENT = (
    "Late: past the due time and not waiting for an answer. Silent: past the promised first answer "
    "without one."
)
COHORT = "Open at this moment, whatever the days chosen"


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return the figures of what is open at this moment."""
    work = [life for life in basis.lives if life.is_open and basis.stage in (None, life.stage)]
    usual = usual_of(basis)
    return [
        _by_age(basis, lists, work, usual),
        _silence(basis, lists, work),
        _paces(basis, lists, work, usual),
        _oldest(basis, work, usual),
    ]


def usual_of(basis: Basis) -> Curve:
    """Return how long what was raised in the window takes, with the open ones counted."""
    raised = [life for life in basis.lives if basis.window.holds(life.raised_at)]
    done = [life.took(basis.time) for life in raised if life.done_at]
    return curve(done, [life.took(basis.time) for life in raised if not life.done_at])


def _by_age(basis: Basis, lists: Lists, work: list[Life], usual: Curve) -> Sheet:
    rows = []
    for band in BANDS:
        of_band = [life for life in work if band_of(life.elapsed_s) == band]
        about = f"Open, raised {band.label[0].lower()}{band.label[1:]} ago"
        rows.append((words(band.label), *_lanes(lists, f"age-{band.key}", about, of_band)))
    rows.append((words("Together"), *_lanes(lists, "open", "Open now", work)))
    return Sheet(
        "open-work",
        "Open work by age",
        "Rows by elapsed time since raised. In the drawing each dot is a request, the older the "
        "further right; the lines say how long finished work took.",
        COHORT,
        f"requests; the drawing in {basis.unit}",
        ("Open for", *(name for _, name in LANES), "Together"),
        tuple(rows),
        strips(basis, work, usual),
        "open",
        empty="Nothing is open: everything asked has been seen through.",
        calendar=basis.clock,
    )


def _lanes(lists: Lists, key: str, about: str, rows: Sequence[Life]) -> list[Cell]:
    cells = []
    for lane, name in LANES:
        there = [life for life in rows if lane_of(life) == lane]
        cells.append(lists.count(f"{key}-{lane}", f"{about}: {name.lower()}", there))
    return [*cells, lists.count(key, about, rows)]


def fates_of(basis: Basis, work: Sequence[Life]) -> tuple[set[int], set[int]]:
    """Return the ids of what is late, and of what is silent."""
    late = {p.id for p in work if is_late(p.state, p.due_at, basis.now)}
    silent = {
        p.id for p in work if is_silent(p.state, p.respond_by, p.first_response_at, basis.now)
    }
    return late, silent


def _silence(basis: Basis, lists: Lists, work: list[Life]) -> Sheet:
    late, silent = fates_of(basis, work)
    kinds = (
        ("late-silent", "Late, and no answer at all", late & silent),
        ("late", "Late, answered at least once", late - silent),
        ("silent", "Not late yet, but past the promised first answer", silent - late),
    )
    rows = []
    for key, name, ids in kinds:
        there = [life for life in work if life.id in ids]
        ages = [life.took(basis.time) for life in there]
        oldest = Cell(max(ages), "time", key) if ages else Cell(None, "none")
        rows.append((words(name), lists.count(key, name, there), oldest))
    both, verb = len(late & silent), "is" if len(late & silent) == 1 else "are"
    said = f"{both} {verb} late and without a word. Please write to them first."
    return Sheet(
        "late-and-silent",
        "Late and silent",
        LATE_AND_SILENT,
        COHORT,
        f"requests, and {basis.unit}",
        ("How it stands", "Requests", "Oldest"),
        tuple(rows),
        flag=said if both else None,
        of=lists.put(
            "late-or-silent", "Late or silent", [p for p in work if p.id in late | silent]
        ),
        calendar=basis.clock,
    )


def _paces(basis: Basis, lists: Lists, work: list[Life], usual: Curve) -> Sheet:
    rows = []
    if usual.n >= LEAST:
        for low, high, name in PACES:
            there = [life for life in work if low <= usual.pace(life.took(basis.time)) < high]
            cells = _lanes(lists, f"pace-{low}", f"Open, {name[0].lower()}{name[1:]}", there)
            rows.append((words(name), *cells))
    return Sheet(
        "pace",
        "How old that is, beside what was finished",
        f"Pace: of {usual.n} requests raised in these days, how many of 100 were done at that age; "
        "what is still open counts as not done by now.",
        COHORT,
        f"requests, their age in {basis.unit}",
        ("Pace", *(name for _, name in LANES), "Together"),
        tuple(rows),
        of="open",
        empty=f"Too few to say what is usual: {usual.n} raised in these days, from {LEAST} on.",
        calendar=basis.clock,
    )


def _oldest(basis: Basis, work: list[Life], usual: Curve) -> Sheet:
    rows = []
    for life in sorted(work, key=lambda life: (-life.took(basis.time), life.id))[:OLDEST]:
        age, of = life.took(basis.time), "open"
        known = usual.n >= LEAST
        rows.append(
            (
                Cell(life.id if life.mine else None, "request"),
                Cell(age, "time", of),
                number(usual.pace(age)) if known else Cell(usual.n, "few"),
                words(dict(LANES)[lane_of(life)]),
            )
        )
    return Sheet(
        "oldest",
        "The oldest, one by one",
        "Pace 90: of 100 like it, 90 were done at this age. Requests between other people are "
        "counted but not named.",
        COHORT,
        f"{basis.unit}; pace from 0 to 100",
        ("Request", "Open for", "Pace", "Where"),
        tuple(rows),
        of="open",
        empty="Nothing is open.",
        calendar=basis.clock,
    )
