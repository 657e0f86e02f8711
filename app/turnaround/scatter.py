"""The scatterplot of finished requests: a dot each, or bands and the slowest of many."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from app.language import gettext, ngettext
from app.language.writing import day_of_month
from app.turnaround.basis import Basis
from app.turnaround.charts import round_scale
from app.turnaround.lives import Life, Time
from app.turnaround.periods import by_period, grain_of, periods_of, within
from app.turnaround.plots import (
    FOOT,
    LEFT,
    PLOT,
    SPAN,
    TOP,
    Label,
    Mark,
    Plot,
    Scale,
    Stroke,
    day_names,
    every_nth,
    feet,
    foot,
)
from app.turnaround.statistics import nearest_rank, why_untold
from app.turnaround.survival import PERCENTS

MOST_DOTS: Final = 2000
SLOWEST: Final = 50
HOUR: Final = 3600
LAST: Final = 86.0  # percent across of the last day; the names of the lines stand behind it
LINE: Final = 14  # pixels from one of these names to the next


def scatter(basis: Basis, done: Sequence[Life]) -> Plot:
    """Return the drawing of `done`, which were all done in the window."""
    spans = sorted(life.took(basis.time) for life in done)
    scale, grid, numbers = spans_upright(spans[-1], basis.time)
    many = len(done) > MOST_DOTS
    slowest = sorted(done, key=lambda life: (-life.took(basis.time), life.id))
    marks = list(_bands(basis, done, scale)) if many else []
    marks += [_dot(basis, life, scale) for life in (slowest[:SLOWEST] if many else slowest)]
    strokes, labels = list(grid), list(numbers)
    if not why_untold(len(done), basis.crowd):
        heights = [scale(nearest_rank(spans, percent)) for percent in PERCENTS]
        for percent, y, named in zip(PERCENTS, heights, _apart(heights), strict=True):
            strokes.append(Stroke(f"line-p{percent}", LEFT, y, LAST + 1, y))
            labels.append(Label(f"{percent} %", LAST + 2, named + 4, look="label"))
    window = basis.window
    days = [window.first + timedelta(days=n) for n in range((window.last - window.first).days + 1)]
    below = feet(day_names(days), [_across(basis, day) for day in days])
    desc = gettext("A dot for each request on the day it was done, the longer it took the higher.")
    return Plot(
        TOP + PLOT + FOOT,
        gettext("Each finished request"),
        desc,
        tuple(marks),
        tuple(strokes),
        (*labels, *below),
    )


def _apart(heights: Sequence[float]) -> list[float]:
    """Return how high the names of lines at these `heights` stand: none on another one."""
    named = [heights[0]]
    for height in heights[1:]:
        named.append(min(height, named[-1] - LINE))
    too_high = max(TOP - named[-1], 0)
    return [y + too_high for y in named]


def spans_upright(greatest: int, time: Time) -> tuple[Scale, tuple[Stroke, ...], tuple[Label, ...]]:
    """Return a scale for spans up to `greatest` seconds, with its grid in hours or days.

    A working day is eight hours.
    """
    unit = step_of(greatest, time)
    steps = round_scale(max(-(-greatest // unit), 1))
    scale = Scale(steps[-1] * unit, TOP + PLOT, TOP)
    places = [(step, scale(step * unit)) for step in steps]
    grid = tuple(Stroke("gridline" if step else "axis", 0, y, 100, y) for step, y in places)
    return scale, grid, tuple(Label(_steps(step, unit), 0, y - 4) for step, y in places)


def step_of(greatest: int, time: Time) -> int:
    """Return the unit of an axis up to `greatest` seconds: the seconds of an hour or of a day."""
    day = 8 * HOUR if time is Time.WORKING else 24 * HOUR
    return HOUR if greatest < 2 * day else day


def _steps(count: int, unit: int) -> str:
    if unit == HOUR:
        return gettext("%(hours)s h", hours=count)
    return ngettext("%(num)s d", "%(num)s d", count)


def span_feet(
    greatest: int, time: Time, across: Scale, *, y: float = TOP + PLOT + 18
) -> list[Label]:
    """Return names of round spans below a plot whose spans run across."""
    unit = step_of(greatest, time)
    steps = [step for step in round_scale(max(greatest // unit, 1)) if step * unit <= greatest]
    names = [_steps(step, unit) for step in steps]
    apart = every_nth(names)
    places = [across(step * unit) for step in steps]
    return [foot(name, x, y) for name, x in zip(names[::apart], places[::apart], strict=True)]


def _across(basis: Basis, day: object) -> float:
    window = basis.window
    whole = max((window.last - window.first).days, 1)
    return Scale(whole, LEFT, LAST)((day - window.first).days)  # type: ignore[operator]


def _dot(basis: Basis, life: Life, scale: Scale) -> Mark:
    day = basis.window.wall.day_of(life.done_at or basis.now)
    of = f"request-{life.id}" if life.mine else "done-all"
    took = life.took(basis.time)
    said = gettext("Done on %(day)s, after %(span)s", day=day_of_month(day), span=SPAN)
    return Mark("dot", "dot", _across(basis, day), scale(took), 0, 4, said, of, took)


def _bands(basis: Basis, done: Sequence[Life], scale: Scale) -> Iterator[Mark]:
    """Yield a band for each part of the window: from half to 95 of 100."""
    wall, grain = basis.window.wall, grain_of(basis.so_far)
    parts = by_period(basis.so_far, done, lambda life: wall.day_of(life.done_at or basis.now))
    for (first, last), there in zip(periods_of(basis.so_far), parts, strict=True):
        spans = sorted(life.took(basis.time) for life in there)
        if why_untold(len(spans), basis.crowd):
            continue
        low, high = nearest_rank(spans, 50), nearest_rank(spans, 95)
        left, right = _across(basis, first), _across(basis, last + timedelta(days=1))
        said = gettext(
            "%(n)s done %(when)s, 95 %% within %(span)s",
            n=len(spans),
            when=within(grain, first, year=False),
            span=SPAN,
        )
        height = max(round(scale(low) - scale(high), 2), 2.0)
        width = round((right - left) * 0.86, 2)
        place = (left, scale(high), width, height)
        yield Mark("bar", "band", *place, said, f"completions-{first}", high)
