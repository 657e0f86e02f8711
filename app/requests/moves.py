"""Which acts a person is offered on a request now: the right and the state together."""

from app.requests import rights
from app.requests.rights import Relation
from app.requests.rules import ALLOWED, Kind, State

RIGHTS = {
    Kind.MESSAGE: rights.may_talk,
    Kind.NOTE: rights.may_note,
    Kind.CLAIMED: rights.may_carry,
    Kind.TAKEN_OVER: rights.may_carry,
    Kind.GIVEN: rights.may_give,
    Kind.STARTED: rights.may_carry,
    Kind.PAUSED: rights.may_carry,
    Kind.RESUMED: rights.may_carry,
    Kind.HANDED: rights.may_carry,
    Kind.DECLINED: rights.may_carry,
    Kind.WITHDRAWN: rights.may_settle,
    Kind.DONE: rights.may_carry,
    Kind.CONFIRMED: rights.may_settle,
    Kind.REOPENED: rights.may_settle,
    Kind.THANKED: rights.may_thank,
    Kind.STEPPED_ASIDE: rights.may_review,
    Kind.SAID_WHEN: rights.may_review,
    Kind.PROMISED_ANEW: rights.may_carry,
    Kind.RATED: rights.may_rate,
    Kind.APPROVAL_ASKED: rights.may_carry,
    Kind.DECIDED: rights.may_decide,
    Kind.TICKED: rights.may_carry,
    Kind.LINKED: rights.may_talk,
    Kind.MERGED: rights.may_carry,
    Kind.UNMERGED: rights.may_carry,
}


WHILE_IT_ARRIVES = frozenset({Kind.MESSAGE, Kind.NOTE, Kind.WITHDRAWN})
ONCE_MERGED = frozenset({Kind.UNMERGED, Kind.NOTE})


def possible(
    relation: Relation, *, state: State, is_held: bool, arrives: bool, stage_to_come: bool
) -> frozenset[Kind]:
    """Return the acts that make sense now, and would not be refused.

    `arrives`: somebody else handed it on and may still take it back; `stage_to_come`: it is not in
    its last stage.
    """
    kinds = {k for k, may in RIGHTS.items() if may(relation) and state in ALLOWED[k]}
    if is_held:
        kinds.discard(Kind.CLAIMED)
    if relation.holds or not is_held:
        kinds.discard(Kind.TAKEN_OVER)
    if is_held and not relation.holds:
        kinds.discard(Kind.STARTED)
    if stage_to_come:
        kinds.discard(Kind.DONE)
    if state is State.MERGED:
        kinds &= ONCE_MERGED
    elif arrives:
        kinds &= WHILE_IT_ARRIVES
    return frozenset(kinds)
