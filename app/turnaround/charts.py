"""Geometry of the drawings: numbers in, rectangles and ticks out. Templates do the drawing.

Across, lengths are percents of the drawing's width, so that it fits a phone and a sheet of paper
while its letters keep their size. Down, they are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 60.0  # percent across of the longest lying bar; its number stands behind it
NAMED = 34.0  # the same where the name of the bar stands there too
NAME = 28  # pixels for the name above a group of lying bars, and the space over it
THICK = 14
BETWEEN = 6  # pixels between lying bars
PLOT = 160  # pixels of a standing bar at the top of the scale
TOP = 20
FOOT = 24
SIDE = 6.0  # percent across for the numbers of the scale


@dataclass(frozen=True)
class Bar:
    """One rectangle: `index` says whose value it draws, `series` (1, 2, 3) which of its values.

    `x` and `width` in percent across, `y` and `height` in pixels.
    """

    index: int
    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Tick:
    """A number of the scale, `y` pixels down."""

    y: float
    label: str


@dataclass(frozen=True)
class Chart:
    """A drawing `height` pixels high and as wide as there is room.

    `places` say where each group is: for lying bars the pixel down of its name's base line, for
    standing ones the percent across of its middle.
    """

    height: int
    bars: tuple[Bar, ...]
    places: tuple[float, ...]
    ticks: tuple[Tick, ...] = ()


def lying_bars(values: Sequence[Sequence[int]], *, longest: float = LONGEST) -> Chart:
    """Return groups of lying bars, a name above each: a group a row of `values`, a bar a number.

    Bars share one scale from nothing to the greatest value. A value above nothing is at least one
    percent long, so that it can be seen and pressed.
    """
    greatest = max((value for group in values for value in group), default=0)
    bars, places, y = [], [], 0
    for index, group in enumerate(values):
        places.append(y + NAME - 8.0)
        y += NAME
        for series, value in enumerate(group, start=1):
            length = max(_scaled(value, greatest, longest), 1.0 if value else 0.0)
            bars.append(Bar(index, series, 0.0, y, length, THICK))
            y += THICK + BETWEEN
    return Chart(y, tuple(bars), tuple(places))


def standing_pairs(pairs: Sequence[tuple[int, int]]) -> Chart:
    """Return pairs of standing bars side by side, on one scale that ends at a round number.

    A value above nothing is at least two pixels high.
    """
    scale = round_scale(max((value for pair in pairs for value in pair), default=0))
    slot = (100 - SIDE) / max(len(pairs), 1)
    thick = min(slot * 0.38, 3.5)
    bars, places = [], []
    for index, pair in enumerate(pairs):
        middle = SIDE + slot * (index + 0.5)
        places.append(round(middle, 2))
        for series, value in enumerate(pair, start=1):
            height = max(_scaled(value, scale[-1], PLOT), 2.0 if value else 0.0)
            x = round(middle + (series - 2) * thick, 2)
            bars.append(Bar(index, series, x, TOP + PLOT - height, round(thick * 0.92, 2), height))
    ticks = tuple(Tick(TOP + PLOT - _scaled(step, scale[-1], PLOT), str(step)) for step in scale)
    return Chart(TOP + PLOT + FOOT, tuple(bars), tuple(places), ticks)


def round_scale(greatest: int) -> list[int]:
    """Return three to six evenly spaced whole numbers from 0 to at least `greatest`."""
    step = 1
    while step * 5 < greatest:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    top = max(-(-greatest // step), 2)
    return [step * number for number in range(top + 1)]


def every(count: int, *, at_most: int) -> int:
    """Return the smallest n for which every n-th of `count` labels are no more than `at_most`."""
    return max(-(-count // at_most), 1)


def _scaled(value: int, greatest: int, room: float) -> float:
    return round(value * room / greatest, 1) if greatest else 0.0
