"""What one person asked for, and where it goes on when it was merged into another request."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import Integer, Select, and_, bindparam, case, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app.db import Moment, among
from app.people.models import Person
from app.requests.intervals import Link
from app.requests.lists.lines import Line, read_rows, visible_lines
from app.requests.models import Request
from app.requests.queries import VIEWER, visible_for
from app.requests.rules import OPEN, LinkKind, Side

NEWEST_FIRST: Final = (Request.raised_at.desc(), Request.id.desc())
MERGED: Final = 50  # of one person, the newest, are looked at for some that are open still


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

    `open_only` leaves out what has ended and what waits on the person; what was merged has ended
    with the one it goes on in. One more than `limit` is returned when there are more.
    """
    chosen = _open(limit + 1) if open_only else _asked(limit + 1, goes_on=before is not None)
    moment, last_id = before or (None, None)
    rows = read_rows(session, chosen, viewer=person, at=at, moment=moment, last_id=last_id)
    return [replace(line, goes_on=(into, state)) if into else line for line, (into, state) in rows]


@cache
def _asked(limit: int, *, goes_on: bool) -> Select[Any]:
    chosen = _lines().where(Request.requester_id == VIEWER)
    if goes_on:
        moment = bindparam("moment", type_=Moment())
        last_id = bindparam("last_id", type_=Integer)
        same = and_(Request.raised_at == moment, Request.id < last_id)
        chosen = chosen.where(or_(Request.raised_at < moment, same))
    return chosen.order_by(*NEWEST_FIRST).limit(limit)


@cache
def _open(limit: int) -> Select[Any]:
    """Select the open lines: a few of each kind are chosen first, each by its own index."""
    theirs: Any = select(Request.id).where(Request.requester_id == VIEWER).order_by(*NEWEST_FIRST)
    open_still = theirs.where(
        Request.ended_at.is_(None), among(Request.state, OPEN), Request.turn_side != Side.ASKING
    )
    merged = theirs.where(Request.merged_into_id.is_not(None)).limit(MERGED).subquery()
    end = aliased(Request)
    going_on = select(merged.c.id).where(
        _ends_in(end, merged.c.id).where(end.ended_at.is_(None)).exists()
    )
    first = open_still.limit(limit).subquery()
    few = union_all(select(first.c.id), going_on).subquery()
    return _lines().join(few, few.c.id == Request.id).order_by(*NEWEST_FIRST).limit(limit)


def _lines() -> Select[Any]:
    """Select lines, each with where it goes on (id and state) when it was merged."""
    end = aliased(Request)
    found = _ends_in(end, Request.id).correlate(Request).limit(1)
    merged = Request.merged_into_id.is_not(None)
    columns = [
        case((merged, found.with_only_columns(column).scalar_subquery()))
        for column in (end.id, end.state)
    ]
    return visible_lines().add_columns(*columns)


def _ends_in(end: type[Request], request_id: Any) -> Select[Any]:
    """Select the last in the line of what the request was merged into, as far as it may be seen."""
    return (
        select(end.id)
        .join(Link, Link.request_id == end.id)
        .where(
            Link.to_id == request_id,
            Link.kind == LinkKind.ABSORBED,
            end.merged_into_id.is_(None),
            visible_for(VIEWER, end),
        )
    )
