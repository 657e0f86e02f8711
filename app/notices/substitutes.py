"""What cannot wait reaches, beside somebody who is away, who stands in for them; and says so."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.notices.models import Notice
from app.notices.rules import Reason
from app.people.absences import day_of_absence, stand_in_for
from app.people.models import Absence, Person
from app.requests.models import Event

URGENT: Final = frozenset({Reason.MENTION, Reason.TURN, Reason.QUESTION, Reason.REMINDER})


def add_substitutes(session: Session, meant: dict[int, tuple[int, Reason]], event: Event) -> None:
    """Add to `meant` (place and reason by person) who stands in for those who are away."""
    urgent = {person for person, (_, reason) in meant.items() if reason in URGENT}
    if not urgent:
        return
    for person, other in stand_in_for(session, urgent, at=event.at):
        if other != event.actor_id:
            meant.setdefault(other, meant[person])


def stood_in_for(session: Session, person: Person, notices: Sequence[Notice]) -> dict[int, Person]:
    """Return, by the id of a notice, in whose place `person` is told."""
    asked = {n.event_id: n for n in notices if n.reason in URGENT and not _is_own(n, person)}
    if not asked:
        return {}
    rows = session.execute(
        select(Notice.event_id, Notice.reason, Absence)
        .join(Absence, Absence.person_id == Notice.person_id)
        .where(Notice.event_id.in_(asked), Absence.substitute_id == person.id)
        .options(joinedload(Absence.person))
        .order_by(Absence.id)
    )
    return {
        asked[event_id].id: absence.person
        for event_id, reason, absence in rows
        if reason == asked[event_id].reason and _holds(absence, asked[event_id])
    }


def _is_own(notice: Notice, person: Person) -> bool:
    """Say whether it names the very person who is told."""
    data = notice.event.data
    return person.id in (data.get("holder"), *data.get("mentions", ()))


def _holds(absence: Absence, notice: Notice) -> bool:
    return absence.first_day <= day_of_absence(absence.person, notice.at) <= absence.last_day
