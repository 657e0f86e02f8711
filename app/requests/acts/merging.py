"""Merging requests that ask the same, one after another if need be, and taking that back.

As all acts, they take an `Act` and raise `AlreadyDone`, `NotYours`, `Stale` or `NotNow`. Where two
requests are moved at once, both rows are locked in the order of their numbers, so that two people
who merge crosswise wait for each other instead of for ever.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.catalogue.rules import Visibility
from app.language import gettext
from app.people.models import Person
from app.requests import rights
from app.requests.acts.linking import go_on_if_parts_ended
from app.requests.acts.routing import holder_again
from app.requests.attention import Watch
from app.requests.life.ledger import Happening
from app.requests.models import Request
from app.requests.queries import find_visible
from app.requests.record.recording import (
    Act,
    Step,
    Turning,
    begin,
    begin_beside,
    begin_by_itself,
    lock_all,
)
from app.requests.rules import ENDED, Kind, LinkKind, NotNow, NotYours, Stale

UNMERGE_WITHIN: Final = timedelta(days=14)


def merge(session: Session, request: Request, into: Request, *, words: str, act: Act) -> None:
    """Let `request` go on as a part of `into`; whoever asked for it asks for that one from now on.

    So does whoever asked for one that was merged into `request` before. Only those who carry both
    may: nobody learns of a request by merging into it.

    :raises NotNow: when one of them has ended, or both are the same.
    :raises NotYours: when that would show a confidential request to somebody new.
    """
    if into.id == request.id:
        raise NotNow(gettext("A request cannot be merged into itself."))
    lock_all(session, [request, into])
    turning = begin(session, request, act, may=rights.may_carry)
    other = begin_beside(session, into, act, may=rights.may_carry)
    if into.state in ENDED:
        raise NotNow(
            gettext("#%(id)s has ended; nothing can be merged into it any more.", id=into.id)
        )
    asked = {request.id: [request.asking_team_id], **turning.ledger.joined}
    askers = _askers(session, asked)
    secret = Visibility.CONFIDENTIAL in (request.visibility, into.visibility)
    if secret and askers != {into.requester_id}:
        raise NotYours(gettext("Confidential requests of different people stay apart."))
    said = [Step(Kind.MESSAGE, words=words)] if words else []
    turning.record(*said, Step(Kind.MERGED, {"into": into.id}))
    data = {"link": LinkKind.ABSORBED.value}
    steps = [
        Step(Kind.LINKED, {**data, "to": number, "teams": [] if secret else teams})
        for number, teams in asked.items()
    ]
    other.record(*steps)
    _let_watch(session, into, askers, since=other.at)


def unmerge(session: Session, request: Request, *, act: Act) -> None:
    """Take a merging back within two weeks: both go on as they were.

    Where the other one was merged further on, it is let go there, too.

    :raises NotNow: later, or when it was not merged.
    """
    line = _line(session, request)
    lock_all(session, [request, *line])
    turning = begin(session, request, act, may=rights.may_carry)
    if request.merged_into_id is None or request.ended_at is None:
        raise NotNow(gettext("It was not merged."))
    if act.at > request.ended_at + UNMERGE_WITHIN:
        raise NotNow(
            gettext("It was merged too long ago to take that back; please link them instead.")
        )
    turning.record(*_going_on(turning))
    for into in line:
        _let_go(session, into, [request.id, *turning.ledger.joined], act=act)
    if line[-1].merged_into_id is not None:  # while this act waited for the lock
        raise Stale(gettext("Somebody has moved this request since you opened the page."))
    go_on_if_parts_ended(session, request, at=act.at)


def goes_on_in(session: Session, request: Request, person: Person) -> Request | None:
    """Return where a merged request goes on: the last one in its line that `person` may see."""
    found, next_id = None, request.merged_into_id
    while next_id and (into := find_visible(session, person, next_id, bare=True)):
        found, next_id = into, into.merged_into_id
    return found


def _askers(session: Session, ids: Collection[int]) -> set[int]:
    return set(session.scalars(select(Request.requester_id).where(Request.id.in_(ids))))


def _let_watch(session: Session, into: Request, askers: set[int], *, since: datetime) -> None:
    """Let them follow it who do not, since the very instant of the merging: they did not choose."""
    following = select(Watch.person_id).where(Watch.request_id == into.id)
    for asker in sorted(askers - set(session.scalars(following))):
        session.add(Watch(request_id=into.id, person_id=asker, since=since))


def _going_on(turning: Turning) -> list[Step]:
    """Return what lets a merged request go on, with somebody else when its holder is gone."""
    visit, into_id = turning.ledger.visit, turning.ledger.merged_into
    steps = [Step(Kind.UNMERGED, {"from": into_id, "as_it_was": True})]
    holder = holder_again(turning, visit.holder_id, team_id=visit.team_id)
    if holder != visit.holder_id:
        steps.append(Step(Kind.GIVEN, {"holder": holder, "from": visit.holder_id}))
    return steps


def _let_go(session: Session, into: Request, ids: Collection[int], *, act: Act) -> None:
    """Let those asked for in `ids` no longer ask for `into`, and follow it only by own choice.

    It may have come into hands of which the actor knows nothing, so no right to it is needed.
    """
    other = begin_by_itself(session, into, at=act.at, by=act.by)
    mergings = [each.at for each in other.happenings if _merges(each)]
    data = {"link": LinkKind.ABSORBED.value}
    steps = [Step(Kind.UNLINKED, {**data, "to": i}) for i in ids if i in other.ledger.joined]
    if steps:
        other.record(*steps)
    gone = _askers(session, ids) - _askers(session, other.ledger.joined)
    theirs = (Watch.request_id == into.id, Watch.person_id.in_(gone))
    session.execute(delete(Watch).where(*theirs, Watch.since.in_(mergings)))


def _merges(happening: Happening) -> bool:
    return happening.kind is Kind.LINKED and happening.data["link"] == LinkKind.ABSORBED


def _line(session: Session, request: Request) -> list[Request]:
    """Return what a request was merged into, the nearest first, and where that went on."""
    line, next_id = [], request.merged_into_id
    while next_id:
        into = session.get_one(Request, next_id)
        line.append(into)
        next_id = into.merged_into_id
    return line
