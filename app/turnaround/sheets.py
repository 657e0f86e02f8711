"""One figure as a sheet: page, table, CSV and JSON are all made of it, so they cannot differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, Protocol

from app.language import gettext, gettext_noop
from app.turnaround.plots import Plot
from app.turnaround.rules import MIN_N
from app.turnaround.statistics import share, untold, why_untold
from app.turnaround.survival import PERCENTS, Curve, curve

LEAST: Final = MIN_N
"""From how many pieces on a percentile or a share is shown; below it is an anecdote."""
Stat = tuple[str, "Cell", int | None]


class Row(Protocol):
    """What can stand in a list: a request, or something that belongs to one."""

    @property
    def mine(self) -> bool: ...


@dataclass(frozen=True)
class Cell:
    """One value of a table. `of` names the list behind it.

    `kind` says how to read it: "words", "count", "percent", "time" (seconds), "more" (more than so
    many seconds), "few" (too few, `value` is how many), "crowd" (too few people), "day", "days"
    (first and last), "request" (a number, None when it may not be opened), "never" or "none".
    `tint` from 1 to 4 says how much of the greatest value of the table it is.
    """

    value: Any
    kind: str = "words"
    of: str | None = None
    tint: int = 0


@dataclass(frozen=True)
class Listed:
    """The requests behind a mark: what they are, and their rows; told apart when asked for."""

    about: str
    rows: Sequence[Any]

    @cached_property
    def ids(self) -> tuple[int, ...]:
        """The requests, as often as they were counted."""
        return tuple(_request_of(row) for row in self.rows)

    @cached_property
    def mine(self) -> frozenset[int]:
        """Those that I may open."""
        return frozenset(_request_of(row) for row in self.rows if row.mine)


def _request_of(row: Any) -> int:
    return row.id if hasattr(row, "id") else row.request_id


@dataclass(frozen=True)
class Sheet:
    """A figure: what it counts (`cohort`), in what `unit`, by which `calendar`, and what it means.

    The first cell of each row names it. `flag` is a sentence that must not be overlooked; `stats`
    are the few numbers to read first: (label, cell, n behind it or None).
    """

    key: str
    title: str
    about: str
    cohort: str
    unit: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    plot: Plot | None = None
    of: str | None = None
    flag: str | None = None
    empty: str = field(default_factory=lambda: gettext("Nothing to count in these days."))
    calendar: str = ""
    stats: tuple[Stat, ...] = ()


@dataclass
class Lists:
    """The lists behind the marks of a page, by key; made while counting."""

    known: dict[str, Listed] = field(default_factory=dict)

    def put(self, key: str, about: str, rows: Iterable[Any]) -> str:
        """Keep the requests of `rows` under `key`, and return it."""
        self.known[key] = Listed(about, list(rows))
        return key

    def count(self, key: str, about: str, rows: Sequence[Any]) -> Cell:
        """Return how many `rows` there are, with the list behind it."""
        return Cell(len(rows), "count", self.put(key, about, rows))


def words(text: str, of: str | None = None) -> Cell:
    """Return a cell of words."""
    return Cell(text, "words", of)


def days(first: date, last: date) -> Cell:
    """Return a cell of a span of days."""
    return Cell((first, last), "days")


def number(n: int, of: str | None = None) -> Cell:
    """Return a count."""
    return Cell(n, "count", of)


def percent(part: int, whole: int, of: str | None = None) -> Cell:
    """Return a share in whole percent; under `LEAST` only that there are too few to say."""
    return Cell(share(part, whole), "percent", of) if whole >= LEAST else Cell(whole, "few", of)


def times(
    finished: Iterable[int], still_open: Iterable[int], *, crowd: int, of: str | None = None
) -> tuple[Cell, ...]:
    """Return median, 85th and 95th percentile with the open ones counted (see `survival`)."""
    return times_of(curve(finished, still_open), crowd=crowd, of=of)


def times_of(told: Curve, *, crowd: int, of: str | None = None) -> tuple[Cell, ...]:
    """Return the three percentiles of a curve, or why there are none."""
    why = why_untold(told.n, crowd)
    if why:
        return (hidden(why, told.n, of),) * len(PERCENTS)
    found = [(told.within(p), p) for p in PERCENTS]
    return tuple(
        Cell(told.longest, "more", of) if at is None else Cell(at, "time", of) for at, _ in found
    )


def hidden(why: str, n: int, of: str | None = None) -> Cell:
    """Return the cell that stands where nothing is told of `n`, with the reason (`why_untold`)."""
    return Cell(None if why == "crowd" else n, why, of)


def first_read(head: Sequence[str], row: Sequence[Cell], n: int) -> tuple[Stat, ...]:
    """Return the percentiles of a row of `n`, to be read first; nothing when none is known."""
    told = [(name, cell, n) for name, cell in zip(head, row, strict=True) if name in percentiles()]
    return tuple(told) if any(cell.kind == "time" for _, cell, _ in told) else ()


def percentiles() -> tuple[str, ...]:
    """Return the heads of the columns of `times`."""
    return gettext("Half within"), gettext("85 % within"), gettext("95 % within")


def plain(cell: Cell) -> int | str | None:
    """Return a cell for a spreadsheet; spans in seconds, what is not told as words."""
    if cell.kind == "days":
        return gettext("%(first)s to %(last)s", first=cell.value[0], last=cell.value[1])
    if cell.kind == "day":
        return str(cell.value)
    if cell.kind == "more":
        return gettext("more than %(time)s", time=cell.value)
    if cell.kind in ("few", "crowd"):
        return untold(cell.kind, cell.value)
    if cell.kind == "never":
        return gettext("not within ten years")
    return "" if cell.kind == "none" else cell.value


SECONDS: Final = gettext_noop("%(name)s (seconds)")
HEADS: Final = {"time": SECONDS, "more": SECONDS, "percent": gettext_noop("%(name)s (percent)")}


def heads(sheet: Sheet) -> list[str]:
    """Return the heads of the columns for a spreadsheet, with the unit where it needs saying."""
    found = []
    for index, name in enumerate(sheet.head):
        kinds = (row[index].kind for row in sheet.rows)
        said = next((HEADS[kind] for kind in kinds if kind in HEADS), None)
        found.append(gettext(said, name=name) if said else name)
    return found


def document(sheet: Sheet) -> dict[str, Any]:
    """Return a figure for other programs: what it counts, and its rows by column."""
    return {
        "figure": sheet.key,
        "title": sheet.title,
        "about": sheet.about,
        "counted": sheet.cohort,
        "unit": sheet.unit,
        "clock": sheet.calendar,
        "flag": sheet.flag,
        "columns": heads(sheet),
        "rows": [[plain(cell) for cell in row] for row in sheet.rows],
    }
