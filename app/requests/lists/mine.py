"""The lists of one person: what waits on them, what they asked for, who thanked them."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from app.people.absences import whom_stands_in_for
from app.people.models import Person
from app.people.queries import teams_of
from app.requests.intervals import StageVisit
from app.requests.lists.lines import Line, expected_by, is_moving, lines_visible_to, read_lines
from app.requests.models import Event, Request
from app.requests.queries import visibility
from app.requests.rules import OPEN, Kind, Side, State
from app.worktime.days import local_day

next_due = case(
    (
        and_(Request.first_response_at.is_(None), Request.respond_by.is_not(None)),
        Request.respond_by,
    ),
    else_=expected_by(),
)


def waiting_on(session: Session, person: Person, *, at: datetime, limit: int) -> list[Line]:
    """Return what waits on `person`: theirs to do, to answer or to confirm; late and oldest first.

    What somebody holds for whom they stand in today waits on them, too. One more than `limit` is
    returned when there are more.
    """
    today = local_day(person.zone_at(at), at)
    mine = or_(
        and_(
            or_(
                Request.holder_id == person.id,
                and_(
                    Request.holder_id.in_(whom_stands_in_for(person, on=today)),
                    Request.team_id.in_(teams_of(person)),
                    Request.requester_id != person.id,
                ),
            ),
            is_moving(),
            has_arrived(at),
        ),
        and_(
            Request.requester_id == person.id,
            Request.turn_side == Side.ASKING,
            Request.ended_at.is_(None),
            Request.state.in_((State.WAITING, State.DONE)),
        ),
    )
    is_late = and_(Request.turn_side == Side.PROVIDING, next_due < at)
    chosen = (
        lines_visible_to(person)
        .where(mine)
        .order_by(case((is_late, 0), else_=1), Request.turn_since, Request.id)
        .limit(limit + 1)
    )
    return read_lines(session, chosen, viewer=person, at=at)


def has_arrived(at: datetime) -> ColumnElement[bool]:
    """Return the condition that the last handoff can no longer be taken back at `at`."""
    return or_(Request.released_at.is_(None), Request.released_at <= at)


def asked_by(
    session: Session,
    person: Person,
    *,
    at: datetime,
    limit: int,
    open_only: bool = False,
    before: tuple[datetime, int] | None = None,
) -> list[Line]:
    """Return what `person` raised, newest first; `before` is the (raised_at, id) of the last line.

    `open_only` leaves out what has ended and what waits on the person. One more than `limit` is
    returned when there are more.
    """
    chosen = lines_visible_to(person).where(Request.requester_id == person.id)
    if open_only:
        chosen = chosen.where(
            Request.ended_at.is_(None), Request.state.in_(OPEN), Request.turn_side != Side.ASKING
        )
    if before:
        raised_at, last_id = before
        chosen = chosen.where(
            or_(
                Request.raised_at < raised_at,
                and_(Request.raised_at == raised_at, Request.id < last_id),
            )
        )
    chosen = chosen.order_by(Request.raised_at.desc(), Request.id.desc()).limit(limit + 1)
    return read_lines(session, chosen, viewer=person, at=at)


def thanks_to(
    session: Session, person: Person, *, since: datetime, limit: int
) -> list[tuple[Event, str]]:
    """Return the latest thanks, with the title of the request, for what `person` carried a leg of.

    Thanks to one person reach that person alone.

    The newest come first.
    """
    carried = exists().where(
        StageVisit.request_id == Event.request_id, StageVisit.holder_id == person.id
    )
    to = Event.data["to"].as_integer()
    chosen = (
        select(Event, Request.title)
        .join(Request, Request.id == Event.request_id)
        .where(
            Event.kind == Kind.THANKED,
            Event.at >= since,
            carried,
            Event.actor_id != person.id,
            or_(to.is_(None), to == person.id),
            visibility(person),
        )
        .options(joinedload(Event.actor).load_only(Person.name), joinedload(Event.message))
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(chosen)]
