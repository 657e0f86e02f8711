"""What a search finds, through the same gate as every list, newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    exists,
    false,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session, aliased

from app.catalogue.models import RequestType
from app.people.models import Person, Team
from app.requests.intervals import StageVisit
from app.requests.lists.lines import (
    Line,
    is_late,
    is_moving,
    is_open_visit,
    read_lines,
    visible_lines,
)
from app.requests.models import Request
from app.requests.queries import visibility
from app.requests.rules import ENDED, OPEN, Side, State
from app.requests.search.index import matching
from app.requests.search.wanted import Wanted

STATES: Final[Mapping[str, frozenset[State]]] = {
    "open": OPEN,
    "ended": ENDED,
    **{state.value: frozenset({state}) for state in State},
    "work": frozenset({State.IN_WORK}),
}
ORDERED: Final = ("holder", "from", "type")  # each column they are about has its index in order
MANY: Final = 12
NOBODY: Final = ("nobody", "none")
YES: Final = ("yes", "true", "1")
NOT_ENDED: Final = frozenset(key for key, states in STATES.items() if not states & ENDED)


@dataclass(frozen=True)
class Narrow:
    """Which requests a program wants, by ids; None leaves it open. No holder: `holder_id` is 0."""

    team_id: int | None = None
    type_id: int | None = None
    holder_id: int | None = None


@dataclass(frozen=True)
class Search:
    """What somebody looks for at an instant, from where in the list on.

    `before` is (raised_at, id) of the last line shown.
    """

    person: Person
    wanted: Wanted
    at: datetime
    limit: int
    before: tuple[datetime, int] | None = None
    narrow: Narrow = Narrow()


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
    if not wanted.words or not _not_ended(wanted):
        return 0
    # In the order of their index: left to itself SQLite reads all rows from the first id on.
    unfinished = (
        select(Request.id)
        .where(Request.ended_at.is_(None))
        .order_by(Request.raised_at, Request.id)
        .subquery()
    )
    return session.scalar(select(func.min(unfinished.c.id))) or 0


def _not_ended(wanted: Wanted) -> bool:
    """Say whether the filters ask for nothing that has ended."""
    filters = {key: value.casefold() for key, value in wanted.filters.items()}
    return filters.get("state") in NOT_ENDED or filters.get("late") in YES


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
    few = select(Request.id).where(*_conditions(search))
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
    key = _key_in_order(search.wanted)
    if key is None or search.wanted.words:
        return None
    value = search.wanted.filters[key].casefold()
    ways = [
        column == found
        for column, named in _columns(key, value, search.person)
        for found in session.scalars(named.limit(MANY + 1))
    ]
    return ways if len(ways) <= MANY else None


def _key_in_order(wanted: Wanted) -> str | None:
    known = {k for k, value in wanted.filters.items() if value.casefold() not in NOBODY}
    return next((key for key in ORDERED if key in known), None)


def _columns(key: str, value: str, me: Person) -> list[tuple[Any, Select[int]]]:
    """Return the columns that a filter is about, each with the ids that it names."""
    if key == "type":
        return [(Request.type_id, _named(RequestType, value))]
    if key == "from":
        return [
            (Request.asking_team_id, _named(Team, value)),
            (Request.requester_id, _person(value, me)),
        ]
    return [(Request.holder_id, _person(value, me))]


def _by_ways(search: Search, ways: list[ColumnElement[bool]]) -> Subquery:
    """Select the newest ids that one of `ways` finds: of each no more than are shown.

    So the time grows neither with all that somebody ever held nor with the archive.
    """
    others = list(_conditions(search, but=_key_in_order(search.wanted)))
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


def _conditions(search: Search, *, but: str | None = None) -> Iterator[ColumnElement[bool]]:
    yield visibility(search.person)
    if _not_ended(search.wanted):
        yield Request.ended_at.is_(None)
    for key, value in search.wanted.filters.items():
        if key != but:
            yield _condition(key, value, search.person, search.at)
    yield from _narrowed(search.narrow)
    if search.before:
        moment, last_id = search.before
        older = and_(Request.raised_at == moment, Request.id < last_id)
        yield or_(Request.raised_at < moment, older)


def _narrowed(narrow: Narrow) -> Iterator[ColumnElement[bool]]:
    if narrow.team_id is not None:
        yield Request.team_id == narrow.team_id
    if narrow.type_id is not None:
        yield Request.type_id == narrow.type_id
    if narrow.holder_id is not None:
        held = Request.holder_id == narrow.holder_id
        yield held if narrow.holder_id else Request.holder_id.is_(None)


def _condition(key: str, value: str, person: Person, at: datetime) -> ColumnElement[bool]:
    value = value.casefold()
    if key == "state":
        return Request.state.in_(STATES[value]) if value in STATES else false()
    if key == "late":
        return is_late(at) if value in YES else ~is_late(at)
    if key == "waiting":
        return _waiting(value, person)
    if key == "team":
        return Request.team_id.in_(_named(Team, value))
    if key == "from":
        return or_(
            Request.asking_team_id.in_(_named(Team, value)),
            Request.requester_id.in_(_person(value, person)),
        )
    if key == "type":
        return Request.type_id.in_(_named(RequestType, value))
    if value in NOBODY:
        return Request.holder_id.is_(None)
    return Request.holder_id.in_(_person(value, person))


def _waiting(value: str, person: Person) -> ColumnElement[bool]:
    if value == "me":
        theirs = and_(Request.requester_id == person.id, Request.turn_side == Side.ASKING)
        return or_(theirs, and_(Request.holder_id == person.id, is_moving()))
    sides = {"asking": Side.ASKING, "team": Side.PROVIDING, "other": Side.THIRD_PARTY}
    return Request.turn_side == sides[value] if value in sides else false()


def _named(model: type[Team] | type[RequestType], value: str) -> Select[int]:
    """The whole name, or its beginning."""
    return select(model.id).where(func.lower(model.name).startswith(value, autoescape=True))


def _person(value: str, me: Person) -> Select[int]:
    if value == "me":
        return select(Person.id).where(Person.id == me.id)
    somebody = aliased(Person)
    starts = func.lower(somebody.name).startswith(value, autoescape=True)
    within = func.lower(somebody.name).contains(f" {value}", autoescape=True)
    return select(somebody.id).where(or_(starts, within))
