"""To whom a request goes: its team's queue, a person, in turn, by load, or who had it before.

Nobody answers their own question, and nothing goes to somebody who has left, or is in the team no
longer.
"""

from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from app.catalogue.offered import Offered
from app.catalogue.rules import Routing
from app.people.absences import away_among, is_away
from app.people.models import Membership, Person, Team
from app.people.queries import teams_of
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.record.recording import Turning
from app.requests.rules import MOVING


def can_have(person: Person, request: Request, *, team_id: int) -> bool:
    """Say whether somebody of a team can be given a request that the team has, or is to have."""
    here = person.is_active and team_id in teams_of(person)
    return here and person.id != request.requester_id


def who_is_there(
    session: Session, meant: int | None, *, team_id: int, asker_id: int, on: date
) -> int | None:
    """Return the id of `meant`, or of who stands in for them on that day; None for the queue."""
    if meant is None:
        return None
    away = away_among(session, [meant], on=on).get(meant)
    wanted = [away.substitute_id, meant] if away else [meant]
    there = set(session.scalars(_of_team(team_id, asker_id).where(Person.id.in_(wanted))))
    return next((person_id for person_id in wanted if person_id in there), None)


def holder_again(turning: Turning, meant: int | None, *, team_id: int) -> int | None:
    """Return who gets what comes back to `meant` in this team, as `who_is_there` does."""
    on = turning.session.get_one(Team, team_id).calendar.wall.day_of(turning.at)
    asker_id = turning.request.requester_id
    return who_is_there(turning.session, meant, team_id=team_id, asker_id=asker_id, on=on)


def first_holder(
    session: Session, offered: Offered, *, team_id: int, asker: Person, on: date
) -> int | None:
    """Return the id of who of a team gets the next request of `offered`, None for the queue.

    Who is away on that day leaves it to who stands in for them.
    """
    if offered.routing == Routing.QUEUE:
        return None
    there = _of_team(team_id, asker.id).where(~is_away(on))
    if offered.routing == Routing.PERSON:
        away = away_among(session, [offered.routed_to_id], on=on).get(offered.routed_to_id or 0)
        meant = away.substitute_id if away else offered.routed_to_id
        return session.scalar(there.where(Person.id == meant))
    if offered.routing == Routing.ROUND_ROBIN:
        # The end of one stretch of an index for each member, however much they have carried.
        last = (
            select(StageVisit.entered_at)
            .where(StageVisit.holder_id == Person.id, StageVisit.team_id == team_id)
            .order_by(StageVisit.entered_at.desc())
            .limit(1)
            .scalar_subquery()
        )
        return session.scalar(there.order_by(last.is_not(None), last, Person.id).limit(1))
    load = (
        select(func.count())
        .where(Request.holder_id == Person.id, Request.state.in_(MOVING))
        .scalar_subquery()
    )
    return session.scalar(there.order_by(load, Person.id).limit(1))


def _of_team(team_id: int, asker_id: int) -> Select[int]:
    member = exists().where(Membership.person_id == Person.id, Membership.team_id == team_id)
    return select(Person.id).where(member, Person.is_active, Person.id != asker_id)
