"""Who is told what, why, and when: pure rules.

A notice follows from an event. Nobody is told of their own act, and of one act each person is told
once, for the strongest reason. Only a turn, a mention and a question are told at once; everything
else waits for the start of the working day, unless somebody wants it otherwise.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.requests.rules import Kind, Side


class Reason(StrEnum):
    """Why somebody is told, the strongest first."""

    MENTION = "mention"
    TURN = "turn"
    QUESTION = "question"
    TAKEN_OVER = "taken over"
    LEAD = "lead"
    REMINDER = "reminder"
    THANKS = "thanks"
    FEEDBACK = "feedback"
    ENDED = "ended"
    MOVED = "moved"
    NEW = "new"
    MESSAGE = "message"
    WATCHING = "watching"


class How(StrEnum):
    """How somebody wants to be told of a reason, beside the page of notices."""

    AT_ONCE = "at once"
    DIGEST = "digest"
    NEVER = "never"


STRENGTH = {reason: place for place, reason in enumerate(Reason)}
USUAL = dict.fromkeys(Reason, How.DIGEST) | {
    Reason.MENTION: How.AT_ONCE,
    Reason.TURN: How.AT_ONCE,
    Reason.QUESTION: How.AT_ONCE,
}


@dataclass(frozen=True)
class Around:
    """The people around a request as an act left it, by id."""

    requester: int
    holder: int | None
    instead: Collection[int] = ()  # of the requester, once they are gone
    team: Collection[int] = ()
    leads: Collection[int] = ()
    carriers: Collection[int] = ()
    watchers: Collection[int] = ()
    reopenings: int = 0

    @property
    def asked(self) -> Collection[int]:
        """Who asked, or who asked with them and has the last word when they are gone."""
        return self.instead or [self.requester]

    @property
    def hands(self) -> Collection[int]:
        """Who has it: the holder, else those who look after the team."""
        return [self.holder] if self.holder else self.leads or self.team

    @property
    def turn(self) -> tuple[Collection[int], Reason]:
        """Whose turn it becomes: the holder's; what nobody holds is news for who may take it."""
        if self.holder:
            return [self.holder], Reason.TURN
        return [person for person in self.team if person != self.requester], Reason.NEW


@dataclass(frozen=True)
class Told:
    """One event, as far as it matters to whom it is told."""

    kind: Kind
    side: Side
    data: Mapping[str, Any] = field(default_factory=dict)


def recipients(
    events: Sequence[Told], around: Around, *, actor: int | None
) -> dict[int, tuple[int, Reason]]:
    """Return for each person the place of the event in `events` and the reason they are told."""
    found: dict[int, tuple[int, Reason]] = {}
    for place, event in enumerate(events):
        for people, reason in _by_event(event, around):
            for person in people:
                known = found.get(person)
                if known is None or STRENGTH[reason] < STRENGTH[known[1]]:
                    found[person] = (place, reason)
    found.pop(actor, None) if actor is not None else None
    return found


def _by_event(event: Told, around: Around) -> list[tuple[Collection[int], Reason]]:
    kind, data = event.kind, event.data
    mentioned = [(data.get("mentions", ()), Reason.MENTION)]
    if kind is Kind.MESSAGE:
        hands = around.hands if event.side is Side.ASKING else ()
        meant = [(people, Reason.MESSAGE) for people in (hands, around.asked)]
        return [*mentioned, *meant, (around.watchers, Reason.WATCHING)]
    if kind is Kind.NOTE:
        return [*mentioned, (around.watchers, Reason.WATCHING)]
    if kind is Kind.REMINDED:
        return [] if data.get("untold") else _reminded(data["what"], around)
    again = kind is Kind.REOPENED and around.reopenings > 1
    watched = [] if kind in QUIET else [(around.watchers, Reason.WATCHING)]
    return [*_moved(kind, data, around), (around.leads if again else (), Reason.LEAD), *watched]


QUIET = frozenset({Kind.TICKED, Kind.RATED, Kind.UNSAID, Kind.VERSION_MADE, Kind.REMARK_SETTLED})


# Who is told of a move: people around the request, or a name in the event's data; the turn of
# those who have it ("turn") brings its own reason along.
MOVES: Mapping[Kind, Sequence[tuple[str, Reason]]] = {
    Kind.CLAIMED: [("asked", Reason.MOVED)],
    Kind.STARTED: [("asked", Reason.MOVED)],
    Kind.GIVEN: [("turn", Reason.TURN), ("from", Reason.TAKEN_OVER)],
    Kind.TAKEN_OVER: [("from", Reason.TAKEN_OVER)],
    Kind.STEPPED_ASIDE: [("turn", Reason.TURN)],
    Kind.RESUMED: [("turn", Reason.TURN)],
    Kind.HANDED: [("turn", Reason.TURN), ("asked", Reason.MOVED)],
    Kind.DECLINED: [("asked", Reason.ENDED)],
    Kind.WITHDRAWN: [("hands", Reason.ENDED), ("asked", Reason.ENDED)],
    Kind.MERGED: [("asked", Reason.ENDED)],
    Kind.DONE: [("asked", Reason.TURN)],
    Kind.CONFIRMED: [("carriers", Reason.ENDED), ("asked", Reason.ENDED)],
    Kind.REOPENED: [("turn", Reason.TURN), ("asked", Reason.MOVED)],
    Kind.SAID_WHEN: [("asked", Reason.MOVED)],
    Kind.APPROVAL_ASKED: [("holder", Reason.QUESTION)],
    Kind.DECIDED: [("asked_by", Reason.TURN)],
    Kind.RATED: [("carriers", Reason.FEEDBACK)],
    Kind.REMARK_ANSWERED: [("writer", Reason.FEEDBACK)],
    Kind.CHANGES_ANSWERED: [("maker", Reason.FEEDBACK)],
}


def _moved(
    kind: Kind, data: Mapping[str, Any], around: Around
) -> list[tuple[Collection[int], Reason]]:
    if kind is Kind.RAISED:
        return [around.turn]
    if kind is Kind.THANKED:
        return [(_one(data, "to") or around.carriers, Reason.THANKS)]
    if kind is Kind.PAUSED and data.get("waiting_on") == "requester":
        return [(around.asked, Reason.QUESTION)]
    groups = {"asked": around.asked, "hands": around.hands, "carriers": around.carriers}
    return [
        around.turn if who == "turn" else (groups.get(who) or _one(data, who), why)
        for who, why in MOVES.get(kind, ())
    ]


def _reminded(what: str, around: Around) -> list[tuple[Collection[int], Reason]]:
    if what.startswith("answer wanted"):
        return [(around.asked, Reason.QUESTION)]
    if what.startswith("confirm soon"):
        return [(around.asked, Reason.REMINDER)]
    if what.startswith("how was it"):
        return [([around.requester], Reason.REMINDER)]
    told: list[tuple[Collection[int], Reason]] = [(around.hands, Reason.REMINDER)]
    late = what.startswith(("answer due", "late")) and not what.startswith("late soon")
    return [*told, (around.leads, Reason.LEAD)] if late else told


def _one(data: Mapping[str, Any], key: str) -> Collection[int]:
    person = data.get(key)
    return [person] if person else []
