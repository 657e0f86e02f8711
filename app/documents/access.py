"""Who may read the text of a piece."""

from app.requests.rules import Relation, Side, State


def may_read_text(relation: Relation, state: State) -> bool:
    """Those who make it read every version; the asking side reads it once it is done."""
    if relation.side is Side.PROVIDING:
        return True
    return relation.sees and state in (State.DONE, State.CONFIRMED)
