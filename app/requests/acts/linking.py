"""Requests that belong together: links, parts with other teams, and merging.

As all acts, they take an `Act` and raise `AlreadyDone`, `NotYours`, `Stale` or `NotNow`. Where two
requests are moved at once, both rows are locked in the order of their numbers, so that two people
who merge crosswise wait for each other instead of for ever.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy import Integer, Select, bindparam, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from app.catalogue.rules import Visibility
from app.language import gettext
from app.people.models import Person
from app.requests import rights
from app.requests.acts.work import moved
from app.requests.attention import Watch
from app.requests.intervals import Link
from app.requests.models import Event, Request
from app.requests.queries import VISIBLE
from app.requests.record.recording import Act, Step, begin, begin_beside, begin_by_itself
from app.requests.rules import ENDED, OPEN, Kind, LinkKind, NotNow, NotYours, State, WaitingOn

UNMERGE_WITHIN: Final = timedelta(days=14)
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
        if not _open_parts(session, parent.id):
            _go_on(session, parent, at=events[-1].at)


def _go_on(session: Session, parent: Request, *, at: datetime) -> None:
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


def merge(session: Session, request: Request, into: Request, *, words: str, act: Act) -> None:
    """Let `request` go on as a part of `into`; whoever asked for it asks for that one from now on.

    Only those who carry both may: nobody learns of a request by merging into it.

    :raises NotNow: when one of them has ended, or both are the same.
    :raises NotYours: when that would show a confidential request to somebody new.
    """
    if into.id == request.id:
        raise NotNow(gettext("A request cannot be merged into itself."))
    _lock(session, request, into)
    turning = begin(session, request, act, may=rights.may_carry)
    other = begin_beside(session, into, act, may=rights.may_carry)
    if into.state in ENDED:
        raise NotNow(
            gettext("#%(id)s has ended; nothing can be merged into it any more.", id=into.id)
        )
    confidential = Visibility.CONFIDENTIAL in (request.visibility, into.visibility)
    if confidential and request.requester_id != into.requester_id:
        raise NotYours(gettext("Confidential requests of different people stay apart."))
    said = [Step(Kind.MESSAGE, words=words)] if words else []
    turning.record(*said, Step(Kind.MERGED, {"into": into.id}))
    teams = [] if confidential else [request.asking_team_id]
    data = {"link": LinkKind.ABSORBED.value, "to": request.id, "teams": teams}
    other.record(Step(Kind.LINKED, data))
    if session.get(Watch, (into.id, request.requester_id)) is None:
        watch = Watch(request_id=into.id, person_id=request.requester_id, since=act.at)
        session.add(watch)


def unmerge(session: Session, request: Request, *, act: Act) -> None:
    """Take a merging back within two weeks: both go on as they were.

    :raises NotNow: later, or when it was not merged.
    """
    into = session.get(Request, request.merged_into_id or request.id) or request
    _lock(session, request, into)
    turning = begin(session, request, act, may=rights.may_carry)
    if request.merged_into_id is None or request.ended_at is None:
        raise NotNow(gettext("It was not merged."))
    if act.at > request.ended_at + UNMERGE_WITHIN:
        raise NotNow(
            gettext("It was merged too long ago to take that back; please link them instead.")
        )
    turning.record(Step(Kind.UNMERGED, {"from": into.id}))
    other = begin_beside(session, into, act, may=rights.may_see)
    data = {"link": LinkKind.ABSORBED.value, "to": request.id}
    other.record(Step(Kind.UNLINKED, data))


def _lock(session: Session, *requests: Request) -> None:
    ids = [request.id for request in requests]
    session.execute(
        select(Request.id).where(Request.id.in_(ids)).order_by(Request.id).with_for_update()
    )
