"""Edits of a text whose words are tracked, so that the truth about every passage is known."""

from dataclasses import dataclass
from itertools import count
from random import Random

from tests.bench.prose import document

Word = tuple[int, str]  # who it is, and how it reads
Sentence = list[Word]
Paragraph = list[Sentence]


@dataclass(frozen=True)
class Level:
    """How much is edited: shares of words and sentences, and whole paragraphs."""

    name: str
    words: float
    sentences: float
    moves: int
    look_alikes: int


LEVELS = (
    Level("light", 0.03, 0.02, 0, 0),
    Level("medium", 0.10, 0.10, 1, 0),
    Level("heavy", 0.25, 0.20, 3, 2),
)
_ids = count()


def tracked(paragraphs: list[list[str]]) -> list[Paragraph]:
    """Give every word of a document an identity."""
    return [[[(next(_ids), w) for w in s.split()] for s in p] for p in paragraphs]


def edited(text: list[Paragraph], level: Level, rng: Random) -> list[Paragraph]:
    """Return an edited copy: words changed, sentences out and in, paragraphs moved and imitated."""
    spare = document(rng, 60 + sum(len(s) for p in text for s in p) // 4)
    new = [kept for paragraph in text if (kept := _edited_paragraph(paragraph, level, rng, spare))]
    for _ in range(level.moves if len(new) > 2 else 0):
        new.insert(rng.randrange(len(new)), new.pop(rng.randrange(len(new))))
    for _ in range(level.look_alikes if new else 0):
        new.insert(rng.randrange(len(new) + 1), _look_alike(rng.choice(new), rng, spare))
    return new


def _edited_paragraph(
    paragraph: Paragraph, level: Level, rng: Random, spare: list[list[str]]
) -> Paragraph:
    new = []
    for sentence in paragraph:
        if rng.random() >= level.sentences:
            new.append(_edited_words(sentence, level.words, rng, spare))
        if rng.random() < level.sentences:
            new += tracked([[rng.choice(rng.choice(spare))]])[0]
    return [sentence for sentence in new if sentence]


def _edited_words(
    sentence: Sentence, share: float, rng: Random, spare: list[list[str]]
) -> Sentence:
    new: Sentence = []
    for word in sentence:
        chance = rng.random()
        if chance >= share:
            new.append(word)
            continue
        other = (next(_ids), rng.choice(rng.choice(rng.choice(spare)).split()))
        new += {0: [other], 1: [], 2: [word, other]}[rng.randrange(3)]
    return new


def _look_alike(paragraph: Paragraph, rng: Random, spare: list[list[str]]) -> Paragraph:
    """Return a near copy with words of its own: a trap for whoever searches by likeness."""
    copy = [[(next(_ids), word) for _, word in sentence] for sentence in paragraph]
    return [_edited_words(sentence, 0.1, rng, spare) for sentence in copy]


def written(text: list[Paragraph]) -> tuple[str, dict[int, tuple[int, int]]]:
    """Return the text as it reads, and where each word stands in it."""
    pieces: list[str] = []
    spans: dict[int, tuple[int, int]] = {}
    at = 0
    for paragraph in text:
        words = [word for sentence in paragraph for word in sentence]
        for number, (who, word) in enumerate(words):
            spans[who] = (at, at + len(word))
            gap = " " if number < len(words) - 1 else "\n\n"
            pieces += [word, gap]
            at += len(word) + len(gap)
    return "".join(pieces).rstrip(), spans
