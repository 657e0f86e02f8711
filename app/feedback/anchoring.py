"""Where a passage stands in the next version of a text.

Both versions are at hand, so the passage is carried through their difference (two-step difflib),
which keeps more passages on the right words than searching for the quote does and hardly ever puts
one on a look-alike. Offsets count code points, half-open.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.difference import Change, spans
from app.documents.relocation import relocated
from app.feedback.rules import Outcome

CONTEXT = 32
SURE = 0.70  # kept share from which a changed passage is taken as the same one
POSSIBLE = 0.50  # below this it is gone; between the two the author is asked
TELLING = 24  # characters from which a quote found once is no coincidence


@dataclass(frozen=True)
class Anchor:
    """A passage in the version it was made on, with what stands around it."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Placement:
    """What became of a passage; `kept` is the share of its characters that are still there.

    `start` and `end` are None when it is gone. `method` is "diff", "quote" or "hand".
    """

    outcome: Outcome
    start: int | None
    end: int | None
    kept: float
    method: str


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of `text[start:end]` without outer spaces.

    :raises ValueError: when nothing but spaces is left.
    """
    quote = text[start:end]
    start += len(quote) - len(quote.lstrip())
    end -= len(quote) - len(quote.rstrip())
    if start >= end:
        raise ValueError("a passage has at least one word")
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Anchor(start, end, text[start:end], prefix, suffix)


def place_all(
    anchors: Sequence[tuple[Anchor, Placement | None]], old: str, new: str
) -> list[Placement]:
    """Return where each anchor stands in `new`, the version after `old`.

    Beside each anchor is where it stands in `old`; None when it was made on `old` itself.
    """
    if not anchors:
        return []
    carried = Carried(old, new)
    return [_place(anchor, before, carried, new) for anchor, before in anchors]


def _place(anchor: Anchor, before: Placement | None, carried: "Carried", new: str) -> Placement:
    start, end, share = anchor.start, anchor.end, 1.0
    if before is not None:
        if before.start is None or before.end is None:
            return _by_quote(anchor, new)
        # What somebody has confirmed counts as whole from then on.
        start, end, share = (
            before.start,
            before.end,
            1.0 if before.method == "hand" else before.kept,
        )
    span, kept = carried.through(start, end)
    if span is None:
        return _by_quote(anchor, new)
    if new[slice(*span)] == anchor.quote:
        return Placement(Outcome.SAME, *span, 1.0, "diff")
    kept *= share  # many small edits add up
    if kept < POSSIBLE:
        return _by_quote(anchor, new)
    asked = before is not None and before.outcome is Outcome.PERHAPS
    sure = kept >= SURE and not asked
    return Placement(Outcome.MOVED if sure else Outcome.PERHAPS, *span, kept, "diff")


def _by_quote(anchor: Anchor, new: str) -> Placement:
    """Find the very same words, when they stand there once and are no coincidence."""
    first = new.find(anchor.quote)
    if first >= 0 and new.find(anchor.quote, first + 1) < 0:
        end = first + len(anchor.quote)
        around = (
            new[:first].endswith(anchor.prefix[-12:]) if anchor.prefix.strip() else False
        ) or (new[end:].startswith(anchor.suffix[:12]) if anchor.suffix.strip() else False)
        if len(anchor.quote) >= TELLING or around:
            return Placement(Outcome.SAME, first, end, 1.0, "quote")
    return Placement(Outcome.GONE, None, None, 0.0, "quote")


class Carried:
    """The parts of an old text that live on in a new one, in order of the old."""

    def __init__(self, old: str, new: str) -> None:
        """Compare the texts once; runs that only moved live on, too."""
        compared = spans(old, new)
        same = [(s.old_start, s.old_end, s.new_start) for s in compared if s.change is Change.SAME]
        self.old, self.new = old, new
        self.parts = sorted([*same, *relocated(old, new, compared)])
        self.starts = [part[0] for part in self.parts]

    def through(self, start: int, end: int) -> tuple[tuple[int, int] | None, float]:
        """Return where old[start:end] went, and which share of its letters is kept.

        Of parts that went to different places the longest cluster counts.
        """
        kept = self._kept(start, end)
        if not kept:
            return None, 0.0
        clusters: list[list[tuple[int, int]]] = [[kept[0]]]
        reach = 2 * (end - start) + CONTEXT
        for piece in kept[1:]:
            last = clusters[-1][-1]
            if last[1] <= piece[0] <= last[1] + reach:
                clusters[-1].append(piece)
            else:
                clusters.append([piece])
        best = max(clusters, key=lambda pieces: sum(b - a for a, b in pieces))
        letters = sum(_letters(self.new[a:b]) for a, b in best)
        span = _trimmed(self.new, best[0][0], best[-1][1])
        return span, letters / max(1, _letters(self.old[start:end]))

    def _kept(self, start: int, end: int) -> list[tuple[int, int]]:
        found = []
        for index in range(max(0, bisect_right(self.starts, start) - 1), len(self.parts)):
            old_start, old_end, new_start = self.parts[index]
            if old_start >= end:
                break
            left, right = max(start, old_start), min(end, old_end)
            if left < right and _letters(self.old[left:right]):
                shift = new_start - old_start
                found.append((left + shift, right + shift))
        return found


def _letters(text: str) -> int:
    return len(text) - sum(map(str.isspace, text))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
