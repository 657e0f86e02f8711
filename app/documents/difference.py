"""What changed between two texts, word by word.

Two steps with difflib: first by sentence, then by word inside the runs that differ. A flat
comparison by word needs half a minute for 10,000 words; this needs a fraction of a second and
finds nearly the same. Offsets count code points, half-open.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from operator import itemgetter

SENTENCE = re.compile(r"\n{2,}|[^\n]*?[.!?…]+[”’\"')\]]*(?:\s+|$)|[^\n]+\n?|\n")
WORD = re.compile(r"\w+\s*|\s+|[^\w\s]\s*")
MANY = 400 * 400  # pairs of words up to which a run is compared in one go; the time grows with them
ROW = 3  # words in a row that stand once on both sides make a fixed point
NOISY = 20_000  # units beyond which those that repeat very often are passed over


class Change(StrEnum):
    """What became of a run of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Span:
    """A run in both texts; for what was added or removed one side is empty."""

    change: Change
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def spans(old: str, new: str) -> list[Span]:
    """Return runs that tile both texts in order, each the same, removed or added."""
    found: list[Span] = []
    whole = Span(Change.REMOVED, 0, len(old), 0, len(new))
    for span in _compare(
        Pieces(old, whole.old_start, whole.old_end, SENTENCE),
        Pieces(new, whole.new_start, whole.new_end, SENTENCE),
    ):
        found += _by_words(old, new, span) if _is_both(span) else [span]
    return list(_parted(found))


class Pieces:
    """A stretch of text cut into units, and where each begins."""

    def __init__(self, text: str, start: int, end: int, unit: re.Pattern[str]) -> None:
        """Cut `text[start:end]`."""
        self.words = [match.group() for match in unit.finditer(text, start, end)]
        self.at = [start]
        for word in self.words:
            self.at.append(self.at[-1] + len(word))

    def row(self, first: int) -> tuple[int, int]:
        """Return where `ROW` units from `first` on begin and end, without the last spaces."""
        last = first + ROW - 1
        return self.at[first], self.at[last] + len(self.words[last].rstrip())


def _by_words(old: str, new: str, span: Span) -> list[Span]:
    """Compare a run word by word; a long one is first divided at its fixed points."""
    if span.change is Change.SAME:
        return [span]
    before = Pieces(old, span.old_start, span.old_end, WORD)
    after = Pieces(new, span.new_start, span.new_end, WORD)
    found: list[Span] = []
    i = k = 0
    for j, m in [*_fixed_points(before.words, after.words), (len(before.words), len(after.words))]:
        found += _compare(before, after, (i, j), (k, m))
        i, k = j, m
    return found


def _fixed_points(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Return pairs of places that surely belong together, in order on both sides.

    Rows of words that stand exactly once on each side, the longest ascending series of them
    (patience diff, Bram Cohen). None for short runs: difflib sees more.
    """
    if len(before) * len(after) <= MANY:
        return []
    there = rows_once(after)
    pairs = [
        (i, there[row])
        for row, i in sorted(rows_once(before).items(), key=itemgetter(1))
        if row in there
    ]
    return _ascending(pairs)


def rows_once(words: list[str]) -> dict[tuple[str, ...], int]:
    """Return where each row of words stands that stands there exactly once."""
    stripped = [word.strip() for word in words]
    rows = [tuple(stripped[i : i + ROW]) for i in range(len(words) - ROW + 1)]
    counts = Counter(rows)
    return {row: i for i, row in enumerate(rows) if counts[row] == 1}


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest series of `pairs` whose second numbers ascend as the first do."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, (_, second) in enumerate(pairs):
        at = bisect_left(tails, second)
        before.append(ends[at - 1] if at else None)
        tails[at : at + 1], ends[at : at + 1] = [second], [index]
    series: list[tuple[int, int]] = []
    index_now = ends[-1] if ends else None
    while index_now is not None:
        series.append(pairs[index_now])
        index_now = before[index_now]
    return series[::-1]


def _compare(
    before: Pieces,
    after: Pieces,
    old: tuple[int, int] | None = None,
    new: tuple[int, int] | None = None,
) -> Iterator[Span]:
    """Yield the runs of units `old` and `new`; where both differ, one run that has both sides."""
    i0, i1 = old or (0, len(before.words))
    k0, k1 = new or (0, len(after.words))
    matcher = SequenceMatcher(
        None, before.words[i0:i1], after.words[k0:k1], autojunk=len(before.words) > NOISY
    )
    if old and (i1 - i0) * (k1 - k0) > 16 * MANY:  # nothing in common: a text written anew
        yield Span(Change.REMOVED, before.at[i0], before.at[i1], after.at[k0], after.at[k1])
        return
    for tag, i, j, k, m in matcher.get_opcodes():
        change = Change.SAME if tag == "equal" else Change.REMOVED if j > i else Change.ADDED
        yield Span(change, before.at[i0 + i], before.at[i0 + j], after.at[k0 + k], after.at[k0 + m])


def _is_both(span: Span) -> bool:
    return span.old_end > span.old_start and span.new_end > span.new_start


def _parted(found: Sequence[Span]) -> Iterator[Span]:
    """Yield each run with both sides as what went, then what came."""
    for span in found:
        if span.change is Change.SAME or not _is_both(span):
            yield span
            continue
        middle = span.new_start
        yield Span(Change.REMOVED, span.old_start, span.old_end, middle, middle)
        yield Span(Change.ADDED, span.old_end, span.old_end, middle, span.new_end)
