"""Which of the timers that have come still has something to say, after a worker was away.

What ends a wait comes before any word about it. Of reminders of one matter the last is said, and
says for the others; what has lost its meaning is said to nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.requests.life import timers
from app.requests.life.promises import DueClock
from app.requests.rules import ASK_AGAIN_HOW_IT_WAS_WITHIN
from app.worktime.days import end_of_day

ENDING: Final = {timers.CONFIRM, timers.PAUSE_ENDS}
# What a reminder leaves unsaid once one of these has come, too; the last word first.
OVERTAKEN_BY: Final[Mapping[str, tuple[str, ...]]] = {
    timers.ANSWER_SOON: (timers.LATE, timers.ANSWER_DUE),
    timers.ANSWER_DUE: (timers.LATE,),
    timers.LATE_SOON: (timers.LATE,),
    timers.ANSWER_WANTED: (timers.ANSWER_WANTED,),
}


@dataclass(frozen=True)
class Word:
    """What happens for a timer that has come: the name of one, and whom it says for as well."""

    what: str
    instead_of: list[str] = field(default_factory=list)


def word_for(what: str, come: Mapping[str, datetime]) -> Word:
    """Return what happens for the timer `what`; `come` are all of its request that have come."""
    ending = next((name for name in come if _bare(name) in ENDING), None)
    if ending:
        return Word(ending)
    last = _last(what, come)
    return Word(last, [name for name in sorted(come) if name != last == _last(name, come)])


def is_too_late(what: str, due: datetime, clock: DueClock, *, at: datetime) -> bool:
    """Say whether nobody wants to hear at `at` of what was due then; `clock` is who asked's."""
    if what != timers.HOW_WAS_IT:
        return False
    until = end_of_day(clock, due, ASK_AGAIN_HOW_IT_WAS_WITHIN)
    return until is not None and until < at


def _last(what: str, come: Mapping[str, datetime]) -> str:
    """Return which of those that have come says the last word on the matter of `what`."""
    for name in OVERTAKEN_BY.get(_bare(what), ()):
        if found := [other for other in come if _bare(other) == name]:
            return max(found)
    return what


def _bare(what: str) -> str:
    """Return the name of a timer without its number."""
    return what.rstrip("0123456789.").rstrip()
