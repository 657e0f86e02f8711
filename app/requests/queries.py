"""What a person may see, and how they stand to one request: the one gate."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, joinedload

from app.catalogue.models import RequestType
from app.catalogue.rules import Visibility
from app.db import among, rows_of
from app.people.models import Membership, Person, Team
from app.people.queries import leads, teams_of
from app.requests.intervals import Approval
from app.requests.models import Event, Party, Request
from app.requests.rights import Relation, Stood
from app.requests.rules import Kind


def visible_to(person: Person) -> Select[Request]:
    """Select the requests that `person` may see. Every page, part, count and export goes here.

    They are: what they raised, what is open to all, what a team of theirs asked for or has ever
    carried (a confidential request lists its carriers only), and what they were asked to agree to.
    """
    return select(Request).where(visibility(person))


def visibility(person: Person) -> ColumnElement[bool]:
    """Return the condition behind `visible_to`, for counts over `Request`."""
    return visible_for(literal(person.id))


def visible_for(viewer: ColumnElement[int], of: type[Request] = Request) -> ColumnElement[bool]:
    """Return the same condition for whoever `viewer` is, in SQL; `of` may be an alias."""
    teams = _teams_of(viewer)
    return or_(
        # Whoever has it carries it, so that their party need not be looked up, row by row.
        of.team_id.in_(teams),
        of.requester_id == viewer,
        of.visibility == Visibility.OPEN,
        exists().where(Party.request_id == of.id, Party.team_id.in_(teams)),
        exists().where(Approval.request_id == of.id, Approval.person_id == viewer),
    )


def _teams_of(viewer: ColumnElement[int]) -> Select[int]:
    return select(Membership.team_id).where(Membership.person_id == viewer)


# The same condition for statements that are built once: who looks is given when they run. One
# that is run without it fails.
VIEWER: Final = bindparam("viewer", type_=Integer)
VISIBLE: Final = visible_for(VIEWER)
VIEWERS_TEAMS: Final = _teams_of(VIEWER)


def find_visible(
    session: Session, person: Person, request_id: int, *, bare: bool = False
) -> Request | None:
    """Return the request with all that its page names, or None when unseen or missing.

    A `bare` one comes without these names; whoever asks for one of them has it read then.
    """
    chosen = _one_visible() if bare else _one_with_names()
    return session.scalar(chosen, {"viewer": person.id, "request_id": request_id})


@cache
def _one_visible() -> Select[Request]:
    return select(Request).where(VISIBLE, Request.id == bindparam("request_id"))


@cache
def _one_with_names() -> Select[Request]:
    return _one_visible().options(
        joinedload(Request.type).load_only(RequestType.name),
        joinedload(Request.requester).load_only(Person.name, Person.works),
        joinedload(Request.asking_team).load_only(Team.name),
        joinedload(Request.team).joinedload(Team.calendar),
        joinedload(Request.holder).load_only(Person.name, Person.works),
        joinedload(Request.brief),
    )


def relation(session: Session, request: Request, person: Person) -> Relation:
    """Return how `person` stands to `request`; a relation, never a property of the person."""
    values = {"viewer": person.id, "request_id": request.id}
    rows = rows_of(session, _parties(), values).all()
    return relation_from(
        request,
        person,
        {team_id: asks for team_id, asks in rows if team_id},
        approvals=[still_open for team_id, still_open in rows if not team_id],
    )


@cache
def _parties() -> CompoundSelect[int, bool]:
    """Select its teams and whether they ask; under 0 whether an approval is still open."""
    this = bindparam("request_id", type_=Integer)
    parties = select(Party.team_id, Party.asks).where(Party.request_id == this)
    asked = select(literal(0), Approval.decided_at.is_(None)).where(
        Approval.request_id == this, Approval.person_id == VIEWER
    )
    return union_all(parties, asked)


def relation_from(
    request: Stood,
    person: Person,
    parties: Mapping[int, bool],
    *,
    approvals: Collection[bool] = (),
) -> Relation:
    """Return the relation when it is known which teams are party to the request, and which ask.

    `approvals` are those asked of the person: whether each is open.
    """
    mine = {team: asks for team, asks in parties.items() if team in teams_of(person)}
    raised_it = request.requester_id == person.id
    open_to_all = request.visibility == Visibility.OPEN
    return Relation(
        sees=raised_it or bool(mine or approvals) or open_to_all,
        raised_it=raised_it,
        asking=raised_it or request.asking_team_id in mine,
        joined=any(mine.values()),
        providing=request.team_id in mine,
        carried=not all(mine.values()),
        leads=leads(person, request.team_id),
        holds=request.holder_id == person.id,
        decides=any(approvals),
    )


def people_around(request: Request, *, inner: bool) -> Select[int, str]:
    """Select (id, name) of the active people who read its messages, or, `inner`, its notes."""
    there = (
        exists()
        .where(Party.request_id == request.id, Party.team_id == Membership.team_id)
        .where(Membership.person_id == Person.id)
    )
    if inner:
        there = there.where(~Party.asks)
        return select(Person.id, Person.name).where(
            Person.is_active, there, Person.id != request.requester_id
        )
    return select(Person.id, Person.name).where(
        Person.is_active, or_(there, Person.id == request.requester_id)
    )


def events_of(request_id: int) -> Select[Event]:
    """Select the history of one request in order."""
    return select(Event).where(Event.request_id == request_id).order_by(Event.seq)


def acted_since(session: Session, person_id: int, at: datetime) -> bool:
    """Say whether somebody has done anything to any request since `at` (UTC)."""
    # All kinds, so that the index over kind and instant serves.
    mine = among(Event.kind, Kind), Event.actor_id == person_id
    query = select(Event.id).where(Event.at >= at, *mine).limit(1)
    return session.scalar(query) is not None


def after_key(
    column: ColumnElement[object], identity: ColumnElement[int], key: tuple[object, int] | None
) -> ColumnElement[bool] | None:
    """Return the keyset condition "later than `key`" in (column, id) order, ascending."""
    if key is None:
        return None
    value, last_id = key
    return or_(column > value, and_(column == value, identity > last_id))


def plan_of(session: Session, request_id: int) -> list[dict[str, Any]]:
    """Return the stages a request was raised with, as its first event keeps them."""
    first = select(Event.data).where(Event.request_id == request_id, Event.seq == 1)
    stages: list[dict[str, Any]] = (session.scalar(first) or {}).get("stages", [])
    return stages
