"""The lists of one person: what waits on them, and who thanked them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    case,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.db import Moment, among, rows_of
from app.people.absences import whom_stands_in_for
from app.people.models import Person
from app.people.names import Named
from app.requests.intervals import Thanked
from app.requests.lists.conditions import AT, Instant, is_moving
from app.requests.lists.lines import Line, read_lines, visible_lines
from app.requests.lists.orders import ASKING, next_due
from app.requests.models import Event, Message, Request
from app.requests.queries import VIEWER, VIEWERS_TEAMS, VISIBLE
from app.requests.rules import Side, State
from app.worktime.days import local_day


def waiting_on(session: Session, person: Person, *, at: datetime, limit: int) -> list[Line]:
    """Return what waits on `person`: theirs to do, to answer, to agree to or to confirm.

    The late come first, then the oldest. What somebody holds for whom they stand in today waits on
    them, too. One more than `limit` is returned when there are more.
    """
    today = local_day(person.zone_at(at), at)
    return read_lines(session, _waiting(limit + 1), viewer=person, at=at, today=today)


@cache
def _waiting(limit: int) -> Select[Any]:
    stands_in_for = whom_stands_in_for(VIEWER, on=bindparam("today", type_=Date))
    held = select(Request.id).where(
        Request.holder_id.in_(union_all(select(VIEWER), stands_in_for)),
        or_(
            Request.holder_id == VIEWER,
            and_(Request.team_id.in_(VIEWERS_TEAMS), Request.requester_id != VIEWER),
        ),
        is_moving(),
        has_arrived(AT),
    )
    asked_back = select(Request.id).where(
        Request.requester_id == VIEWER,
        Request.turn_side == ASKING,
        Request.ended_at.is_(None),
        among(Request.state, (State.WAITING, State.DONE)),
    )
    asked_to_agree = select(Request.id).where(
        Request.asked_id == VIEWER, Request.turn_side == Side.THIRD_PARTY
    )
    # Each by its own index; nothing is in two, because the turn is on one side.
    theirs = union_all(held, asked_back, asked_to_agree).subquery()
    is_late = and_(Request.turn_side == Side.PROVIDING, next_due < AT)
    return (
        visible_lines()
        .join(theirs, theirs.c.id == Request.id)
        .order_by(case((is_late, 0), else_=1), Request.turn_since, Request.id)
        .limit(limit)
    )


def has_arrived(at: Instant) -> ColumnElement[bool]:
    """Return the condition that the last handoff can no longer be taken back at `at`."""
    return or_(Request.released_at.is_(None), Request.released_at <= at)


@dataclass(frozen=True)
class Thanks:
    """A word of thanks: from whom (None: they are gone), when (UTC), for which request."""

    giver: Named | None
    at: datetime
    request_id: int
    title: str
    words: str | None


def thanks_to(session: Session, person: Person, *, since: datetime, limit: int) -> list[Thanks]:
    """Return the latest thanks for what `person` carried a leg of, the newest first.

    They reach who carried it when they were said, or whom they name.
    """
    rows = rows_of(session, _thanks(limit), {"viewer": person.id, "since": since})
    return [Thanks(Named(row[0], row[1]) if row[0] else None, *row[2:]) for row in rows]


@cache
def _thanks(limit: int) -> Select[int, str, datetime, int, str, str]:
    said = and_(Event.request_id == Thanked.request_id, Event.seq == Thanked.event_seq)
    return (
        select(Person.id, Person.name, Event.at, Event.request_id, Request.title, Message.body)
        .select_from(Thanked)
        .join(Event, said)
        .join(Request, Request.id == Thanked.request_id)
        .outerjoin(Person, Person.id == Event.actor_id)
        .outerjoin(Message, Message.id == Event.message_id)
        .where(
            Thanked.person_id == VIEWER,
            Thanked.at >= bindparam("since", type_=Moment()),
            VISIBLE,
        )
        .order_by(Thanked.at.desc(), Thanked.id.desc())
        .limit(limit)
    )
