"""Two versions as people read them: in one text, or paragraph beside paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from app.documents.difference import Change, spans

Run = tuple[Change, str]


@dataclass(frozen=True)
class Row:
    """One paragraph on each side, as runs of (change, text)."""

    old: list[Run]
    new: list[Run]


def inline(old: str, new: str) -> list[list[Run]]:
    """Return one text paragraph by paragraph, with what went and what came in its place."""
    runs = []
    for span in spans(old, new):
        gone = span.change is Change.REMOVED
        words = old[span.old_start : span.old_end] if gone else new[span.new_start : span.new_end]
        runs.append((span.change, words))
    return _paragraphs(runs)


def rows(old: str, new: str) -> list[Row]:
    """Return both texts side by side, paragraph beside paragraph."""
    found: list[Row] = []
    left: list[Run] = []
    right: list[Run] = []
    for span in spans(old, new):
        if span.change is not Change.ADDED:
            left.append((span.change, old[span.old_start : span.old_end]))
        if span.change is not Change.REMOVED:
            right.append((span.change, new[span.new_start : span.new_end]))
        # Only a paragraph break that both share keeps the sides level.
        if span.change is Change.SAME and "\n\n" in old[span.old_start : span.old_end]:
            found += _level(left, right)
            left, right = left[-1:], right[-1:]
    return found + _rows(left, right)


def _level(left: list[Run], right: list[Run]) -> list[Row]:
    """Return the rows up to the last shared break, and leave the rest in `left` and `right`."""
    shared = left[-1][1]
    head, _, tail = shared.rpartition("\n\n")
    left[-1] = right[-1] = (Change.SAME, head)
    made = _rows(left, right)
    left[-1] = right[-1] = (Change.SAME, tail)
    return made


def _rows(left: list[Run], right: list[Run]) -> list[Row]:
    """Pair paragraphs from the last one backwards: they end at a break that both share."""
    pairs = zip_longest(reversed(_paragraphs(left)), reversed(_paragraphs(right)), fillvalue=None)
    return [Row(a or [], b or []) for a, b in reversed(list(pairs))]


def _paragraphs(runs: Sequence[Run]) -> list[list[Run]]:
    found: list[list[Run]] = [[]]
    for change, words in runs:
        first, *more = re.split(r"\n{2,}", words)
        found[-1] += [(change, first)] if first else []
        found += [[(change, part)] if part else [] for part in more]
    return [paragraph for paragraph in found if paragraph]


def count(old: str, new: str) -> tuple[int, int]:
    """Return how many words came and how many went."""
    came = went = 0
    for span in spans(old, new):
        if span.change is Change.ADDED:
            came += len(new[span.new_start : span.new_end].split())
        elif span.change is Change.REMOVED:
            went += len(old[span.old_start : span.old_end].split())
    return came, went
