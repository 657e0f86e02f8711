"""Who may do what: one right per act (`may_…`).

A right depends on the relation of a person to this one request, never on rank.
"""

from dataclasses import dataclass
from typing import Protocol

from app.requests.rules import Kind, Side

# What only the providing side reads: who is asking learns that work goes on, not its inner steps.
INNER = frozenset(
    {
        Kind.NOTE,
        Kind.REMARK_ANSWERED,
        Kind.REMARK_SETTLED,
        Kind.CHANGES_ANSWERED,
        Kind.VERSION_MADE,
        Kind.STEPPED_ASIDE,
        Kind.REMINDED,
        Kind.TICKED,
        Kind.UNSAID,
    }
)


@dataclass(frozen=True)
class Relation:
    """What a person is to one request.

    `raised_it` wins over membership: who asked stays on the asking side even when they belong to
    the providing team. `providing` means a member of the team that has it now; `carried` that a
    team of theirs had it earlier; `joined` that a team of theirs asks, also by a request that was
    merged into this one; `decides` that they are asked to agree and have not answered.
    """

    sees: bool = False
    raised_it: bool = False
    asking: bool = False
    joined: bool = False
    providing: bool = False
    carried: bool = False
    leads: bool = False
    holds: bool = False
    decides: bool = False

    @property
    def side(self) -> Side:
        """The side this person speaks for."""
        return side_of(
            raised_it=self.raised_it,
            provides=self.providing or self.carried,
            asks=self.asking or self.joined,
        )


class Stood(Protocol):
    """What of a request says how somebody stands to it."""

    @property
    def requester_id(self) -> int: ...
    @property
    def asking_team_id(self) -> int: ...
    @property
    def team_id(self) -> int: ...
    @property
    def holder_id(self) -> int | None: ...
    @property
    def visibility(self) -> str: ...


def side_of(*, raised_it: bool, provides: bool, asks: bool) -> Side:
    """Return the side of somebody who raised it, or whose teams provide it or ask for it."""
    if raised_it:
        return Side.ASKING
    if provides:
        return Side.PROVIDING
    return Side.ASKING if asks else Side.NOBODY


def may_see(relation: Relation) -> bool:
    """What happens to a request because of an act on another one."""
    return relation.sees


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


def may_decide(relation: Relation) -> bool:
    """Agreeing is for the very person who was asked."""
    return relation.decides


def may_rate(relation: Relation) -> bool:
    """How it was is for who asked to say, not for somebody in their place."""
    return relation.raised_it
