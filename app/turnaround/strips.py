"""Open work in lanes by where it is, the older the further right, beside what is usual."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.language import gettext, gettext_noop
from app.requests.rules import State
from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.plots import RIGHT, SPAN, Label, Mark, Plot, Scale, Stroke
from app.turnaround.scatter import span_feet
from app.turnaround.statistics import why_untold
from app.turnaround.survival import PERCENTS, Curve

LANES: Final = (
    ("new", gettext_noop("Not begun")),
    ("hand", gettext_noop("In hand")),
    ("wait", gettext_noop("Waiting for an answer")),
)
LANE: Final = 64
TOP: Final = 24
AXIS: Final = TOP + LANE * len(LANES)
MOST_DOTS: Final = 500


def lane_of(life: Life) -> str:
    """Say where an open request stands: not begun, in hand, or waiting for an answer."""
    if life.is_waiting:
        return "wait"
    return "hand" if life.state == State.IN_WORK else "new"


def strips(basis: Basis, work: Sequence[Life], usual: Curve) -> Plot | None:
    """Return the drawing of the oldest of `work`, with the percentiles of what is `usual`."""
    if not work:
        return None
    oldest = sorted(work, key=lambda life: -life.took(basis.time))[:MOST_DOTS]
    known = not why_untold(usual.n, basis.crowd)
    lines = [(p, at) for p in PERCENTS if known and (at := usual.within(p)) is not None]
    greatest = max(oldest[0].took(basis.time), *(at for _, at in lines), 1)
    across = Scale(greatest * 1.04, 1, RIGHT)
    names = [
        Label(gettext(name), 0, TOP + LANE * i + 12, look="label")
        for i, (_, name) in enumerate(LANES)
    ]
    return Plot(
        AXIS + 24,
        gettext("Open work by age"),
        gettext(
            "A dot for each open request, the oldest furthest right; lines where 50, 85 and 95 of "
            "100 were done."
        ),
        tuple(_dots(basis, oldest, usual if lines else None, across)),
        (
            Stroke("axis", 0, AXIS, 100, AXIS),
            *(Stroke(f"line-p{p}", across(at), 18, across(at), AXIS) for p, at in lines),
        ),
        (
            *names,
            *(Label(f"{p} %", across(at), 12, "middle") for p, at in lines),
            *span_feet(greatest, basis.time, across, y=AXIS + 18),
        ),
    )


def _dots(basis: Basis, work: Sequence[Life], usual: Curve | None, across: Scale) -> Iterator[Mark]:
    """Yield the dots lane by lane; a little apart, so that those of one age do not hide others."""
    for index, (lane, name) in enumerate(LANES):
        for life in (life for life in work if lane_of(life) == lane):
            age, apart = life.took(basis.time), (life.id * 7) % 22
            said = _said(gettext(name), usual.pace(age) if usual else None)
            of = f"request-{life.id}" if life.mine else f"open-{lane}"
            place = (across(age), TOP + LANE * index + 30 + apart)
            yield Mark("dot", f"dot-{lane}", *place, 0, 5, said, of, age)


def _said(lane: str, pace: int | None) -> str:
    if pace is None:
        return gettext("%(lane)s, open for %(span)s", lane=lane, span=SPAN)
    return gettext("%(lane)s, pace %(pace)s, open for %(span)s", lane=lane, pace=pace, span=SPAN)
