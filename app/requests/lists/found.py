"""What a search finds, through the same gate as every list, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.catalogue.models import RequestType
from app.people.models import Person, Team
from app.requests.lists.lines import Line, is_late, is_moving, lines_visible_to, read_lines
from app.requests.models import Request
from app.requests.rules import ENDED, OPEN, Side, State
from app.requests.search.index import matching
from app.requests.search.wanted import Wanted

STATES: Final[Mapping[str, frozenset[State]]] = {
    "open": OPEN,
    "ended": ENDED,
    **{state.value: frozenset({state}) for state in State},
    "work": frozenset({State.IN_WORK}),
}
YES: Final = ("yes", "true", "1")


def found(
    session: Session,
    person: Person,
    wanted: Wanted,
    *,
    at: datetime,
    limit: int,
    before: tuple[datetime, int] | None = None,
) -> list[Line]:
    """Return what `person` may see of what is wanted; one more than `limit` when there are more.

    `before` is (raised_at, id) of the last line shown. A filter that names nothing finds nothing.
    """
    conditions = [_condition(key, value, person, at) for key, value in wanted.filters.items()]
    return _read(session, person, wanted.words, conditions, at=at, limit=limit, before=before)


@dataclass(frozen=True)
class Narrow:
    """Which requests a program wants, by ids; None leaves it open. No holder: `holder_id` is 0."""

    words: str = ""
    state: str | None = None
    team_id: int | None = None
    type_id: int | None = None
    holder_id: int | None = None


def narrowed(
    session: Session,
    person: Person,
    narrow: Narrow,
    *,
    at: datetime,
    limit: int,
    before: tuple[datetime, int] | None = None,
) -> list[Line]:
    """Return what `person` may see of it, as `found` does."""
    held = Request.holder_id == narrow.holder_id
    wanted = [
        (narrow.team_id, Request.team_id == narrow.team_id),
        (narrow.type_id, Request.type_id == narrow.type_id),
        (narrow.holder_id, held if narrow.holder_id else Request.holder_id.is_(None)),
    ]
    conditions = [condition for value, condition in wanted if value is not None]
    if narrow.state is not None:
        conditions.append(Request.state.in_(STATES[narrow.state]))
    return _read(session, person, narrow.words, conditions, at=at, limit=limit, before=before)


def _read(
    session: Session,
    person: Person,
    words: str,
    conditions: Sequence[ColumnElement[bool]],
    *,
    at: datetime,
    limit: int,
    before: tuple[datetime, int] | None,
) -> list[Line]:
    chosen = lines_visible_to(person).where(*conditions)
    matched = matching(session, person, words)
    if matched is not None:
        chosen = chosen.where(matched)
    if before:
        moment, last_id = before
        older = and_(Request.raised_at == moment, Request.id < last_id)
        chosen = chosen.where(or_(Request.raised_at < moment, older))
    chosen = chosen.order_by(Request.raised_at.desc(), Request.id.desc()).limit(limit + 1)
    return read_lines(session, chosen, viewer=person, at=at)


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
    if value in ("nobody", "none"):
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
