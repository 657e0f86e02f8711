"""Where the time goes: each visit to a stage, parted by what happened in it."""

from collections.abc import Sequence

from app.catalogue.rules import STAGE_WORDS, stage_word
from app.language import gettext, gettext_noop
from app.language.writing import begun
from app.turnaround.basis import Basis
from app.turnaround.lives import Split, Visit
from app.turnaround.plots import Label, Mark, Plot
from app.turnaround.sheets import LEAST, Cell, Lists, Sheet, hidden, percentiles, times, words

WHAT = (
    ("waiting", gettext_noop("waiting to begin")),
    ("in_hand", gettext_noop("in hand")),
    ("with_requester", gettext_noop("with the requester")),
    ("elsewhere", gettext_noop("with a third team")),
)


def stage_times(basis: Basis, lists: Lists) -> Sheet:
    """Return the figure of visits that ended in the window."""
    left = [visit for visit in basis.visits if basis.window.holds(visit.left_at)]
    left = [visit for visit in left if basis.stage in (None, visit.stage)]
    stages = sorted({visit.stage for visit in left}, key=in_order)
    rows, shares = [], []
    for stage in stages:
        visits = [visit for visit in left if visit.stage == stage]
        of = lists.put(f"stage-{stage}", _about(stage), visits)
        sums = Split(
            *(sum(parts) for parts in zip(*(v.split(basis.time) for v in visits), strict=True))
        )
        shares += [(stage, sums, of)] if len(visits) >= LEAST else []
        rows += [_part(basis, lists, stage, visits, index) for index in range(len(WHAT))]
    return Sheet(
        "stage-times",
        gettext("Where the time goes"),
        gettext(
            "Each visit to a stage, every round for itself. Waiting until “I am on it”, in hand "
            "until it left; questions to the requester and waits for a third team (or for parts) "
            "stand for themselves. Percentiles are of the visits that had any of it."
        ),
        basis.at_stage(gettext("Visits that ended in these days")),
        basis.unit,
        _head(),
        tuple(rows),
        _shares(shares),
        calendar=basis.clock,
        of=lists.put("visits", gettext("Visits to a stage that ended in these days"), left),
    )


def _head() -> tuple[str, ...]:
    first = (gettext("Stage and what happened"), gettext("Visits"), gettext("Of the time"))
    return (*first, *percentiles())


def _about(stage: str) -> str:
    return gettext("Visits to %(stage)s that ended in these days", stage=stage_word(stage))


def _part(
    basis: Basis, lists: Lists, stage: str, visits: Sequence[Visit], index: int
) -> tuple[Cell, ...]:
    key, name = WHAT[index]
    said = f"{_title(stage)}: {gettext(name)}"
    had = [visit for visit in visits if visit.split(basis.time)[index]]
    about = gettext("%(what)s, in visits that ended in these days", what=said)
    count = lists.count(f"stage-{stage}-{key}", about, had)
    spans = [visit.split(basis.time)[index] for visit in had]
    whole = sum(sum(visit.split(basis.time)) for visit in visits)
    share = Cell(round(100 * sum(spans) / whole), "percent", count.of) if whole else Cell(0, "none")
    if len(visits) < LEAST:
        share = hidden("few", len(visits), count.of)
    return (words(said), count, share, *times(spans, (), crowd=basis.crowd, of=count.of))


def _shares(shares: Sequence[tuple[str, Split, str]]) -> Plot | None:
    marks, labels, y = [], [], 0
    for stage, sums, of in shares:
        labels.append(Label(_title(stage), 0, y + 20, look="label"))
        x, whole = 0.0, sum(sums)
        for index, (_, name) in enumerate(WHAT):
            width = round(100 * sums[index] / whole, 2) if whole else 0.0
            told = f"{_title(stage)}, {gettext(name)}: {round(width)} %"
            if width:
                marks.append(Mark("bar", f"band-{index + 1}", x, y + 28, width, 22, told, of))
            x = round(x + width, 2)
        y += 62
    names = [begun(gettext(name)) for _, name in WHAT]
    legend = tuple((f"band-{number}", name) for number, name in enumerate(names, start=1))
    desc = gettext(
        "One bar for each stage, parted into waiting, in hand, with the requester, elsewhere."
    )
    if not marks:
        return None
    title = gettext("Where the time goes")
    return Plot(y, title, desc, tuple(marks), (), tuple(labels), legend)


def _title(stage: str) -> str:
    return begun(stage_word(stage))


def in_order(stage: str) -> tuple[int, str]:
    """Return what to sort a stage by: its place on the way of a piece."""
    known = [one.value for one in STAGE_WORDS]
    return (known.index(stage) if stage in known else len(known), stage)
