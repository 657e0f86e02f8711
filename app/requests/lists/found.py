"""What a search finds, through the same gate as every list, newest first."""

from sqlalchemy import (
    ColumnElement,
    Subquery,
    exists,
    false,
    func,
    select,
    union,
)
from sqlalchemy.orm import Session

from app.requests.intervals import StageVisit
from app.requests.lists.conditions import is_open_visit
from app.requests.lists.filters import MANY, Search, columns_of, conditions, key_in_order, not_ended
from app.requests.lists.lines import Line, read_lines, visible_lines
from app.requests.models import Request
from app.requests.search.index import matching
from app.requests.search.wanted import Wanted


def found(session: Session, search: Search) -> list[Line]:
    """Return what somebody may see of what is wanted, newest first; one more when there are more.

    A filter that names nothing finds nothing. The index over words is in the order of ids, which
    mostly is that of asking: it is read from its end until the page is full, so that the time does
    not grow with the archive. Only where something imported may stand in between, all is sorted.
    """
    since = _since(session, search.wanted)
    lines = _found(session, search, since, in_order_of_ids=True)
    if search.wanted.words and len(lines) > search.limit and _may_lack(session, lines):
        return _found(session, search, since, in_order_of_ids=False)
    return lines


def _since(session: Session, wanted: Wanted) -> int:
    """Return the smallest id to look at: the oldest open one when only open ones are wanted."""
    if not wanted.words or not not_ended(wanted):
        return 0
    # In the order of their index: left to itself SQLite reads all rows from the first id on.
    unfinished = (
        select(Request.id)
        .where(Request.ended_at.is_(None))
        .order_by(Request.raised_at, Request.id)
        .subquery()
    )
    return session.scalar(select(func.min(unfinished.c.id))) or 0


def _may_lack(session: Session, lines: list[Line]) -> bool:
    """Say whether something with a smaller id than all of `lines` was raised later than the last.

    What is imported comes with greater ids than what was asked for after it.
    """
    last, smallest = lines[-1].request.raised_at, min(line.request.id for line in lines)
    later = exists().where(Request.raised_at > last, Request.id + 0 < smallest)
    return bool(session.scalar(select(later)))


def _found(session: Session, search: Search, since: int, *, in_order_of_ids: bool) -> list[Line]:
    newest_first = (Request.raised_at.desc(), Request.id.desc())
    ways = _ways(session, search)
    if ways is not None:
        chosen = _by_ways(search, ways)
        lines = visible_lines().join(chosen, chosen.c.id == Request.id).order_by(*newest_first)
        return read_lines(session, lines, viewer=search.person, at=search.at)
    # The few ids first: their names come along afterwards, not for all that is looked through.
    few = select(Request.id).where(*conditions(search))
    words = matching(session, search.person, search.wanted.words, since=since)
    if words is not None:
        few = few.where(words[1])
    if "late" in search.wanted.filters:
        few = few.outerjoin(StageVisit, is_open_visit())
    order = [words[0].desc()] if words is not None and in_order_of_ids else newest_first
    chosen = few.order_by(*order).limit(search.limit + 1).subquery()
    lines = visible_lines().join(chosen, chosen.c.id == Request.id)
    return read_lines(session, lines.order_by(*newest_first), viewer=search.person, at=search.at)


def _ways(session: Session, search: Search) -> list[ColumnElement[bool]] | None:
    """Return conditions of which one has to hold, each with an index in the order of asking.

    They stand for the first filter in `ORDERED`. None without one, with words (which have an order
    of their own), or when the filter names too many.
    """
    key = key_in_order(search.wanted)
    if key is None or search.wanted.words:
        return None
    value = search.wanted.filters[key].casefold()
    ways = [
        column == found
        for column, named in columns_of(key, value, search.person)
        for found in session.scalars(named.limit(MANY + 1))
    ]
    return ways if len(ways) <= MANY else None


def _by_ways(search: Search, ways: list[ColumnElement[bool]]) -> Subquery:
    """Select the newest ids that one of `ways` finds: of each no more than are shown.

    So the time grows neither with all that somebody ever held nor with the archive.
    """
    others = list(conditions(search, but=key_in_order(search.wanted)))
    newest = []
    for way in ways or [false()]:
        one = select(Request.id, Request.raised_at).where(way, *others)
        if "late" in search.wanted.filters:
            one = one.outerjoin(StageVisit, is_open_visit())
        one = one.order_by(Request.raised_at.desc(), Request.id.desc()).limit(search.limit + 1)
        few = one.subquery()
        newest.append(select(few.c.id, few.c.raised_at))
    merged = union(*newest).subquery()
    order = (merged.c.raised_at.desc(), merged.c.id.desc())
    return select(merged.c.id).order_by(*order).limit(search.limit + 1).subquery()
