"""Where a piece may go from here, and what a handoff needs."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any


class Decision(StrEnum):
    """What a handoff says, in plain words; there is no default and no "reject"."""

    PASS_ON = "pass on"
    PASS_ON_CHANGED = "pass on with small changes made"
    BACK_SMALL = "back for small changes"
    BACK_LARGER = "back for larger changes"
    BACK_QUESTION = "back with a question"
    TO_TEAM = "to another team"


ON = frozenset({Decision.PASS_ON, Decision.PASS_ON_CHANGED})
BACK = frozenset({Decision.BACK_SMALL, Decision.BACK_LARGER, Decision.BACK_QUESTION})
UNDO_SECONDS = 60
MANY_MUSTS = 6
PATIENT_ROUNDS = 3


class AsideReason(StrEnum):
    """Why somebody hands a piece to another pair of eyes; none of them is blame."""

    TIME = "no calm for it now"
    AWAY = "away"
    TOO_CLOSE = "too close to it"
    FIELD = "not my field"
    FRESH = "a fresh pair of eyes may help"
    OTHER = "something else"


class Size(StrEnum):
    """How much is asked of the author."""

    MINUTES = "minutes"
    HOURS = "hours"
    MORE = "more"


class NeedsLateCard(ValueError):
    """A late handoff that does not say so first."""


class NeedsQuestion(ValueError):
    """A piece that would go back with a question that is not asked."""


class NeedsChanges(ValueError):
    """ "Small changes made" without a version that holds them."""


class NeedsWord(ValueError):
    """A piece that would be finished while the author has no word on changes others made."""


class NeedsStrength(ValueError):
    """A piece that would go back with corrections alone."""


class NeedsPassage(NeedsStrength):
    """A piece that would go back with praise for no passage of it."""


class NeedsAnswers(ValueError):
    """A piece that would go on while a must-remark has no answer; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(f"Still to answer: {count} that must be, before it goes on.")
        self.count = count


def next_stage(plan: Sequence[Mapping[str, Any]], stage: str) -> Mapping[str, Any] | None:
    """Return the plan of the stage after `stage`, or None when it is the last one."""
    names = [step["stage"] for step in plan]
    position = names.index(stage) + 1 if stage in names else len(names)
    return plan[position] if position < len(plan) else None


def earlier_stages(plan: Sequence[Mapping[str, Any]], stage: str) -> list[Mapping[str, Any]]:
    """Return the plans of the stages before `stage`, nearest first; a piece goes back to one."""
    names = [step["stage"] for step in plan]
    return list(reversed(plan[: names.index(stage)])) if stage in names else []


def confidence_hints(*, first_piece: bool, musts: int, rounds: int) -> list[str]:
    """Return what a reviewer may weigh, alone, before advice that could discourage goes out.

    `rounds` is the round of the author's stage it would begin.
    """
    hints = []
    if first_piece:
        hints.append("It is the first piece of this author here. A word in person goes far.")
    if musts > MANY_MUSTS:
        hints.append(f"{musts} things must change. Which three matter most? The rest may wait.")
    if rounds > PATIENT_ROUNDS:
        hints.append("It has been to and fro often. Talking for ten minutes may be quicker.")
    return hints
