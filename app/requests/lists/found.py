"""What a search finds, through the same gate as every list, newest first."""

from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import Integer, Select, Subquery, bindparam, exists, false, func, select, union
from sqlalchemy.orm import Session

from app.db import Moment, rows_of
from app.language import gettext, gettext_noop
from app.requests.lists.filters import (
    MANY,
    Search,
    Shape,
    columns_of,
    conditions,
    key_in_order,
    not_ended,
    shape_of,
    values_of,
)
from app.requests.lists.lines import Line, read_lines, visible_lines
from app.requests.models import Request
from app.requests.search.folding import folded_words
from app.requests.search.matching import matching, words_given
from app.requests.search.wanted import Wanted

WORDS: Final = 12  # that are looked for
NO_SUCH: Final = {
    "team": gettext_noop("No team is called “%(value)s”."),
    "type": gettext_noop("No kind of request is called “%(value)s”."),
    "from": gettext_noop("No person and no team is called “%(value)s”."),
    "holder": gettext_noop("No person is called “%(value)s”."),
}
NEWEST_FIRST: Final = (Request.raised_at.desc(), Request.id.desc())


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


def unknown_names(session: Session, search: Search) -> list[str]:
    """Say of each name that is looked for that nobody and nothing is called so."""
    values = {**values_of(search), "viewer": search.person.id}
    return [
        gettext(NO_SUCH[key], value=search.wanted.filters[key])
        for key, said in shape_of(search).filters
        if key in NO_SUCH and not said and not _is_called(session, key, values)
    ]


def _is_called(session: Session, key: str, values: dict[str, Any]) -> bool:
    ways = (named.limit(1) for _, named in columns_of(key, ""))
    return any(rows_of(session, named, values).first() for named in ways)


def _since(session: Session, wanted: Wanted) -> int:
    """Return the smallest id to look at: the oldest open one when only open ones are wanted."""
    if not wanted.words or not not_ended(wanted):
        return 0
    return rows_of(session, _oldest_open()).scalar_one() or 0


@cache
def _oldest_open() -> Select[int]:
    # In the order of their index: left to itself SQLite reads all rows from the first id on.
    unfinished = (
        select(Request.id)
        .where(Request.ended_at.is_(None))
        .order_by(Request.raised_at, Request.id)
        .subquery()
    )
    return select(func.min(unfinished.c.id))


def _may_lack(session: Session, lines: list[Line]) -> bool:
    """Say whether something with a smaller id than all of `lines` was raised later than the last.

    What is imported comes with greater ids than what was asked for after it.
    """
    last, smallest = lines[-1].request.raised_at, min(line.request.id for line in lines)
    values = {"last": last, "smallest": smallest}
    return bool(rows_of(session, _raised_later(), values).scalar_one())


@cache
def _raised_later() -> Select[bool]:
    # The sum keeps the index over the time in front of the one over ids.
    smaller = Request.id + 0 < bindparam("smallest", type_=Integer)
    return select(exists().where(Request.raised_at > bindparam("last", type_=Moment()), smaller))


def _found(session: Session, search: Search, since: int, *, in_order_of_ids: bool) -> list[Line]:
    shape, values = shape_of(search), values_of(search)
    ways = _ways(session, search, shape, values)
    if ways is not None:
        chosen = _by_ways(shape, tuple(column for column, _ in ways), search.limit + 1)
        values |= {f"way_{number}": found for number, (_, found) in enumerate(ways)}
    else:
        dialect = session.get_bind().dialect.name
        tokens = folded_words(search.wanted.words)[:WORDS]
        many = len(tokens), in_order_of_ids
        chosen = _by_words(dialect, shape, *many, search.limit + 1)
        values |= words_given(dialect, tokens, since=since)
    return read_lines(session, chosen, viewer=search.person, at=search.at, **values)


def _ways(
    session: Session, search: Search, shape: Shape, values: dict[str, Any]
) -> list[tuple[str, int]] | None:
    """Return columns with a value, of which one has to hold; each has its index in order.

    They stand for the first filter in `ORDERED`. None without one, with words (which have an order
    of their own), or when the filter names too many.
    """
    key = key_in_order(shape)
    if key is None or search.wanted.words:
        return None
    values = values | {"viewer": search.person.id}
    ways = [
        (column, row[0])
        for column, named in columns_of(key, dict(shape.filters)[key])
        for row in rows_of(session, named.limit(MANY + 1), values)
    ]
    return ways if len(ways) <= MANY else None


@lru_cache(maxsize=256)
def _by_ways(shape: Shape, columns: tuple[str, ...], limit: int) -> Select[Any]:
    """Select the newest that one of the ways finds: of each no more than are shown.

    So the time grows neither with all that somebody ever held nor with the archive.
    """
    others = list(conditions(shape, but=key_in_order(shape)))
    ways = [
        getattr(Request, column) == bindparam(f"way_{number}", type_=Integer)
        for number, column in enumerate(columns)
    ]
    newest = []
    for way in ways or [false()]:
        one: Any = select(Request.id, Request.raised_at).where(way, *others)
        few = one.order_by(*NEWEST_FIRST).limit(limit).subquery()
        newest.append(select(few.c.id, few.c.raised_at))
    merged = union(*newest).subquery()
    order = (merged.c.raised_at.desc(), merged.c.id.desc())
    return _lines_of(select(merged.c.id).order_by(*order).limit(limit).subquery())


@lru_cache(maxsize=256)
def _by_words(
    dialect: str, shape: Shape, words: int, in_order_of_ids: bool, limit: int
) -> Select[Any]:
    """Select the newest that hold so many words, if any, and whatever else is wanted."""
    few = select(Request.id).where(*conditions(shape))
    order: tuple[Any, ...] = NEWEST_FIRST
    if words:
        identity, held = matching(dialect, words)
        few = few.where(held)
        order = (identity.desc(),) if in_order_of_ids else order
    return _lines_of(few.order_by(*order).limit(limit).subquery())


def _lines_of(few: Subquery) -> Select[Any]:
    """Select the lines of a few ids: their names come along afterwards."""
    return visible_lines().join(few, few.c.id == Request.id).order_by(*NEWEST_FIRST)
