"""How each act of looking after the organisation is written down, in its own transaction."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.administration.models import AdminEvent
from app.people.models import Department, Person, Team
from app.worktime.models import Calendar

SUBJECTS = {Person: "person", Team: "team", Department: "department", Calendar: "calendar"}


class DoneBefore(RuntimeError):
    """A form that came in twice; the first one was acted on."""


@dataclass(frozen=True)
class Deed:
    """Who acts, when (UTC), and with which form key."""

    by: Person
    at: datetime
    key: str


def begin(session: Session, deed: Deed) -> None:
    """Put those who look after the organisation in line: one such act at a time.

    They are rare, and rules such as "never the last admin" and "a name stands once" then hold
    without more locks. What was read before is read again after it, where it matters.

    :raises DoneBefore: when the form was acted on.
    """
    lock = select(Person.id).where(or_(Person.is_admin, Person.id == deed.by.id))
    session.execute(lock.order_by(Person.id).with_for_update(key_share=True)).all()
    used = select(AdminEvent.id).where(AdminEvent.by_id == deed.by.id, AdminEvent.key == deed.key)
    if session.scalar(used) is not None:
        raise DoneBefore


def note(
    session: Session,
    deed: Deed,
    act: str,
    subject: Person | Team | Department | Calendar,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write down `act` on `subject`; of `before` and `after` only what differs is kept."""
    _write(session, deed.by, deed.at, deed.key, act, subject, before or {}, after or {})


def note_own(
    session: Session,
    person: Person,
    act: str,
    *,
    by: Person | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write down what somebody changed about themselves, or (`by` None) the command line did.

    Nobody waits in line for that, and no form key is needed: each of these acts is done once.
    """
    key = f"own {secrets.token_urlsafe(18)}"
    _write(session, by, at, key, act, person, before or {}, after or {})


def _write(
    session: Session,
    by: Person | None,
    at: datetime,
    key: str,
    act: str,
    subject: Person | Team | Department | Calendar,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    session.flush()
    old, new = dict(before), dict(after)
    same = [part for part in old.keys() & new.keys() if old[part] == new[part]]
    for part in same:
        del old[part], new[part]
    session.add(
        AdminEvent(
            at=at,
            by_id=by.id if by else None,
            key=key,
            act=act,
            subject=SUBJECTS[type(subject)],
            subject_id=subject.id,
            name=subject.name,
            before=old,
            after=new,
        )
    )
