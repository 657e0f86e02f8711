"""Where a piece may go from here, and what a handoff needs."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any


class Decision(StrEnum):
    """What a handoff says, in plain words; there is no default and no "reject"."""

    PASS_ON = "pass on"
    BACK_SMALL = "back for small changes"
    BACK_LARGER = "back for larger changes"
    TO_TEAM = "to another team"


BACK = frozenset({Decision.BACK_SMALL, Decision.BACK_LARGER})


class Size(StrEnum):
    """How much is asked of the author."""

    MINUTES = "minutes"
    HOURS = "hours"
    MORE = "more"


class NeedsStrength(ValueError):
    """A piece that would go back with corrections alone."""


class NeedsAnswers(ValueError):
    """A piece that would go on while a must-remark has no answer; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} must-remarks wait for an answer")
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
