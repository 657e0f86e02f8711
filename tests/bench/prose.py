"""Made-up prose with the habits of real prose: few words often, many words seldom."""

import tomllib
from pathlib import Path
from random import Random

LISTS = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
WORDS = {kind: words.split() for kind, words in LISTS.items() if isinstance(words, str)}


def document(rng: Random, words: int) -> list[list[str]]:
    """Return paragraphs, each a list of sentences, of about `words` words in all."""
    paragraphs: list[list[str]] = []
    written = 0
    while written < words:
        paragraph = [_sentence(rng) for _ in range(rng.randint(3, 8))]
        written += sum(len(sentence.split()) for sentence in paragraph)
        paragraphs.append(paragraph)
    return paragraphs


def _sentence(rng: Random) -> str:
    text = _clause(rng)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        text += f"{rng.choice(LISTS['links'])} {_clause(rng)}"
    if rng.random() < 0.3:
        text = f"{rng.choice(LISTS['openers'])}, {text}"
    return f"{text[0].upper()}{text[1:]}{rng.choice('......?!')}"


def _clause(rng: Random) -> str:
    parts = [_thing(rng), _often(rng, "verbs"), _thing(rng)]
    while rng.random() < 0.4:
        parts += [_often(rng, "prepositions"), _thing(rng)]
    return " ".join(parts)


def _thing(rng: Random) -> str:
    first = rng.choice(["the", "the", "the", "a", "a", "her", "our", "this", "one", "no"])
    middle = [_often(rng, "adjectives")] if rng.random() < 0.45 else []
    return " ".join([first, *middle, _often(rng, "nouns")])


def _often(rng: Random, kind: str) -> str:
    """Return one word of `kind`, the first ones far more often than the last."""
    words = WORDS[kind]
    return words[min(len(words) - 1, int(rng.expovariate(3 / len(words))))]
