"""To whom a new request of a type goes: its team's queue, a person, in turn, or by load."""

from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from app.catalogue.offered import Offered
from app.catalogue.rules import Routing
from app.people.absences import away_among, is_away
from app.people.models import Membership, Person
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.rules import MOVING


def first_holder(session: Session, offered: Offered, *, asker: Person, on: date) -> int | None:
    """Return the id of who gets the next request of `offered`, None for the queue.

    Nobody answers their own question; who is away on that day leaves it to who stands in for
    them, and a person who has left, or is in the team no longer, to the queue.
    """
    if offered.routing == Routing.QUEUE:
        return None
    there = _at_work(offered.team_id, asker, on)
    if offered.routing == Routing.PERSON:
        away = away_among(session, [offered.routed_to_id], on=on).get(offered.routed_to_id or 0)
        meant = away.substitute_id if away else offered.routed_to_id
        return session.scalar(there.where(Person.id == meant))
    if offered.routing == Routing.ROUND_ROBIN:
        last = (
            select(func.max(StageVisit.entered_at))
            .where(StageVisit.holder_id == Person.id, StageVisit.team_id == offered.team_id)
            .scalar_subquery()
        )
        return session.scalar(there.order_by(last.is_not(None), last, Person.id).limit(1))
    load = (
        select(func.count())
        .where(Request.holder_id == Person.id, Request.state.in_(MOVING))
        .scalar_subquery()
    )
    return session.scalar(there.order_by(load, Person.id).limit(1))


def _at_work(team_id: int, asker: Person, on: date) -> Select[int]:
    member = exists().where(Membership.person_id == Person.id, Membership.team_id == team_id)
    return select(Person.id).where(member, Person.is_active, Person.id != asker.id, ~is_away(on))
