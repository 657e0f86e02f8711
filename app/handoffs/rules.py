"""Where a piece may go from here, and what a handoff needs."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from app.feedback.nudge import TOO_MANY_MUSTS
from app.language import gettext, gettext_noop


class Decision(StrEnum):
    """What a handoff says, in plain words; there is no default and no "reject"."""

    PASS_ON = gettext_noop("pass on")
    PASS_ON_CHANGED = gettext_noop("pass on with small changes made")
    BACK_SMALL = gettext_noop("back for small changes")
    BACK_LARGER = gettext_noop("back for larger changes")
    BACK_QUESTION = gettext_noop("back with a question")
    TO_TEAM = gettext_noop("to another team")


BACK = frozenset({Decision.BACK_SMALL, Decision.BACK_LARGER, Decision.BACK_QUESTION})
UNDO_SECONDS = 60
MANY_MUSTS = 6  # beyond TOO_MANY_MUSTS another hint asks the same
PATIENT_ROUNDS = 3
FIRST_PIECE = gettext_noop("It is the first piece of this author here. A word in person goes far.")
MUCH_TO_CHANGE = gettext_noop(
    "%(musts)s things must change. Which three matter most? The rest may wait."
)
TO_AND_FRO = gettext_noop("It has been to and fro often. Talking for ten minutes may be quicker.")


class AsideReason(StrEnum):
    """Why somebody hands a piece to another pair of eyes; none of them is blame."""

    TIME = gettext_noop("no calm for it now")
    AWAY = gettext_noop("away")
    TOO_CLOSE = gettext_noop("too close to it")
    FIELD = gettext_noop("not my field")
    FRESH = gettext_noop("a fresh pair of eyes may help")
    OTHER = gettext_noop("something else")


class Size(StrEnum):
    """How much is asked of the author."""

    MINUTES = gettext_noop("minutes")
    HOURS = gettext_noop("hours")
    MORE = gettext_noop("more")


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
        said = gettext("Still to answer: %(count)s that must be, before it goes on.", count=count)
        super().__init__(said)
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
        hints.append(gettext(FIRST_PIECE))
    if MANY_MUSTS < musts <= TOO_MANY_MUSTS:
        hints.append(gettext(MUCH_TO_CHANGE, musts=musts))
    if rounds > PATIENT_ROUNDS:
        hints.append(gettext(TO_AND_FRO))
    return hints
