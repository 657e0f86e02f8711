"""The chapter "Now": open work by age, each with its pace, and who is late or silent."""

from collections.abc import Sequence

from app.requests.rules import State
from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.plots import LEFT, RIGHT, Label, Mark, Plot, Scale, Stroke
from app.turnaround.rules import BANDS, band_of, is_late, is_silent
from app.turnaround.sheets import LEAST, Cell, Lists, Sheet, number, words
from app.turnaround.survival import PERCENTS, Curve, curve

LANES = (("new", "Not begun"), ("hand", "In hand"), ("wait", "Waiting for an answer"))
LANE = 64
OLDEST = 25
MOST_DOTS = 500
PACES = (
    (0, 50, "Younger than half of the finished"),
    (50, 85, "Older than half"),
    (85, 95, "Older than 85 of 100"),
    (95, 101, "Older than 95 of 100"),
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


def lane_of(life: Life) -> str:
    """Say where an open request stands: not begun, in hand, or waiting for an answer."""
    if life.is_waiting:
        return "wait"
    return "hand" if life.state == State.IN_WORK else "new"


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
        _strips(basis, work, usual),
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


def _silence(basis: Basis, lists: Lists, work: list[Life]) -> Sheet:
    late = {life.id for life in work if is_late(life.state, life.due_at, basis.now)}
    silent = {
        life.id
        for life in work
        if is_silent(life.state, life.respond_by, life.first_response_at, basis.now)
    }
    kinds = (
        ("late-silent", "Late, and no answer at all", late & silent),
        ("late", "Late, answered at least once", late - silent),
        ("silent", "Not late yet, but past the promised first answer", silent - late),
    )
    rows = []
    for key, name, ids in kinds:
        there = [life for life in work if life.id in ids]
        age = max((life.took(basis.time) for life in there), default=None)
        oldest = Cell(age, "time", key) if there else Cell(None, "none")
        rows.append((words(name), lists.count(key, name, there), oldest))
    both = len(late & silent)
    return Sheet(
        "late-and-silent",
        "Late and silent",
        "Late: past the due time and not waiting for an answer. Silent: past the promised first "
        "answer without one.",
        COHORT,
        f"requests, and {basis.unit}",
        ("How it stands", "Requests", "Oldest"),
        tuple(rows),
        flag=f"{both} {'is' if both == 1 else 'are'} late and without a word. "
        "Please write to them first."
        if both
        else None,
        empty="Nobody waits past a promise.",
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
                number(usual.pace(age), of) if known else Cell(usual.n, "few", of),
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


def _strips(basis: Basis, work: list[Life], usual: Curve) -> Plot | None:
    if not work:
        return None
    ages = sorted(work, key=lambda life: -life.took(basis.time))[:MOST_DOTS]
    lines = [(p, usual.within(p)) for p in PERCENTS] if usual.n >= LEAST else []
    greatest = max(ages[0].took(basis.time), *(at or 0 for _, at in lines), 1)
    scale, height = Scale(greatest * 1.04, LEFT / 4, RIGHT), 24 + LANE * len(LANES) + 22
    marks, labels = [], []
    for index, (lane, name) in enumerate(LANES):
        y = 24 + LANE * index
        labels.append(Label(name, 0, y + 12, look="label"))
        for life in (life for life in ages if lane_of(life) == lane):
            place = y + 28 + (life.id * 7) % 22
            age, of = life.took(basis.time), f"request-{life.id}" if life.mine else f"open-{lane}"
            pace = f", pace {usual.pace(age)}" if lines else ""
            told = f"{name}{pace}, open for"
            marks.append(Mark("dot", f"dot-{lane}", scale(age), place, 0, 5, told, of, age))
    strokes = [Stroke("axis", 0, height - 22, 100, height - 22)]
    for percent, at in lines:
        if at is not None:
            strokes.append(Stroke(f"line-p{percent}", scale(at), 18, scale(at), height - 22))
            labels.append(Label(f"{percent} %", scale(at), 12, "middle"))
    return Plot(
        height,
        "Open work by age",
        "A dot for each open request, the oldest furthest right; "
        "lines where 50, 85 and 95 of 100 were done.",
        tuple(marks),
        tuple(strokes),
        tuple(labels),
    )
