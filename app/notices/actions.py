"""Reading notices, and saying how one wants them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.notices.models import Notice, QuietHours, Wish
from app.notices.rules import USUAL, How, Reason
from app.people.models import Membership, Person
from app.requests.attention import Seen, Watch
from app.requests.models import Event, Request
from app.rows import put


def see_request(session: Session, person: Person, request: Request, *, at: datetime) -> None:
    """Remember up to when `person` has seen a request; its notices are read then."""
    put(session, Seen, {"person_id": person.id, "request_id": request.id}, at=at)
    _read(session, person, at, Notice.request_id == request.id)


def read_all(session: Session, person: Person, *, up_to: int, at: datetime) -> None:
    """Call every notice read up to the one with the id `up_to`."""
    _read(session, person, at, Notice.id <= up_to)


def saw(session: Session, request: Request, events: Sequence[Event]) -> None:
    """Whoever acts on a request has seen it; an observer of every act."""
    if events[-1].actor_id is not None:
        keys = {"person_id": events[-1].actor_id, "request_id": request.id}
        put(session, Seen, keys, at=events[-1].at)


def _read(session: Session, person: Person, at: datetime, which: object) -> None:
    session.execute(
        update(Notice)
        .where(
            Notice.person_id == person.id,
            Notice.read_at.is_(None),
            Notice.ready_at <= at,
            which,  # type: ignore[arg-type]
        )
        .values(read_at=at)
    )


def wish(session: Session, person: Person, wishes: Mapping[Reason, How]) -> None:
    """Say how one wants to hear of the reasons in `wishes`; the usual way is not stored."""
    for reason, how in wishes.items():
        known = session.get(Wish, (person.id, reason))
        if how is USUAL[reason]:
            if known:
                session.delete(known)
        elif known:
            known.how = how
        else:
            session.add(Wish(person_id=person.id, reason=reason, how=how))


def wish_weeks(session: Session, person: Person, *, wanted: bool) -> None:
    """Say whether one wants the week of the teams one leads by mail."""
    session.execute(
        update(Membership).where(Membership.person_id == person.id).values(weekly=wanted)
    )


def keep_quiet(session: Session, person: Person, *, starts: time, ends: time) -> None:
    """Choose the hours in which nothing is sent; equal ends mean none."""
    hours = session.get(QuietHours, person.id)
    if hours is None:
        session.add(QuietHours(person_id=person.id, starts=starts, ends=ends))
    else:
        hours.starts, hours.ends = starts, ends


def watch(session: Session, person: Person, request: Request, *, at: datetime) -> None:
    """Follow a request."""
    if session.get(Watch, (request.id, person.id)) is None:
        session.add(Watch(request_id=request.id, person_id=person.id, since=at))


def unwatch(session: Session, person: Person, request: Request) -> None:
    """Follow it no longer."""
    if known := session.get(Watch, (request.id, person.id)):
        session.delete(known)
