"""The chapter "How long": first answer, next answer, done, and where the time goes by stage."""

from collections.abc import Sequence

from app.turnaround.basis import Basis
from app.turnaround.lives import Life, Split, Visit
from app.turnaround.plots import Label, Mark, Plot
from app.turnaround.sheets import (
    PERCENTILES,
    Cell,
    Lists,
    Sheet,
    first_read,
    number,
    percent,
    times,
    words,
)

WHAT = (
    ("waiting", "Waiting to begin"),
    ("in_hand", "In hand"),
    ("with_requester", "With the requester"),
    ("elsewhere", "With a third team"),
)
COUNTED = "What is still open counts as “not by now” (Kaplan and Meier)."


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return how long it takes until the first answer, the next one, and done."""
    raised = [life for life in basis.lives if basis.window.holds(life.raised_at)]
    return [
        _first(basis, lists, raised),
        _next(basis, lists),
        _done(basis, lists, raised),
        _stages(basis, lists),
    ]


def _first(basis: Basis, lists: Lists, raised: Sequence[Life]) -> Sheet:
    rows = []
    for key, name, lives in basis.parts(raised):
        answered = [life for life in lives if life.first_response_at]
        without = [life for life in lives if not life.first_response_at]
        of = lists.put(f"raised-{key}", f"Raised in these days: {name}", lives)
        spans = times(
            (life.answered_in(basis.time) for life in answered),
            (life.answered_in(basis.time) for life in without),
            crowd=basis.crowd_of(key),
            of=of,
        )
        waiting = [life for life in without if life.is_open]
        still = lists.count(f"unanswered-{key}", f"Open without an answer: {name}", waiting)
        rows.append((words(name), number(len(lives), of), still, *spans))
    return Sheet(
        "first-response",
        "First response",
        "From raised to the first message of a person of the providing side that the requester "
        f"can read. A claim or a note is no answer. {COUNTED} Over without one: until then.",
        "Raised in these days",
        basis.unit,
        ("What", "Raised", "Not answered yet", *PERCENTILES),
        tuple(rows) if raised else (),
        stats=first_read(("What", "Raised", "Not answered yet", *PERCENTILES), rows[-1]),
        of="raised-all",
        calendar=basis.clock,
    )


def _next(basis: Basis, lists: Lists) -> Sheet:
    asked = [reply for reply in basis.replies if basis.window.holds(reply.from_at)]
    of = lists.put("replies", "Asked again in these days", asked)
    spans = times(
        (reply.took(basis.time) for reply in asked if reply.answered),
        (reply.took(basis.time) for reply in asked if not reply.answered),
        crowd=basis.crowd,
        of=of,
    )
    still = [reply for reply in asked if reply.to_at is None]
    waiting = lists.count("replies-open", "Asked again, not answered yet", still)
    return Sheet(
        "next-response",
        "Next response",
        "From the first message of the asking side that nobody had answered, to the next answer "
        f"they can read (or the “done”). {COUNTED}",
        "Asked in these days, after a first answer",
        basis.unit,
        ("What", "Asked", "Not answered yet", *PERCENTILES),
        ((words("Together"), number(len(asked), of), waiting, *spans),) if asked else (),
        of=of,
        calendar=basis.clock,
    )


def _done(basis: Basis, lists: Lists, raised: Sequence[Life]) -> Sheet:
    rows = []
    for key, name, lives in basis.parts(raised):
        of = lists.put(f"raised-{key}", f"Raised in these days: {name}", lives)
        done = [life for life in lives if life.done_at]
        spans = times(
            (life.took(basis.time) for life in done),
            (life.took(basis.time) for life in lives if not life.done_at),
            crowd=basis.crowd_of(key),
            of=of,
        )
        back = [life for life in done if life.came_back]
        came = lists.put(f"came-back-{key}", f"Done, and had come back: {name}", back)
        finished = lists.count(f"finished-{key}", f"Raised in these days and done: {name}", done)
        again = percent(len(back), len(done), came)
        rows.append((words(name), number(len(lives), of), finished, *spans, again))
    return Sheet(
        "done",
        "Until it is done",
        "From raised to the “done” that holds; a “not yet” lets the same clock run on. Pauses are "
        f"left out of working time, never of elapsed time. {COUNTED} Declined and withdrawn ones "
        "count as watched until then.",
        "Raised in these days",
        basis.unit,
        ("What", "Raised", "Done", *PERCENTILES, "Came back"),
        tuple(rows) if raised else (),
        stats=first_read(("What", "Raised", "Done", *PERCENTILES, "Came back"), rows[-1]),
        of="raised-all",
        calendar=basis.clock,
    )


def _stages(basis: Basis, lists: Lists) -> Sheet:
    left = [visit for visit in basis.visits if basis.window.holds(visit.left_at)]
    left = [visit for visit in left if basis.stage in (None, visit.stage)]
    stages = sorted({visit.stage for visit in left}, key=_order)
    rows, shares = [], []
    for stage in stages:
        visits = [visit for visit in left if visit.stage == stage]
        of = lists.put(f"stage-{stage}", f"Visits to {stage} that ended in these days", visits)
        sums = Split(
            *(sum(parts) for parts in zip(*(v.split(basis.time) for v in visits), strict=True))
        )
        shares.append((stage, sums, of))
        rows += [_part(basis, lists, stage, visits, index) for index in range(len(WHAT))]
    return Sheet(
        "stage-times",
        "Where the time goes",
        "Each visit to a stage, every round for itself. Waiting until “I am on it”, in hand until "
        "it left; questions to the requester and waits for a third team (or for parts) stand for "
        "themselves. Percentiles are of the visits that had any of it.",
        "Visits that ended in these days",
        basis.unit,
        ("Stage and what happened", "Visits", "Of the time", *PERCENTILES),
        tuple(rows),
        _shares(shares),
        calendar=basis.clock,
        of=lists.put("visits", "Visits to a stage that ended in these days", left),
    )


def _part(
    basis: Basis, lists: Lists, stage: str, visits: Sequence[Visit], index: int
) -> tuple[Cell, ...]:
    key, name = WHAT[index]
    said = f"{stage.capitalize()}: {name.lower()}"
    had = [visit for visit in visits if visit.split(basis.time)[index]]
    count = lists.count(f"stage-{stage}-{key}", f"{said}, in visits that ended in these days", had)
    spans = [visit.split(basis.time)[index] for visit in had]
    whole = sum(sum(visit.split(basis.time)) for visit in visits)
    share = Cell(round(100 * sum(spans) / whole), "percent", count.of) if whole else Cell(0, "none")
    return (words(said), count, share, *times(spans, (), crowd=basis.crowd, of=count.of))


def _shares(shares: Sequence[tuple[str, Split, str]]) -> Plot | None:
    marks, labels, y = [], [], 0
    for stage, sums, of in shares:
        labels.append(Label(stage.capitalize(), 0, y + 20, look="label"))
        x, whole = 0.0, sum(sums)
        for index, (_, name) in enumerate(WHAT):
            width = round(100 * sums[index] / whole, 2) if whole else 0.0
            told = f"{stage.capitalize()}, {name.lower()}: {round(width)} %"
            if width:
                marks.append(Mark("bar", f"band-{index + 1}", x, y + 28, width, 22, told, of))
            x = round(x + width, 2)
        y += 62
    legend = tuple((f"band-{index + 1}", name) for index, (_, name) in enumerate(WHAT))
    desc = "One bar for each stage, parted into waiting, in hand, with the requester, elsewhere."
    if not marks:
        return None
    return Plot(y, "Where the time goes", desc, tuple(marks), (), tuple(labels), legend)


def _order(stage: str) -> tuple[int, str]:
    known = ("work", "author", "editor", "proofreader")
    return (known.index(stage) if stage in known else len(known), stage)
