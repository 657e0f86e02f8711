"""The flow of a request: its states, which event may happen in which, and who may do what.

The state table is data (`ALLOWED`), one right per act (`may_…`). A right depends on the relation
of a person to this one request, never on rank.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a request stands."""

    RAISED = "raised"
    ACCEPTED = "accepted"
    IN_WORK = "in work"
    WAITING = "waiting"
    DONE = "done"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What can happen to a request; the words are stored for ever."""

    RAISED = "raised"
    MESSAGE = "message"
    NOTE = "note"
    CLAIMED = "claimed"
    TAKEN_OVER = "taken over"
    GIVEN = "given"
    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    HANDED = "handed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DONE = "done"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"
    THANKED = "thanked"
    VERSION_MADE = "version made"
    REMARK_ANSWERED = "remark answered"


class Side(StrEnum):
    """On whose behalf somebody acts, or whose turn it is."""

    ASKING = "asking"
    PROVIDING = "providing"
    THIRD_PARTY = "third party"
    NOBODY = "nobody"


class WaitingOn(StrEnum):
    """Whom a pause waits for."""

    REQUESTER = "requester"
    THIRD_PARTY = "third party"


class Outcome(StrEnum):
    """The requester's last word on a done request."""

    YES = "yes"
    PARTLY = "partly"


OPEN: Final = frozenset({State.RAISED, State.ACCEPTED, State.IN_WORK, State.WAITING})
ENDED: Final = frozenset({State.CONFIRMED, State.DECLINED, State.WITHDRAWN})
MOVING: Final = OPEN - {State.WAITING}
ANY: Final = frozenset(State)

ALLOWED: Final[dict[Kind, frozenset[State]]] = {
    Kind.RAISED: frozenset(),
    Kind.MESSAGE: ANY,
    Kind.NOTE: ANY,
    Kind.CLAIMED: OPEN,
    Kind.TAKEN_OVER: OPEN,
    Kind.GIVEN: OPEN,
    Kind.STARTED: frozenset({State.RAISED, State.ACCEPTED}),
    Kind.PAUSED: MOVING,
    Kind.RESUMED: frozenset({State.WAITING}),
    Kind.HANDED: MOVING,
    Kind.DECLINED: OPEN,
    Kind.WITHDRAWN: OPEN,
    Kind.DONE: OPEN,
    Kind.CONFIRMED: frozenset({State.DONE}),
    Kind.REOPENED: frozenset({State.DONE}),
    Kind.THANKED: ANY,
    Kind.VERSION_MADE: OPEN,
    Kind.REMARK_ANSWERED: OPEN,
}

# Words never conflict with a move somebody else made meanwhile; these leave the version alone.
TALK: Final = frozenset(
    {Kind.MESSAGE, Kind.NOTE, Kind.THANKED, Kind.VERSION_MADE, Kind.REMARK_ANSWERED}
)


class NotNow(ValueError):
    """An event that the state of the request does not allow."""


class NotYours(PermissionError):
    """An act by somebody whose relation to the request does not allow it."""


class Stale(RuntimeError):
    """An act from a page that was opened before somebody else moved the request."""


@dataclass(frozen=True)
class Relation:
    """What a person is to one request.

    `raised_it` wins over membership: who asked stays on the asking side even when they belong to
    the providing team. `providing` means a member of the team that has it now; `carried` that a
    team of theirs had it earlier.
    """

    sees: bool = False
    raised_it: bool = False
    asking: bool = False
    providing: bool = False
    carried: bool = False
    leads: bool = False
    holds: bool = False

    @property
    def side(self) -> Side:
        """The side this person speaks for."""
        if self.raised_it:
            return Side.ASKING
        if self.providing or self.carried:
            return Side.PROVIDING
        return Side.ASKING if self.asking else Side.NOBODY


def check_allowed(kind: Kind, state: State) -> None:
    """Accept `kind` in `state`. :raises NotNow: with the reason as a sentence."""
    if state not in ALLOWED[kind]:
        raise NotNow(f"A request that is {state.value} cannot be {kind.value}.")


def may_talk(relation: Relation) -> bool:
    """Both sides may write a message at any time, also those who had it earlier."""
    return relation.sees and relation.side is not Side.NOBODY


def may_note(relation: Relation) -> bool:
    """Internal notes belong to those who provide or provided."""
    return relation.side is Side.PROVIDING


def may_carry(relation: Relation) -> bool:
    """Claim, start, pause, hand on, decline, say done: members of the team that has it now.

    Not the requester: nobody answers their own question.
    """
    return relation.providing and not relation.raised_it


def may_give(relation: Relation) -> bool:
    """Giving to a colleague is for the one who holds it and for the team's lead."""
    return may_carry(relation) and (relation.holds or relation.leads)


def may_settle(relation: Relation) -> bool:
    """The last word (confirm, not yet) and withdrawing belong to who asked, then their team."""
    return relation.raised_it or (relation.asking and not relation.providing)


def may_thank(relation: Relation) -> bool:
    """Thanks come from the asking side."""
    return relation.side is Side.ASKING


def may_review(relation: Relation) -> bool:
    """Hand on, hand back or answer remarks: the holder of the visit."""
    return may_carry(relation) and relation.holds
