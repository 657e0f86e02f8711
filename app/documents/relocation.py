"""Words that were moved to another place in a text, which a comparison alone sees go and come."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from app.documents.difference import WORD, Change, Pieces, Span, rows_once


def relocated(old: str, new: str, compared: Sequence[Span]) -> list[tuple[int, int, int]]:
    """Return rows of words that went in one place and came in another, and stand nowhere else.

    Each is (start, end) in `old` and its start in `new`, in order; `compared` are their spans.
    """
    before, after = Pieces(old, 0, len(old), WORD), Pieces(new, 0, len(new), WORD)
    went = [(s.old_start, s.old_end) for s in compared if s.change is Change.REMOVED]
    came = [(s.new_start, s.new_end) for s in compared if s.change is Change.ADDED]
    there, found = rows_once(after.words), []
    for row, i in rows_once(before.words).items():
        k = there.get(row)
        if k is None or _length(before.row(i)) != _length(after.row(k)):
            continue
        (start, end), (to, until) = before.row(i), after.row(k)
        if _within(went, start, end) and _within(came, to, until):
            found.append((start, end, to))
    return [_with_mark(part, old, new) for part in _joined(sorted(found))]


def _with_mark(part: tuple[int, int, int], old: str, new: str) -> tuple[int, int, int]:
    """Return a moved row with the closing mark behind it; a full stop is too common to be a row."""
    start, end, to = part
    after = new[to + end - start : to + end - start + 1]
    return (start, end + 1, to) if after and after == old[end : end + 1] else part


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _within(stretches: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(stretches, start, key=itemgetter(0)) - 1
    return at >= 0 and stretches[at][0] <= start and end <= stretches[at][1]


def _joined(parts: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Join rows that overlap and moved by the same distance."""
    found: list[tuple[int, int, int]] = []
    for start, end, to in parts:
        if found and start <= found[-1][1] and to - start == found[-1][2] - found[-1][0]:
            found[-1] = (found[-1][0], end, found[-1][2])
        elif not found or start >= found[-1][1]:
            found.append((start, end, to))
    return found
