"""What a request is, as a pure function of its events.

`replay` folds the events of one request into a `Ledger`: its state, whose turn it is, its stage
visits, pauses and waits for confirmation. Every stored value of a request is copied from a ledger,
by the same code when somebody acts and when the store is rebuilt, so the two cannot drift.
"""

from collections.abc import Iterable
from dataclasses import replace

from app.language import gettext
from app.requests.life.changes import CHANGES
from app.requests.life.ledger import Happening, Ledger
from app.requests.rights import INNER
from app.requests.rules import ENDED, TALK, Kind, NotNow, Side, State, WaitingOn, check_allowed


def replay(happenings: Iterable[Happening]) -> Ledger:
    """Return the ledger after `happenings`, which must be in order.

    A message that was taken back counts as never said.

    :raises NotNow: at the first event that its state does not allow, or that lies before the
        one it follows.
    """
    ledger, told = Ledger(), list(happenings)
    unsaid = {h.data["seq"] for h in told if h.kind is Kind.UNSAID}
    for seq, happening in enumerate(told, start=1):
        apply(ledger, _as_unsaid(happening) if seq in unsaid else happening)
    return ledger


def _as_unsaid(happening: Happening) -> Happening:
    return replace(happening, data={**happening.data, "automatic": True, "unsaid": True})


def apply(ledger: Ledger, happening: Happening) -> None:
    """Add one event to `ledger` in place. :raises NotNow: as `replay` does; nothing is changed."""
    kind, at = happening.kind, happening.at
    if (ledger.last_event_at is None) != (kind is Kind.RAISED):
        raise NotNow(gettext("A request begins by being raised, once."))
    if ledger.last_event_at is not None:
        check_allowed(kind, ledger.state)
        if at < ledger.last_event_at:
            raise NotNow(gettext("An event cannot lie before the one it follows."))
    before = _turn(ledger) if ledger.visits else None
    ledger.told += 1
    if kind in CHANGES:
        CHANGES[kind](ledger, happening)
    ledger.last_event_at = at
    if kind not in INNER and not happening.data.get("unsaid"):
        ledger.last_public_at = at
    ledger.version += kind not in TALK
    ledger.turn_side = _turn_side(ledger)
    if before != _turn(ledger):
        ledger.turn_since = at


def _turn_side(ledger: Ledger) -> Side:
    if ledger.state in ENDED:
        return Side.NOBODY
    if ledger.state is State.DONE:
        return Side.ASKING
    pause = ledger.open_pause
    if pause is None:
        return Side.PROVIDING
    return Side.ASKING if pause.waiting_on == WaitingOn.REQUESTER else Side.THIRD_PARTY


def _turn(ledger: Ledger) -> tuple[Side, int, int | None]:
    return ledger.turn_side, ledger.visit.team_id, ledger.visit.holder_id
