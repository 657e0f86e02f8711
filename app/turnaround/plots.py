"""Drawings of marks and lines, each placed once: numbers in, percents and pixels out.

Like `charts`: across in percents of the width, so that a drawing fits a phone, a sheet of paper and
a page at 400 %; down in pixels. `look` is a class of the style sheet; what differs in colour
differs in pattern, place or words too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from app.language import gettext
from app.language.writing import short_day, short_month
from app.turnaround.charts import every, round_scale

TOP: Final = 22
PLOT: Final = 200
FOOT: Final = 26
LEFT: Final = 8.0
RIGHT: Final = 97.0
EDGE: Final = 94.0  # from here on a name stands no more in the middle under its place
LETTER: Final = 2.5  # percent across, on the narrowest phone
APART: Final = 2  # letters between two names
SPAN: Final = "{span}"  # where the span of a mark is said in its label


class Mark(NamedTuple):
    """A bar (with `width` and `height`) or a dot (radius `height`), leading to the list `of`.

    `span` are seconds to be said in the `label`, where `SPAN` stands.
    """

    shape: str
    look: str
    x: float
    y: float
    width: float
    height: float
    label: str
    of: str | None
    span: int | None = None


class Stroke(NamedTuple):
    """A line from (x1, y1) to (x2, y2)."""

    look: str
    x1: float
    y1: float
    x2: float
    y2: float


class Label(NamedTuple):
    """Words at a place; `anchor` is "start", "middle" or "end"."""

    text: str
    x: float
    y: float
    anchor: str = "start"
    look: str = ""


@dataclass(frozen=True)
class Plot:
    """A drawing `height` pixels high; `legend` are (look, words)."""

    height: int
    title: str
    desc: str
    marks: tuple[Mark, ...]
    strokes: tuple[Stroke, ...] = ()
    labels: tuple[Label, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Scale:
    """From values to a place between `low` and `high`."""

    greatest: float
    low: float
    high: float

    def __call__(self, value: float) -> float:
        """Return the place of `value`, rounded to hundredths, never beyond the end."""
        part = min(max(value / self.greatest, 0.0), 1.0) if self.greatest else 0.0
        return round(self.low + part * (self.high - self.low), 2)


def upright(greatest: float) -> tuple[Scale, tuple[Stroke, ...], tuple[Label, ...]]:
    """Return a scale from the foot of the plot up, with its grid and numbers; whole counts."""
    steps = round_scale(max(int(-(-greatest // 1)), 1))
    scale = Scale(steps[-1], TOP + PLOT, TOP)
    grid = tuple(
        Stroke("gridline" if step else "axis", 0, scale(step), 100, scale(step)) for step in steps
    )
    return scale, grid, tuple(Label(str(step), 0, scale(step) - 4) for step in steps)


def columns(count: int) -> list[tuple[float, float]]:
    """Return (left, width) of `count` columns side by side."""
    slot = (RIGHT - LEFT) / max(count, 1)
    return [(round(LEFT + slot * index, 2), round(slot, 2)) for index in range(count)]


def day_names(days: Sequence[date]) -> list[str]:
    """Return ascending days as they stand below a plot: with the year where they span many."""
    if days and (days[-1] - days[0]).days > 366:
        return [_short_month_of_year(day) for day in days]
    return [short_day(day) for day in days]


def _short_month_of_year(day: date) -> str:
    return gettext("%(month)s %(year)s", month=short_month(day), year=day.year)


def every_nth(names: Sequence[str]) -> int:
    """Return the n for which every n-th name is shown, so that they stay apart on a phone."""
    room = (max(map(len, names), default=0) + APART) * LETTER
    return every(len(names), at_most=int((RIGHT - LEFT) / room))


def feet(
    names: Sequence[str], places: Sequence[float], *, y: float = TOP + PLOT + FOOT - 8
) -> tuple[Label, ...]:
    """Return the names below the plot, as many as there is room for."""
    shown: list[Label] = []
    for index in range(0, len(names), every_nth(names)):
        label = foot(names[index], places[index], y)
        if not shown or _begins(label) - _ends(shown[-1]) >= LETTER:
            shown.append(label)
    return tuple(shown)


def _begins(label: Label) -> float:
    return label.x - LETTER * len(label.text) * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]


def _ends(label: Label) -> float:
    return _begins(label) + LETTER * len(label.text)


def foot(name: str, x: float, y: float) -> Label:
    """Return a name below the plot: in the middle under its place, but not over the edge."""
    if not 100 - EDGE <= x <= EDGE:
        return Label(name, x, y, "end" if x > EDGE else "start")
    half = LETTER * len(name) / 2
    return Label(name, min(max(x, half), 100 - half), y, "middle")
