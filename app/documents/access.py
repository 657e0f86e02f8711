"""Who may read the text of a piece."""

from app.requests.rights import Relation
from app.requests.rules import Side, State


def may_read_text(relation: Relation, state: State, *, open_review: bool = False) -> bool:
    """Those who make it read every version; the asking side reads it once it is done.

    With open review the asking side reads along.
    """
    if relation.side is Side.PROVIDING:
        return True
    done = state in (State.DONE, State.CONFIRMED)
    return relation.sees and (done or (open_review and relation.side is Side.ASKING))
