"""What a search wants, as conditions over `Request`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased

from app.catalogue.models import RequestType
from app.db import among
from app.people.models import Person, Team
from app.requests.lists.conditions import is_late, is_moving
from app.requests.models import Request
from app.requests.queries import visibility
from app.requests.rules import ENDED, OPEN, Side, State
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


def not_ended(wanted: Wanted) -> bool:
    """Say whether the filters ask for nothing that has ended."""
    filters = {key: value.casefold() for key, value in wanted.filters.items()}
    return filters.get("state") in NOT_ENDED or filters.get("late") in YES


def key_in_order(wanted: Wanted) -> str | None:
    """Return the first filter that is about columns with an index in the order of asking."""
    known = {k for k, value in wanted.filters.items() if value.casefold() not in NOBODY}
    return next((key for key in ORDERED if key in known), None)


def columns_of(key: str, value: str, me: Person) -> list[tuple[Any, Select[int]]]:
    """Return the columns that a filter is about, each with the ids that it names."""
    if key == "type":
        return [(Request.type_id, _named(RequestType, value))]
    if key == "from":
        return [
            (Request.asking_team_id, _named(Team, value)),
            (Request.requester_id, _person(value, me)),
        ]
    return [(Request.holder_id, _person(value, me))]


def conditions(search: Search, *, but: str | None = None) -> Iterator[ColumnElement[bool]]:
    """Yield what must hold of everything found, the gate first; all filters count but one."""
    yield visibility(search.person)
    if not_ended(search.wanted):
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
        return among(Request.state, STATES[value]) if value in STATES else false()
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
