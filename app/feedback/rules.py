"""What a remark must say, so that it teaches and can be answered.

Kinds, weights and the rules by kind follow Conventional Comments and the review form of ACL
Rolling Review: a strength needs its why, a problem that must be solved needs its effect on the
reader and a next step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class RemarkKind(StrEnum):
    """What one remark is; only one kind each."""

    STRENGTH = "strength"
    SUGGESTION = "suggestion"
    QUESTION = "question"
    PROBLEM = "problem"
    TYPO = "typo"
    NOTE = "note"


class Weight(StrEnum):
    """Whether the piece can go on without it."""

    MUST = "must"
    COULD = "could"


class Audience(StrEnum):
    """Who reads a remark."""

    AUTHOR = "author"
    TEAM = "team"


class AnswerKind(StrEnum):
    """What the author says to a remark."""

    TAKEN = "taken"
    TAKEN_OWN_WAY = "taken my own way"
    NOT_TAKEN = "not taken because"
    QUESTION = "question"


@dataclass(frozen=True)
class RemarkWords:
    """One remark as typed."""

    kind: RemarkKind
    weight: Weight
    see: str
    why: str = ""
    try_next: str = ""
    where: str = ""
    audience: Audience = Audience.AUTHOR


def wrong_words(remark: RemarkWords) -> dict[str, str]:
    """Return a sentence per part of `remark` that is missing or does not fit; empty if all is well.

    Parts are named like the fields: "see", "why", "try_next", "weight".
    """
    wrong = {}
    if not remark.see.strip():
        wrong["see"] = "Please say what you see."
    if remark.kind is RemarkKind.STRENGTH:
        if not remark.why.strip():
            wrong["why"] = "Why does it work? The reason is what the author can use again."
        if remark.weight is Weight.MUST:
            wrong["weight"] = "A strength asks for nothing; please choose could."
    if remark.kind is RemarkKind.PROBLEM and remark.weight is Weight.MUST:
        if not remark.why.strip():
            wrong["why"] = "Why does it matter to the reader?"
        if not remark.try_next.strip():
            wrong["try_next"] = "What would you try? “I don't know, let us talk” is fine too."
    return wrong


def wrong_answer(kind: AnswerKind, words: str) -> str | None:
    """Return what is missing in an answer, or None: only "taken" needs no words."""
    if kind is AnswerKind.TAKEN or words.strip():
        return None
    return {
        AnswerKind.TAKEN_OWN_WAY: "Please say in a few words what you did instead.",
        AnswerKind.NOT_TAKEN: "Please say why not; your reason is the answer.",
        AnswerKind.QUESTION: "Please write your question.",
    }[kind]


def has_strength(remarks: Sequence[RemarkWords]) -> bool:
    """Say whether the author would read at least one strength among `remarks`."""
    return any(
        remark.kind is RemarkKind.STRENGTH and remark.audience is Audience.AUTHOR
        for remark in remarks
    )
