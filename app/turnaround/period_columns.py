"""Columns by week, month, quarter or year: parts one above the other, or two side by side."""

from collections.abc import Sequence
from typing import Final

from app.language import gettext
from app.turnaround.periods import STEPS, foot_names, grain_of, periods_of, within
from app.turnaround.plots import FOOT, PLOT, TOP, Label, Mark, Plot, columns, feet, upright
from app.turnaround.rules import Window
from app.turnaround.sheets import Cell

HEIGHT: Final = TOP + PLOT + FOOT
Rows = Sequence[tuple[Cell, ...]]
Bands = Sequence[tuple[str, str]]


def stacked(title: str, rows: Rows, bands: Bands, window: Window) -> Plot:
    """Return columns of stacked counts: a column a row, a band a cell after the first."""
    greatest = max((sum(cell.value for cell in row[1:]) for row in rows), default=0)
    scale, grid, numbers = upright(greatest)
    marks = []
    for (left, width), row, when in zip(columns(len(rows)), rows, _said(window), strict=True):
        so_far = 0
        for index, ((_, name), cell) in enumerate(zip(bands, row[1:], strict=True)):
            foot, so_far = scale(so_far), so_far + cell.value
            if cell.value:
                height = round(foot - scale(so_far), 2)
                place = (round(left + width * 0.1, 2), scale(so_far), round(width * 0.8, 2), height)
                told = _told(name, when, cell)
                marks.append(Mark("bar", f"band-{index + 1}", *place, told, cell.of))
    desc = gettext(
        "Columns, %(step)s, their parts one above the other; each leads to its requests.",
        step=_step(window),
    )
    labels = (*numbers, *_feet(window))
    return Plot(HEIGHT, title, desc, tuple(marks), grid, labels, _legend(bands))


def side_by_side(title: str, rows: Rows, bands: Bands, window: Window) -> Plot:
    """Return pairs of columns side by side: a pair a row, a column a cell after the first."""
    scale, grid, numbers = upright(max((cell.value for row in rows for cell in row[1:]), default=0))
    marks = []
    for (left, width), row, when in zip(columns(len(rows)), rows, _said(window), strict=True):
        for index, (cell, (_, name)) in enumerate(zip(row[1:], bands, strict=True)):
            x = round(left + width * (0.08 + 0.43 * index), 2)
            height = round(TOP + PLOT - scale(cell.value), 2)
            place = (x, scale(cell.value), round(width * 0.4, 2), height)
            marks.append(Mark("bar", f"band-{index + 1}", *place, _told(name, when, cell), cell.of))
    desc = gettext("Pairs of columns, %(step)s; each leads to its requests.", step=_step(window))
    labels = (*numbers, *_feet(window))
    return Plot(HEIGHT, title, desc, tuple(marks), grid, labels, _legend(bands))


def _said(window: Window) -> list[str]:
    grain = grain_of(window)
    return [within(grain, first, year=False) for first, _ in periods_of(window)]


def _step(window: Window) -> str:
    return gettext(STEPS[grain_of(window)])


def _told(name: str, when: str, cell: Cell) -> str:
    return gettext("%(name)s, %(when)s: %(n)s", name=name, when=when, n=cell.value)


def _feet(window: Window) -> tuple[Label, ...]:
    names = foot_names(window)
    return feet(names, [round(left + width / 2, 2) for left, width in columns(len(names))])


def _legend(bands: Bands) -> tuple[tuple[str, str], ...]:
    return tuple((f"band-{index + 1}", name) for index, (_, name) in enumerate(bands))
