"""Columns by week: parts one above the other, or two side by side."""

from collections.abc import Sequence
from datetime import date

from app.language import gettext
from app.language.writing import day_of_month, short_day
from app.turnaround.plots import (
    FOOT,
    PLOT,
    TOP,
    Label,
    Mark,
    Plot,
    columns,
    day_names,
    feet,
    upright,
)
from app.turnaround.sheets import Cell


def stacked(
    title: str,
    rows: Sequence[tuple[Cell, ...]],
    bands: Sequence[tuple[str, str]],
    weeks: Sequence[tuple[date, date]],
) -> Plot:
    """Return columns of stacked counts, a column a week, a band a cell after the first."""
    greatest = max((sum(cell.value for cell in row[1:]) for row in rows), default=0)
    scale, grid, numbers = upright(greatest)
    slots, marks = columns(len(rows)), []
    for (left, width), row, (first, _) in zip(slots, rows, weeks, strict=True):
        so_far = 0
        for index, ((_, name), cell) in enumerate(zip(bands, row[1:], strict=True)):
            foot, so_far = scale(so_far), so_far + cell.value
            told = _told(name, day_of_month(first), cell)
            if cell.value:
                height = round(foot - scale(so_far), 2)
                place = (round(left + width * 0.1, 2), scale(so_far), round(width * 0.8, 2), height)
                marks.append(Mark("bar", f"band-{index + 1}", *place, told, cell.of))
    names = day_names([first for first, _ in weeks])
    below = feet(names, [round(left + width / 2, 2) for left, width in slots])
    legend = tuple((f"band-{index + 1}", name) for index, (_, name) in enumerate(bands))
    height = int(below[0].y + 8) if below else 0
    desc = gettext(
        "A column for each week, its parts one above the other; each leads to its requests."
    )
    labels: tuple[Label, ...] = (*numbers, *below)
    return Plot(height, title, desc, tuple(marks), grid, labels, legend)


def side_by_side(
    title: str,
    rows: Sequence[tuple[Cell, ...]],
    bands: Sequence[tuple[str, str]],
    weeks: Sequence[tuple[date, date]],
) -> Plot:
    """Return pairs of columns side by side, a pair a week, a column a cell after the first."""
    scale, grid, numbers = upright(max((cell.value for row in rows for cell in row[1:]), default=0))
    names = [short_day(first) for first, _ in weeks]
    slots, marks = columns(len(rows)), []
    for (left, width), row, week in zip(slots, rows, names, strict=True):
        for index, (cell, (_, name)) in enumerate(zip(row[1:], bands, strict=True)):
            x = round(left + width * (0.08 + 0.43 * index), 2)
            height, told = TOP + PLOT - scale(cell.value), _told(name, week, cell)
            marks.append(
                Mark(
                    "bar",
                    f"band-{index + 1}",
                    x,
                    scale(cell.value),
                    round(width * 0.4, 2),
                    round(height, 2),
                    told,
                    cell.of,
                )
            )
    days = day_names([first for first, _ in weeks])
    below = feet(days, [round(left + width / 2, 2) for left, width in slots])
    legend = tuple((f"band-{index + 1}", name) for index, (_, name) in enumerate(bands))
    desc = gettext("A pair of columns for each week; each leads to its requests.")
    return Plot(TOP + PLOT + FOOT, title, desc, tuple(marks), grid, (*numbers, *below), legend)


def _told(name: str, day: str, cell: Cell) -> str:
    return gettext("%(name)s, week from %(day)s: %(n)s", name=name, day=day, n=cell.value)
