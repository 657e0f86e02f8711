"""Which acts a person is offered on a request now: the right and the state together."""

from app.requests import rules
from app.requests.rules import ALLOWED, Kind, Relation, State

RIGHTS = {
    Kind.MESSAGE: rules.may_talk,
    Kind.NOTE: rules.may_note,
    Kind.CLAIMED: rules.may_carry,
    Kind.TAKEN_OVER: rules.may_carry,
    Kind.GIVEN: rules.may_give,
    Kind.STARTED: rules.may_carry,
    Kind.PAUSED: rules.may_carry,
    Kind.RESUMED: rules.may_carry,
    Kind.HANDED: rules.may_carry,
    Kind.DECLINED: rules.may_carry,
    Kind.WITHDRAWN: rules.may_settle,
    Kind.DONE: rules.may_carry,
    Kind.CONFIRMED: rules.may_settle,
    Kind.REOPENED: rules.may_settle,
    Kind.THANKED: rules.may_thank,
}


def possible(relation: Relation, *, state: State, is_held: bool) -> frozenset[Kind]:
    """Return the acts that would not be refused: by relation, by state, by who holds it."""
    kinds = {k for k, may in RIGHTS.items() if may(relation) and state in ALLOWED[k]}
    if is_held:
        kinds.discard(Kind.CLAIMED)
    if relation.holds or not is_held:
        kinds.discard(Kind.TAKEN_OVER)
    if is_held and not relation.holds:
        kinds.discard(Kind.STARTED)
    return frozenset(kinds)
