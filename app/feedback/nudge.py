"""TEMP stub."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.feedback.rules import RemarkWords


@dataclass(frozen=True)
class Hint:
    rule: str
    words: str
    why: str
    instead: str


def word_hints(text: str) -> list[Hint]:
    return (
        [Hint("insult", "stupid", "It speaks about the person.", "Say what you see.")]
        if "stupid" in text
        else []
    )


def hints(remarks: Sequence[RemarkWords], *, goes_back: bool) -> list[tuple[int | None, Hint]]:
    return [(i, h) for i, r in enumerate(remarks) for h in word_hints(r.see)]
