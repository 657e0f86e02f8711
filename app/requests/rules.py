"""The flow of a request: its states, and which event may happen in which (`ALLOWED`)."""

from enum import StrEnum
from typing import Final

from app.requests.naming import impossible


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
    MERGED = "merged"


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
    REMARK_SETTLED = "remark settled"
    CHANGES_ANSWERED = "changes answered"
    STEPPED_ASIDE = "stepped aside"
    TAKEN_BACK = "taken back"
    SAID_WHEN = "said when"
    PROMISED_ANEW = "promised anew"
    REMINDED = "reminded"
    RATED = "rated"
    UNSAID = "unsaid"
    APPROVAL_ASKED = "approval asked"
    DECIDED = "decided"
    TICKED = "ticked"
    LINKED = "linked"
    UNLINKED = "unlinked"
    MERGED = "merged"
    UNMERGED = "unmerged"


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
    CHILDREN = "children"


class LinkKind(StrEnum):
    """How one request stands to another: `child` is a part of it, `absorbed` was merged into it."""

    RELATED = "related"
    DUPLICATE = "duplicate"
    CHILD = "child"
    FOLLOW_UP = "follow-up"
    ABSORBED = "absorbed"


class Outcome(StrEnum):
    """The requester's last word on a done request."""

    YES = "yes"
    PARTLY = "partly"


class Rating(StrEnum):
    """How the asking person found working together: one question, without a default."""

    WELL = "well"
    WITH_BUMPS = "with bumps"
    NOT_WELL = "not well"


OPEN: Final = frozenset({State.RAISED, State.ACCEPTED, State.IN_WORK, State.WAITING})
ENDED: Final = frozenset({State.CONFIRMED, State.DECLINED, State.WITHDRAWN, State.MERGED})
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
    Kind.REOPENED: frozenset({State.DONE, State.CONFIRMED}),
    Kind.THANKED: ANY,
    Kind.VERSION_MADE: OPEN,
    Kind.REMARK_ANSWERED: OPEN,
    Kind.REMARK_SETTLED: ANY,
    Kind.CHANGES_ANSWERED: OPEN,
    Kind.STEPPED_ASIDE: MOVING,
    Kind.TAKEN_BACK: MOVING,
    Kind.SAID_WHEN: MOVING,
    Kind.PROMISED_ANEW: MOVING,
    Kind.REMINDED: ANY,
    Kind.RATED: frozenset({State.CONFIRMED}),
    Kind.UNSAID: ANY,
    Kind.APPROVAL_ASKED: MOVING,
    Kind.DECIDED: OPEN,
    Kind.TICKED: OPEN,
    Kind.LINKED: ANY,
    Kind.UNLINKED: ANY,
    Kind.MERGED: OPEN,
    Kind.UNMERGED: frozenset({State.MERGED}),
}

# Words never conflict with a move somebody else made meanwhile; these leave the version alone.
TALK: Final = frozenset(
    {
        Kind.MESSAGE,
        Kind.NOTE,
        Kind.THANKED,
        Kind.VERSION_MADE,
        Kind.REMARK_ANSWERED,
        Kind.REMARK_SETTLED,
        Kind.CHANGES_ANSWERED,
        Kind.SAID_WHEN,
        Kind.REMINDED,
        Kind.RATED,
        Kind.UNSAID,
        Kind.TICKED,
        Kind.LINKED,
        Kind.UNLINKED,
    }
)

# Working days, in the calendar of the side that is waited for; opening or closing of that day.
REMIND_ASKED_AFTER: Final = (2, 5)
OFFER_TO_CLOSE_AFTER: Final = 10
ANNOUNCE_CONFIRMING_AFTER: Final = 3
CONFIRM_AFTER: Final = 5
REOPEN_WITHIN: Final = 10
ASK_AGAIN_HOW_IT_WAS_AFTER: Final = 3
ASK_AGAIN_HOW_IT_WAS_WITHIN: Final = 5  # after it was due; later it is not asked again
# How long a message can be taken back, in seconds; nobody is told of it before.
UNSAY_SECONDS: Final = 10
# The share of a promise after which its holder is asked for a word, before it is late.
SOON: Final = 0.8


class NotNow(ValueError):
    """An event that the state of the request does not allow."""


class NotYours(PermissionError):
    """An act by somebody whose relation to the request does not allow it."""


class Stale(RuntimeError):
    """An act from a page that was opened before somebody else moved the request."""


def check_allowed(kind: Kind, state: State) -> None:
    """Accept `kind` in `state`. :raises NotNow: with the reason as a sentence."""
    if state not in ALLOWED[kind]:
        raise NotNow(impossible(state, kind))
