"""The records of a CSV, each with the lines it stands in; what is broken costs one line alone."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.language import gettext_noop

CELLS = gettext_noop("wrong number of cells")
MINGLED = gettext_noop("its cells cannot be told apart")
NOT_UTF8 = gettext_noop("not written in UTF-8")
ESCAPED = re.compile("[\udc80-\udcff]")


class Record(NamedTuple):
    """The cells that begin in line `first`, or why there are none; `last` is the line they end in.

    A cell in quotation marks may go on over many lines.
    """

    first: int
    last: int
    cells: list[str]
    wrong: str | None


class _Lines:
    """Lines, some of which are given back to be read once more."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self._again = iter(lines), deque[str]()
        self.taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line.replace("\0", "\ufffd"))
        return self.taken[-1]

    def give_back(self) -> None:
        """Give back all that was taken but the first line."""
        self._again.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def records(lines: Iterable[str]) -> Iterator[Record]:
    """Yield the records of `lines`, the header first; empty lines are none.

    Bytes that were no UTF-8 are expected as the surrogates Python escapes them by. A quotation mark
    that nothing closes would swallow good lines up to the next mark. So where marks do not fit, the
    cells are not as many as the header's, or one of the lines has all cells by itself, only the
    first line is wrong, and the next one begins anew.
    """
    source, number, width = _Lines(lines), 0, 0
    reader = csv.reader(source, strict=True)
    while True:
        source.taken.clear()
        try:
            cells, wrong = next(reader), None
        except StopIteration:
            return
        except csv.Error:
            cells, wrong = [], MINGLED
        wrong = wrong or _wrong(cells, source.taken, width)
        if wrong in (MINGLED, CELLS):
            source.give_back()
        first, number = number + 1, number + len(source.taken)
        if cells or wrong:
            width = width or len(cells)
            yield Record(first, number, cells, wrong)


def readable(cells: list[str]) -> list[str]:
    """Return cells with the sign for what cannot be read in place of what is no UTF-8."""
    return [ESCAPED.sub("\ufffd", cell) for cell in cells]


def _wrong(cells: list[str], lines: list[str], width: int) -> str | None:
    if cells and width and len(cells) != width:
        return CELLS
    if any(_cells_of(line) == width for line in lines[1:]):
        return MINGLED
    return NOT_UTF8 if any(map(ESCAPED.search, lines)) else None


def _cells_of(line: str) -> int:
    try:
        return len(next(csv.reader([line])))
    except csv.Error:
        return 0
