"""What a search wants, as conditions over `Request`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.catalogue.models import RequestType
from app.db import Moment, among
from app.language.folding import folded
from app.people.models import Person, Team
from app.requests.lists.conditions import AT, is_late, is_moving
from app.requests.models import Request
from app.requests.queries import VIEWER, VISIBLE
from app.requests.rules import ENDED, OPEN, Side, State
from app.requests.search.wanted import NO, YES, Wanted

STATES: Final[Mapping[str, frozenset[State]]] = {
    "open": OPEN,
    "ended": ENDED,
    **{state.value: frozenset({state}) for state in State},
    "work": frozenset({State.IN_WORK}),
}
ORDERED: Final = ("holder", "from", "type")  # each column they are about has its index in order
MANY: Final = 12
NOBODY: Final = ("nobody", "none")
NOTHING: Final = "?"  # a value that no request has
SIDES: Final = {"asking": Side.ASKING, "team": Side.PROVIDING, "other": Side.THIRD_PARTY}
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


class Shape(NamedTuple):
    """What of a search stands in its statement; all else is given when that runs.

    `filters` are pairs of a key and the value where it says which condition is meant, else "";
    `narrow` names the fields of `Narrow` that count, and "nobody" for no holder.
    """

    filters: tuple[tuple[str, str], ...]
    narrow: frozenset[str]
    not_ended: bool
    goes_on: bool


def shape_of(search: Search) -> Shape:
    """Return what of a search stands in its statement."""
    filters = tuple((key, _said(key, value)) for key, value in _folded(search.wanted))
    narrow = {key for key, value in vars(search.narrow).items() if value is not None}
    if search.narrow.holder_id == 0:
        narrow = narrow - {"holder_id"} | {"nobody"}
    goes_on = search.before is not None
    return Shape(filters, frozenset(narrow), not_ended(search.wanted), goes_on)


def _said(key: str, value: str) -> str:
    """Return the value of a filter where it says which condition is meant; else an empty one."""
    if key == "state":
        return value if value in STATES else NOTHING
    if key == "late":
        return "yes" if value in YES else "no" if value in NO else NOTHING
    if key == "waiting":
        return value if value == "me" or value in SIDES else NOTHING
    if key == "holder" and value in NOBODY:
        return NOBODY[0]
    return value if key in ("holder", "from") and value == "me" else ""


def values_of(search: Search) -> dict[str, Any]:
    """Return the values of a search, by the names that its conditions give them."""
    moment, last_id = search.before or (None, None)
    values = {**vars(search.narrow), "moment": moment, "last_id": last_id}
    for key, value in _folded(search.wanted):
        begins = "".join(f"/{sign}" if sign in "/%_" else sign for sign in value) + "%"
        values |= {f"{key}_begins": begins, f"{key}_within": f"% {begins}"}
    return values


def _folded(wanted: Wanted) -> list[tuple[str, str]]:
    return [(key, folded(value)) for key, value in wanted.filters.items()]


def not_ended(wanted: Wanted) -> bool:
    """Say whether the filters ask for nothing that has ended."""
    filters = dict(_folded(wanted))
    return filters.get("state") in NOT_ENDED or filters.get("late") in YES


def key_in_order(shape: Shape) -> str | None:
    """Return the first filter that is about columns with an index in the order of asking."""
    known = {key for key, said in shape.filters if said != NOBODY[0]}
    return next((key for key in ORDERED if key in known), None)


def columns_of(key: str, said: str) -> list[tuple[str, Select[int]]]:
    """Return the columns of a request that a filter is about, each with the ids that it names."""
    if key == "team":
        return [("team_id", _named(Team, key))]
    if key == "type":
        return [("type_id", _named(RequestType, key))]
    if key == "from":
        return [("asking_team_id", _named(Team, key)), ("requester_id", _person(key, said))]
    return [("holder_id", _person(key, said))]


def conditions(shape: Shape, *, but: str | None = None) -> Iterator[ColumnElement[bool]]:
    """Yield what must hold of everything found, the gate first; all filters count but one."""
    yield VISIBLE
    if shape.not_ended:
        yield Request.ended_at.is_(None)
    for key, said in shape.filters:
        if key != but:
            yield _condition(key, said)
    for name in sorted(shape.narrow - {"nobody"}):
        yield getattr(Request, name) == bindparam(name, type_=Integer)
    if "nobody" in shape.narrow:
        yield Request.holder_id.is_(None)
    if shape.goes_on:
        moment = bindparam("moment", type_=Moment())
        last_id = bindparam("last_id", type_=Integer)
        older = and_(Request.raised_at == moment, Request.id < last_id)
        yield or_(Request.raised_at < moment, older)


def _condition(key: str, said: str) -> ColumnElement[bool]:
    if said == NOTHING:
        # Not `false()`, which swallows what stands beside it, the joining of the words as well.
        return Request.id.is_(None)
    if key == "state":
        return among(Request.state, STATES[said])
    if key == "late":
        return is_late(AT) if said == "yes" else ~is_late(AT)
    if key == "waiting":
        return _waiting(said)
    if key == "holder" and said == NOBODY[0]:
        return Request.holder_id.is_(None)
    return or_(*(getattr(Request, column).in_(ids) for column, ids in columns_of(key, said)))


def _waiting(said: str) -> ColumnElement[bool]:
    if said == "me":
        theirs = and_(Request.requester_id == VIEWER, Request.turn_side == Side.ASKING)
        agreeing = and_(Request.asked_id == VIEWER, Request.turn_side == Side.THIRD_PARTY)
        return or_(theirs, and_(Request.holder_id == VIEWER, is_moving()), agreeing)
    return Request.turn_side == SIDES[said]


def _named(model: type[Team] | type[RequestType], key: str) -> Select[int]:
    """The whole name, or its beginning."""
    return select(model.id).where(_like(model.folded_name, f"{key}_begins"))


def _person(key: str, said: str) -> Select[int]:
    if said == "me":
        return select(Person.id).where(Person.id == VIEWER)
    somebody = aliased(Person)
    starts, within = (_like(somebody.folded_name, f"{key}_{way}") for way in ("begins", "within"))
    return select(somebody.id).where(or_(starts, within))


def _like(name: Any, value: str) -> ColumnElement[bool]:
    """Return the condition that a folded name is like the `value` given; "/" escapes in it."""
    alike: ColumnElement[bool] = name.like(bindparam(value, type_=String), escape="/")
    return alike
