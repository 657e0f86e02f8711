"""Requests that belong together: links, and parts with other teams.

As all acts, they take an `Act` and raise `AlreadyDone`, `NotYours`, `Stale` or `NotNow`.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Final

from sqlalchemy import Integer, Select, bindparam, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app.db import rows_of
from app.language import gettext
from app.people.models import Person
from app.people.names import Named
from app.requests import rights
from app.requests.acts.work import moved
from app.requests.intervals import Link
from app.requests.models import Event, Request
from app.requests.queries import VISIBLE
from app.requests.record.recording import Act, Step, begin, begin_by_itself
from app.requests.rules import OPEN, Kind, LinkKind, NotNow, State, WaitingOn

ENDS_A_PART: Final = {Kind.DONE, Kind.DECLINED, Kind.WITHDRAWN, Kind.MERGED, Kind.CONFIRMED}


def links_of(session: Session, request: Request, person: Person) -> list[tuple[str, bool, Request]]:
    """Return (kind, whether the other one is the kind of this, the other) that `person` may see."""
    rows = session.execute(_links(), {"request_id": request.id, "viewer": person.id})
    return [(row[0], row[1], row[2]) for row in rows]


@cache
def _links() -> Select[str, bool, Request]:
    this = bindparam("request_id", type_=Integer)
    ours = select(Link.kind, literal(False).label("theirs"), Link.to_id.label("other_id"))
    theirs = select(Link.kind, literal(True), Link.request_id)
    both = union_all(
        ours.where(Link.request_id == this),
        theirs.where(Link.to_id == this, Link.kind != LinkKind.ABSORBED),
    ).subquery()
    return (
        select(both.c.kind, both.c.theirs, Request)
        .join(Request, Request.id == both.c.other_id)
        .where(VISIBLE)
        .order_by(both.c.kind, Request.id)
    )


def who_asked(session: Session, request: Request) -> list[Named]:
    """Return who asked for it, also by what was merged into it: each once, by name."""
    theirs = (
        select(Request.requester_id)
        .join(Link, Link.to_id == Request.id)
        .where(Link.request_id == request.id, Link.kind == LinkKind.ABSORBED)
    )
    asked = or_(Person.id == request.requester_id, Person.id.in_(theirs))
    named = select(Person.id, Person.name).where(asked).order_by(Person.name, Person.id)
    return [Named(*row) for row in rows_of(session, named)]


def link(session: Session, request: Request, to: Request, *, kind: LinkKind, act: Act) -> None:
    """Say how a request stands to another one that the actor sees, too.

    :raises NotNow: with itself, or when it is said already.
    """
    turning = begin(session, request, act, may=rights.may_talk)
    if to.id == request.id:
        raise NotNow(gettext("A request cannot be linked with itself."))
    if (kind.value, to.id) in turning.ledger.links:
        raise NotNow(gettext("This is said already."))
    turning.record(Step(Kind.LINKED, {"link": kind.value, "to": to.id}))


def unlink(session: Session, request: Request, *, to_id: int, kind: LinkKind, act: Act) -> None:
    """Take a link away. Merging is taken back in a way of its own."""
    turning = begin(session, request, act, may=rights.may_talk)
    if (kind.value, to_id) not in turning.ledger.links or kind is LinkKind.ABSORBED:
        raise NotNow(gettext("There is no such link any more."))
    turning.record(Step(Kind.UNLINKED, {"link": kind.value, "to": to_id}))


def wait_for_parts(session: Session, parent: Request, *, act: Act) -> None:
    """Let the parent rest until its parts with other teams are done.

    :raises NotNow: when it does not move, or no part of it is open.
    """
    turning = begin(session, parent, act, may=rights.may_carry)
    if not _open_parts(session, parent.id):
        raise NotNow(gettext("No part of it is with another team now."))
    data = {"waiting_on": WaitingOn.CHILDREN.value, "who": "", "until": None}
    turning.record(Step(Kind.PAUSED, data))


def parts_ended(session: Session, request: Request, events: Sequence[Event]) -> None:
    """Let a parent go on when the last of its parts has ended; an observer of every act."""
    if not any(event.kind in ENDS_A_PART for event in events):
        return
    whole = aliased(Request)
    parents = session.scalars(
        select(whole)
        .join(Link, (Link.to_id == whole.id) & (Link.kind == LinkKind.CHILD))
        .where(Link.request_id == request.id, whole.state == State.WAITING)
        .order_by(whole.id)
    ).all()
    for parent in parents:
        go_on_if_parts_ended(session, parent, at=events[-1].at)


def go_on_if_parts_ended(session: Session, parent: Request, *, at: datetime) -> None:
    """Let a request go on that rests until its parts are done, when none of them is open."""
    if parent.state != State.WAITING or _open_parts(session, parent.id):
        return
    turning = begin_by_itself(session, parent, at=at)
    pause = turning.ledger.open_pause
    if pause and pause.waiting_on == WaitingOn.CHILDREN:
        turning.record(Step(Kind.RESUMED, {"how": "parts", **moved(turning, pause.from_at)}))


def _open_parts(session: Session, parent_id: int) -> bool:
    part = (
        select(Request.id)
        .join(Link, (Link.request_id == Request.id) & (Link.kind == LinkKind.CHILD))
        .where(Link.to_id == parent_id, Request.state.in_(OPEN))
    )
    return session.scalar(part.limit(1)) is not None
