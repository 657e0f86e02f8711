"""How well passages are followed into an edited text, and how fast.

    python -m tests.bench.anchoring

A passage lives when at least half of its words do. "Right" is the share of living passages placed
on their words (overlap of at least half of the union), "misplaced" the share placed elsewhere,
"false" the share of dead passages that were placed anywhere.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from time import perf_counter

from app.feedback.anchoring import anchor_at, place_all
from tests.bench.editing import LEVELS, Level, Paragraph, edited, tracked, written
from tests.bench.prose import document


@dataclass(frozen=True)
class Shares:
    """What came of the passages of one level."""

    passages: int
    right: float
    misplaced: float
    false: float


def measure(level: Level, *, documents: int = 60, seed: int = 7) -> Shares:
    """Follow passages of `documents` texts of 300 to 1,200 words through edits of `level`."""
    rng = Random(f"{seed}{level.name}")
    seen: Counter[str] = Counter()
    for _ in range(documents):
        old = tracked(document(rng, rng.randint(300, 1200)))
        seen.update(_followed(old, edited(old, level, rng), rng))
    alive, dead = seen["right"] + seen["misplaced"] + seen["lost"], seen["false"] + seen["let go"]
    return Shares(
        passages=alive + dead,
        right=seen["right"] / alive,
        misplaced=seen["misplaced"] / alive,
        false=seen["false"] / max(1, dead),
    )


def _followed(old: list[Paragraph], new: list[Paragraph], rng: Random) -> Iterator[str]:
    before, at_first = written(old)
    after, at_last = written(new)
    chosen = list(_passages(old, rng))
    anchors = [anchor_at(before, at_first[p[0]][0], at_first[p[-1]][1]) for p in chosen]
    places = place_all([(anchor, None) for anchor in anchors], before, after)
    for words, place in zip(chosen, places, strict=True):
        left = [at_last[word] for word in words if word in at_last]
        truth = (min(a for a, _ in left), max(b for _, b in left)) if left else None
        found = (place.start, place.end) if place.start is not None else None
        if truth is None or len(left) * 2 < len(words):
            yield "false" if found else "let go"
        elif found is None:
            yield "lost"
        else:
            yield "right" if _overlap(found, truth) >= 0.5 else "misplaced"


def _passages(text: list[Paragraph], rng: Random) -> Iterator[list[int]]:
    """Choose about 14 passages: phrases, sentences, and three sentences in a row."""
    for number in range(14):
        paragraph = rng.choice(text)
        first = rng.randrange(len(paragraph))
        last = min(len(paragraph), first + (3 if number % 3 == 2 else 1))
        words = [who for sentence in paragraph[first:last] for who, _ in sentence]
        if number % 3 == 0:
            size = min(len(words), rng.randint(3, 6))
            start = rng.randrange(len(words) - size + 1)
            words = words[start : start + size]
        yield words


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def seconds(level: Level) -> float:
    """Return how long 200 anchors of a 10,000-word text take to find their new places."""
    rng = Random(11)
    old = tracked(document(rng, 10_000))
    (before, spans), (after, _) = written(old), written(edited(old, level, rng))
    chosen = [words for _ in range(15) for words in _passages(old, rng)][:200]
    anchors = [(anchor_at(before, spans[p[0]][0], spans[p[-1]][1]), None) for p in chosen]
    began = perf_counter()
    place_all(anchors, before, after)
    return perf_counter() - began


def main() -> None:
    """Print the figures of every level."""
    print("edits   passages  right  misplaced  false  10,000 words, 200 anchors")  # noqa: T201
    for level in LEVELS:
        found = measure(level)
        line = f"{level.name:7} {found.passages:8} {found.right:6.3f} {found.misplaced:10.3f}"
        print(f"{line} {found.false:6.3f} {seconds(level):10.2f} s")  # noqa: T201


if __name__ == "__main__":
    main()
