"""The chapter "What to expect": an expectation with open work counted, and a forecast."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.language import gettext
from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.plots import (
    FOOT,
    LEFT,
    PLOT,
    RIGHT,
    TOP,
    Label,
    Mark,
    Plot,
    Scale,
    Stroke,
)
from app.turnaround.scatter import span_feet
from app.turnaround.sheets import (
    Cell,
    Lists,
    Sheet,
    first_read,
    number,
    percentiles,
    times_of,
    words,
)
from app.turnaround.statistics import why_untold
from app.turnaround.survival import PERCENTS, Curve, curve
from app.turnaround.when_done import when_done

STEPS: Final = 96


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return what to expect of one request, and of all that is open."""
    return [_expectation(basis, lists), when_done(basis, lists)]


def _expectation(basis: Basis, lists: Lists) -> Sheet:
    raised = [life for life in basis.lives if basis.window.holds(life.raised_at)]
    first = (gettext("What"), gettext("Raised"), gettext("Done"), gettext("Open"))
    head = (*first, *percentiles())
    rows = tuple(_expected(basis, lists, *part) for part in basis.parts(raised)) if raised else ()
    told = curve_of(basis, raised)
    drawn = not why_untold(told.n, basis.crowd) and told.finished > 0
    return Sheet(
        "expectation",
        gettext("What to expect"),
        gettext(
            "Within so long 50, 85 and 95 of 100 are done: an expectation from what happened, not "
            "a promise. Open requests count as “not done by now” (Kaplan and Meier), so that slow "
            "work is not forgotten; declined and withdrawn ones as watched until then. “More than” "
            "means that too few are done yet to say."
        ),
        gettext("Raised in these days"),
        basis.unit,
        head,
        rows,
        _steps(basis, told) if drawn else None,
        of="raised-all",
        calendar=basis.clock,
        stats=first_read(head, rows[-1], told.n) if rows else (),
    )


def curve_of(basis: Basis, lives: Sequence[Life]) -> Curve:
    """Return how long `lives` take until they are done, with the others counted."""
    return curve(
        (life.took(basis.time) for life in lives if life.done_at),
        (life.took(basis.time) for life in lives if not life.done_at),
    )


def _expected(
    basis: Basis, lists: Lists, key: str, name: str, lives: Sequence[Life]
) -> tuple[Cell, ...]:
    done = [life for life in lives if life.done_at]
    still = [life for life in lives if life.is_open]
    of = lists.put(f"raised-{key}", gettext("Raised in these days: %(name)s", name=name), lives)
    about = gettext("Raised in these days and done: %(name)s", name=name)
    finished = lists.count(f"finished-{key}", about, done)
    about = gettext("Raised in these days and open: %(name)s", name=name)
    waiting = lists.count(f"still-{key}", about, still)
    spans = times_of(curve_of(basis, lives), crowd=basis.crowd_of(key), of=of)
    return (words(name), number(len(lives), of), finished, waiting, *spans)


def _steps(basis: Basis, told: Curve) -> Plot:
    """Draw the share that is done by an age, as a rising stair."""
    across, up = Scale(told.longest * 1.02, LEFT, RIGHT), Scale(100, TOP + PLOT, TOP)
    grid = [Stroke("gridline" if p else "axis", 0, up(p), 100, up(p)) for p in (0, *PERCENTS)]
    marks = []
    for percent in PERCENTS:
        within = told.within(percent)
        if within is not None:
            place = (across(within), up(percent), 0, 6)
            said = gettext("%(percent)s %% done within", percent=percent)
            marks.append(Mark("dot", "dot", *place, said, "raised-all", within))
    desc = gettext(
        "A stair that rises from nothing done to all done, with dots at 50, 85 and 95 of 100."
    )
    return Plot(
        TOP + PLOT + FOOT,
        gettext("Share done, by age"),
        desc,
        tuple(marks),
        (*grid, *_stair(told, across, up)),
        (
            *(Label(f"{p} %", 0, up(p) - 4) for p in PERCENTS),
            *span_feet(told.longest, basis.time, across),
        ),
    )


def _stair(told: Curve, across: Scale, up: Scale) -> Iterator[Stroke]:
    x, y = across(0), up(0)
    for at, alive in _thinned(told):
        higher = up(100 * (1 - alive))
        yield Stroke("curve", x, y, across(at), y)
        yield Stroke("curve", across(at), y, across(at), higher)
        x, y = across(at), higher
    yield Stroke("curve", x, y, across(told.longest), y)


def _thinned(told: Curve) -> list[tuple[int, float]]:
    """Return at most about `STEPS` steps of the curve; each that is kept is a true one."""
    kept, last = [], 1.0
    for at, alive in told.steps():
        if last - alive >= 1 / STEPS or at == told.ends[-1]:
            kept.append((at, alive))
            last = alive
    return kept
