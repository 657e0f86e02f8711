"""What changes about how somebody comes in: written down, and told to them by mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.administration.journal import note_own
from app.notices.door_letters import write_change_letter
from app.people.accounts import Move
from app.people.models import Person
from app.people.rules import DoorChange


@dataclass(frozen=True)
class Changed:
    """Who did it (None: somebody at the command line), when (UTC), and where Baton is reached.

    `url` is None where no mail leaves this installation.
    """

    by: Person | None
    at: datetime
    url: str | None


def door_changed(
    session: Session, person: Person, change: DoorChange, changed: Changed, *, what: str = ""
) -> None:
    """Write a change down and tell the person; `what` names the passkey, token or account."""
    after: dict[str, Any] = {"name": what} if what else {}
    note_own(session, person, change, by=changed.by, at=changed.at, after=after)
    tell_person(session, person, change, changed, what=what, to=person.email)


def tell_person(
    session: Session, person: Person, change: DoorChange, changed: Changed, *, what: str, to: str
) -> None:
    """Write the letter to `to`, for changes that a person should know of at once."""
    if changed.url is not None and change.is_told:
        write_change_letter(session, person, change, what, to=to, url=changed.url, at=changed.at)


def note_places(session: Session, person: Person, moves: Iterable[Move], *, at: datetime) -> None:
    """Write down what somebody's groups at the provider changed about their places in teams."""
    for move in moves:
        if move.after is None:
            act, after = "taken out by a group", {}
            before = {"team": move.team, "role": move.before}
        else:
            act, after = "placed by a group", {"team": move.team, "role": move.after}
            before = {"role": move.before} if move.before else {}
        note_own(session, person, act, by=person, at=at, before=before, after=after)
