"""What a remark must say, so that it teaches and can be answered.

Kinds, weights and the rules by kind follow Conventional Comments and the review form of ACL
Rolling Review: a strength needs its why, a problem that must be solved needs its effect on the
reader and a next step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.language import gettext, gettext_noop


class RemarkKind(StrEnum):
    """What one remark is; only one kind each."""

    STRENGTH = gettext_noop("strength")
    SUGGESTION = gettext_noop("suggestion")
    QUESTION = gettext_noop("question")
    PROBLEM = gettext_noop("problem")
    TYPO = gettext_noop("typo")
    NOTE = gettext_noop("note")


class Weight(StrEnum):
    """Whether the piece can go on without it."""

    MUST = gettext_noop("must")
    COULD = gettext_noop("could")


class Audience(StrEnum):
    """Who reads a remark."""

    AUTHOR = "author"
    TEAM = "team"


class AnswerKind(StrEnum):
    """What the author says to a remark."""

    TAKEN = gettext_noop("taken")
    TAKEN_OWN_WAY = gettext_noop("taken my own way")
    NOT_TAKEN = gettext_noop("not taken because")
    QUESTION = gettext_noop("question")
    THANKS = gettext_noop("thanks")


class Outcome(StrEnum):
    """What became of a passage in a later version."""

    SAME = "same"
    MOVED = "moved with changes"
    PERHAPS = "perhaps here"
    GONE = "gone"


class NeedKind(StrEnum):
    """What an author may have needed more or less of; only the adviser reads it."""

    SPECIFIC = gettext_noop("more specific please")
    KEEP = gettext_noop("more on what to keep")
    TOO_MUCH = gettext_noop("too much at once")
    TONE = gettext_noop("the tone stung")
    FACTS = gettext_noop("I see the facts differently")


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
    passage: tuple[int, int] | None = None
    replacement: str | None = None
    from_checklist: bool = False


@dataclass(frozen=True)
class Reader:
    """How somebody stands to the feedback on one piece.

    `carried` means that they hold or held it, `writes` that they are an author of it, `leads` that
    they lead the team that has it; `open_review` that its type shows feedback to the asking side.
    """

    person_id: int
    providing: bool = False
    asking: bool = False
    carried: bool = False
    writes: bool = False
    leads: bool = False
    open_review: bool = False


def may_read(
    reader: Reader,
    *,
    writer_id: int,
    writer_gone: bool,
    audience: str,
    released: bool,
) -> bool:
    """Say whether `reader` may read a remark: its writer, its addressee, who carries the piece.

    What is for the team only never reaches an author. The lead reads what is for the author when
    its writer is gone, so that it can be settled.
    """
    if reader.person_id == writer_id:
        return True
    if not released:
        return False
    if audience == Audience.TEAM:
        return reader.providing and not reader.writes
    if reader.asking:
        return reader.open_review
    return reader.providing and (reader.carried or reader.writes or (reader.leads and writer_gone))


def wrong_words(remark: RemarkWords) -> dict[str, str]:
    """Return a sentence per part of `remark` that is missing or does not fit; empty if all is well.

    Parts are named like the fields: "see", "why", "try_next", "weight", "quote".
    """
    wrong = {}
    if not remark.see.strip() and not remark.replacement:
        wrong["see"] = gettext("Please say what you see.")
    if remark.replacement and remark.passage is None:
        wrong["quote"] = gettext("Which words should it stand for? Please choose a passage.")
    if remark.kind is RemarkKind.STRENGTH:
        return wrong | _wrong_strength(remark)
    if remark.kind is RemarkKind.PROBLEM and remark.weight is Weight.MUST:
        return wrong | _wrong_problem(remark)
    return wrong


def _wrong_strength(remark: RemarkWords) -> dict[str, str]:
    wrong = {}
    if not remark.why.strip():
        wrong["why"] = gettext("Why does it work? The reason is what the author can use again.")
    if remark.weight is Weight.MUST:
        wrong["weight"] = gettext("A strength asks for nothing; please choose could.")
    return wrong


def _wrong_problem(remark: RemarkWords) -> dict[str, str]:
    wrong = {}
    if not remark.why.strip():
        wrong["why"] = gettext("Why does it matter to the reader?")
    if not remark.try_next.strip():
        wrong["try_next"] = gettext("What would you try? “I don't know, let us talk” is fine too.")
    return wrong


def wrong_answer(kind: AnswerKind, words: str) -> str | None:
    """Return what is missing in an answer, or None: "taken" and "thanks" need no words."""
    if kind in (AnswerKind.TAKEN, AnswerKind.THANKS) or words.strip():
        return None
    return {
        AnswerKind.TAKEN_OWN_WAY: gettext("Please say in a few words what you did instead."),
        AnswerKind.NOT_TAKEN: gettext("Please say why not; your reason is the answer."),
        AnswerKind.QUESTION: gettext("Please write your question."),
    }[kind]


def has_strength(remarks: Sequence[RemarkWords], *, anchored: bool = False) -> bool:
    """Say whether the author would read at least one strength, if `anchored` about a passage."""
    return any(
        remark.kind is RemarkKind.STRENGTH
        and remark.audience is Audience.AUTHOR
        and (remark.passage is not None or not anchored)
        for remark in remarks
    )


# (seq, stage, ended_by) of each visit of a piece
Visits = Sequence[tuple[int, str, str | None]]


def closed_quietly(weight: str, visit_seq: int, visits: Visits) -> bool:
    """Say whether an unanswered "could" has been let go: its stage passed the piece on later."""
    stage = next((stage for seq, stage, _ in visits if seq == visit_seq), None)
    return weight == Weight.COULD and any(
        seq >= visit_seq and other == stage and (ended_by or "").startswith("pass on")
        for seq, other, ended_by in visits
    )
