"""The chapter "Now": open work by age, each with its pace, and who is late or silent."""

from collections.abc import Sequence

from app.language import gettext, gettext_noop, ngettext
from app.language.writing import begun, inside
from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.rules import BANDS, band_of, is_late, is_silent
from app.turnaround.sheets import LEAST, Cell, Lists, Sheet, hidden, number, words
from app.turnaround.statistics import untold, why_untold
from app.turnaround.strips import LANES, lane_of, strips
from app.turnaround.survival import Curve, curve

OLDEST = 25
PACES = (
    (0, 50, gettext_noop("younger than half of the finished")),
    (50, 85, gettext_noop("older than half")),
    (85, 95, gettext_noop("older than 85 of 100")),
    (95, 101, gettext_noop("older than 95 of 100")),
)
LATE_AND_SILENT = gettext_noop(
    "Late: past the due time and not waiting for an answer. Silent: past the promised first answer "
    "without one."
)
COHORT = gettext_noop("Open at this moment, whatever the days chosen")


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
        label = gettext(band.label)
        about = gettext("Open, raised %(age)s ago", age=inside(label))
        rows.append((words(label), *_lanes(lists, f"age-{band.key}", about, of_band)))
    rows.append((words(gettext("Together")), *_lanes(lists, "open", gettext("Open now"), work)))
    return Sheet(
        "open-work",
        gettext("Open work by age"),
        gettext(
            "Rows by elapsed time since raised. In the drawing each dot is a request, the older "
            "the further right; the lines say how long finished work took."
        ),
        basis.at_stage(gettext(COHORT)),
        gettext("requests; the drawing in %(unit)s", unit=basis.unit),
        (gettext("Open for"), *_lane_heads()),
        tuple(rows),
        strips(basis, work, usual),
        "open",
        empty=gettext("Nothing is open: everything asked has been seen through."),
        calendar=basis.clock,
    )


def _lane_heads() -> list[str]:
    return [*(gettext(name) for _, name in LANES), gettext("Together")]


def _lanes(lists: Lists, key: str, about: str, rows: Sequence[Life]) -> list[Cell]:
    cells = []
    for lane, name in LANES:
        there = [life for life in rows if lane_of(life) == lane]
        said = f"{about}: {inside(gettext(name))}"
        cells.append(lists.count(f"{key}-{lane}", said, there))
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
        ("late-silent", gettext("Late, and no answer at all"), late & silent),
        ("late", gettext("Late, answered at least once"), late - silent),
        ("silent", gettext("Not late yet, but past the promised first answer"), silent - late),
    )
    rows = []
    for key, name, ids in kinds:
        there = [life for life in work if life.id in ids]
        ages = [life.took(basis.time) for life in there]
        oldest = Cell(max(ages), "time", key) if ages else Cell(None, "none")
        rows.append((words(name), lists.count(key, name, there), oldest))
    listed = [life for life in work if life.id in late | silent]
    return Sheet(
        "late-and-silent",
        gettext("Late and silent"),
        gettext(LATE_AND_SILENT),
        basis.at_stage(gettext(COHORT)),
        gettext("requests, and %(unit)s", unit=basis.unit),
        (gettext("How it stands"), gettext("Requests"), gettext("Oldest")),
        tuple(rows),
        flag=_flag(len(late & silent)),
        of=lists.put("late-or-silent", gettext("Late or silent"), listed),
        calendar=basis.clock,
    )


def _flag(both: int) -> str | None:
    if not both:
        return None
    return ngettext(
        "%(num)s is late and without a word. Please write to them first.",
        "%(num)s are late and without a word. Please write to them first.",
        both,
    )


def _paces(basis: Basis, lists: Lists, work: list[Life], usual: Curve) -> Sheet:
    rows, why = [], why_untold(usual.n, basis.crowd)
    if not why:
        for low, high, name in PACES:
            there = [life for life in work if low <= usual.pace(life.took(basis.time)) < high]
            pace = gettext(name)
            cells = _lanes(lists, f"pace-{low}", gettext("Open, %(pace)s", pace=pace), there)
            rows.append((words(begun(pace)), *cells))
    return Sheet(
        "pace",
        gettext("How old that is, beside what was finished"),
        gettext(
            "Pace: of %(n)s requests raised in these days, how many of 100 were done at that age; "
            "what is still open counts as not done by now.",
            n=usual.n,
        ),
        basis.at_stage(gettext(COHORT)),
        gettext("requests, their age in %(unit)s", unit=basis.unit),
        (gettext("Pace"), *_lane_heads()),
        tuple(rows),
        of="open",
        empty=_unusual(why, usual.n),
        calendar=basis.clock,
    )


def _unusual(why: str | None, n: int) -> str:
    if why == "crowd":
        return begun(untold(why, n))
    return gettext(
        "Too few to say what is usual: %(n)s raised in these days, from %(least)s on.",
        n=n,
        least=LEAST,
    )


def _oldest(basis: Basis, work: list[Life], usual: Curve) -> Sheet:
    rows, why = [], why_untold(usual.n, basis.crowd)
    for life in sorted(work, key=lambda life: (-life.took(basis.time), life.id))[:OLDEST]:
        age, of = life.took(basis.time), "open"
        rows.append(
            (
                Cell(life.id if life.mine else None, "request"),
                Cell(age, "time", of),
                hidden(why, usual.n) if why else number(usual.pace(age)),
                words(gettext(dict(LANES)[lane_of(life)])),
            )
        )
    return Sheet(
        "oldest",
        gettext("The oldest, one by one"),
        gettext(
            "Pace 90: of 100 like it, 90 were done at this age. Requests between other people are "
            "counted but not named."
        ),
        basis.at_stage(gettext(COHORT)),
        gettext("%(unit)s; pace from 0 to 100", unit=basis.unit),
        (gettext("Request"), gettext("Open for"), gettext("Pace"), gettext("Where")),
        tuple(rows),
        of="open",
        empty=gettext("Nothing is open."),
        calendar=basis.clock,
    )
