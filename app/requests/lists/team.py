"""What a team has: its queue in four views, and what nobody has picked up yet."""

from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, literal, select, union_all
from sqlalchemy.orm import Session

from app.db import among, rows_of
from app.people.models import Person
from app.requests.lists.conditions import AT, is_late_and_silent
from app.requests.lists.lines import Line, read_rows, visible_lines
from app.requests.lists.orders import promised_for
from app.requests.lists.views import VIEWS, Place, View, beyond, ordered, stands_in
from app.requests.models import Request
from app.requests.queries import VISIBLE
from app.requests.rules import OPEN, State

TEAM: Final = bindparam("team_id", type_=Integer)
STANDING, SILENT = range(2)  # why a line is on the page of a queue


class Queue(NamedTuple):
    """Lines of a queue, the place to go on from (None at its end), and what is late and silent."""

    lines: list[Line]
    place: Place | None
    silent: list[Line]


def queue(
    session: Session,
    person: Person,
    team_id: int,
    *,
    view: str,
    at: datetime,
    limit: int,
    after: Place | None = None,
    silent: int = 0,
) -> Queue:
    """Return `limit` lines of the team's `view` (a key of VIEWS).

    With `silent`, what is past its promise without a word comes along, the longest first: so many
    of them, and one more when there are more.
    """
    values: dict[str, Any] = {"team_id": team_id}
    if after:
        values |= {"rank": after.rank, "moment": after.moment, "last_id": after.request_id}
    chosen = _in_queue(view, limit + 1, goes_on=after is not None, silent=silent and silent + 1)
    rows = read_rows(session, chosen, viewer=person, at=at, **values)
    standing = [row for row in rows if row[1][0] == STANDING]
    late = [line for line, added in rows if added[0] == SILENT]
    lines = [line for line, _ in standing[:limit]]
    if len(standing) <= limit:
        return Queue(lines, None, late)
    last, (_, rank, moment) = standing[limit - 1]
    return Queue(lines, Place(rank, moment, last.request.id), late)


@cache
def _in_queue(view: str, limit: int, *, goes_on: bool, silent: int) -> Select[Any]:
    """Select the lines: the few that are shown are chosen first, their names come afterwards."""
    shown = VIEWS[view]
    few = _standing(shown, limit, goes_on=goes_on).subquery()
    if silent:
        few = union_all(select(few), select(_silent(silent).subquery())).subquery()
    return (
        visible_lines()
        .add_columns(few.c.part, few.c.rank, few.c.moment)
        .join(few, few.c.id == Request.id)
        .order_by(few.c.part, *ordered(shown, few.c.rank, few.c.moment))
    )


def _standing(view: View, limit: int, *, goes_on: bool) -> Select[Any]:
    rank = literal(0) if view.rank is None else view.rank
    part = literal(STANDING).label("part")
    chosen = (
        select(Request.id, part, rank.label("rank"), view.moment.label("moment"))
        .where(VISIBLE, Request.team_id == TEAM, stands_in(view))
        .order_by(*ordered(view, view.rank, view.moment))
        .limit(limit)
    )
    return chosen.where(beyond(view)) if goes_on else chosen


def _silent(limit: int) -> Select[Any]:
    part, rank = literal(SILENT).label("part"), literal(0).label("rank")
    late: Any = select(Request.id, part, rank, promised_for.label("moment"))
    return (
        late.where(VISIBLE, Request.team_id == TEAM, is_late_and_silent(AT))
        .order_by(promised_for, Request.id)
        .limit(limit)
    )


def queue_counts(session: Session, person: Person, team_id: int) -> dict[str, int]:
    """Return how many stand in each view of a queue; the ended ones are too many to count."""
    counted = rows_of(session, _counted(), {"viewer": person.id, "team_id": team_id})
    by_state = {row[0]: row[1] for row in counted}
    return {
        key: sum(by_state.get(state, 0) for state in view.states)
        for key, view in VIEWS.items()
        if key != "ended"
    }


@cache
def _counted() -> Select[str, int]:
    states = OPEN | {State.DONE}
    return (
        select(Request.state, func.count())
        .where(VISIBLE, Request.team_id == TEAM, among(Request.state, states))
        .group_by(Request.state)
    )
