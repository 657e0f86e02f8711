"""The notices of one person, through the same gate as everything they see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from app.db import Moment, rows_of
from app.language import gettext
from app.notices.models import Letter, Notice, QuietHours, Wish
from app.notices.rules import USUAL, How, Reason
from app.notices.substitutes import stood_in_for
from app.people.models import Person, Team
from app.requests.life.telling import tell
from app.requests.models import Event, Request
from app.requests.queries import VIEWER, visibility, visible_for
from app.requests.rules import Kind

MANY = 99


def _notices_of(person: Person, *, at: datetime) -> Select[Notice]:
    return (
        select(Notice)
        .join(Request, Request.id == Notice.request_id)
        .where(Notice.person_id == person.id, Notice.ready_at <= at, visibility(person))
    )


def notices_of(
    session: Session, person: Person, *, at: datetime, limit: int, before: int | None = None
) -> list[Notice]:
    """Return what `person` was told, newest first; `before` is the id of the last one shown.

    One more than `limit` is returned when there are more.
    """
    chosen = _notices_of(person, at=at).options(
        joinedload(Notice.request), joinedload(Notice.event).joinedload(Event.actor)
    )
    if before is not None:
        chosen = chosen.where(Notice.id < before)
    return list(session.scalars(chosen.order_by(Notice.id.desc()).limit(limit + 1)))


class Said(NamedTuple):
    """What happened in words; `instead_of` names whom the reader stands in for, or nobody ("")."""

    words: str
    instead_of: str


def sentences(session: Session, person: Person, notices: Sequence[Notice]) -> list[Said]:
    """Return what happened, notice by notice, as `person` is told it."""
    datas = (notice.event.data for notice in notices)
    ids = {data["team"] for data in datas if data.get("team")}
    named = session.execute(select(Team.id, Team.name).where(Team.id.in_(ids))) if ids else ()
    teams = {row[0]: row[1] for row in named}
    away = stood_in_for(session, person, notices)
    return [_said(notice.event, person, away.get(notice.id), teams) for notice in notices]


def _said(event: Event, person: Person, away: Person | None, teams: Mapping[int, str]) -> Said:
    who = event.actor.name if event.actor else "Baton"
    team = teams.get(event.data.get("team", 0))
    words = tell(event.kind, event.data, who=who, holder=_holder(event, person, away), team=team)
    if away is None:
        return Said(words, "")
    standing = gettext("You stand in for %(name)s: %(what)s", name=away.name, what=words)
    return Said(standing, away.name)


def _holder(event: Event, person: Person, away: Person | None) -> str | None:
    """Return what the holder is called whom the event names, if the reader may know it."""
    holder = event.data.get("holder")
    if away and holder == away.id:
        return away.name
    # What ended because they had left is not said to them, should they be back, as "you has left".
    return gettext("you") if event.kind != Kind.DECIDED and holder == person.id else None


def unread(session: Session, person: Person, *, at: datetime) -> int:
    """Return how many notices are unread, counted up to one more than `MANY`."""
    return rows_of(session, _unread(), {"viewer": person.id, "at": at}).scalar_one()


@cache
def _unread() -> Select[int]:
    return unread_of(VIEWER)


def unread_of(viewer: ColumnElement[int]) -> Select[int]:
    """Count the same for whoever `viewer` is, in SQL; the instant is given as "at" when it runs."""
    some = (
        select(Notice.id)
        .join(Request, Request.id == Notice.request_id)
        .where(Notice.person_id == viewer, Notice.read_at.is_(None))
        .where(Notice.ready_at <= bindparam("at", type_=Moment()), visible_for(viewer))
        .limit(MANY + 1)
    )
    return select(func.count()).select_from(some.subquery())


def wishes_of(session: Session, person: Person) -> dict[Reason, How]:
    """Return how `person` wants to hear of each reason."""
    own = session.scalars(select(Wish).where(Wish.person_id == person.id))
    return USUAL | {Reason(wish.reason): How(wish.how) for wish in own}


def quiet_hours_of(session: Session, person: Person) -> QuietHours | None:
    """Return the quiet hours a person chose, or None for the usual night."""
    return session.get(QuietHours, person.id)


@dataclass(frozen=True)
class Post:
    """Letters that are not sent: waiting, how late the oldest is (seconds), and given up."""

    waiting: int
    late_s: float
    dead: int


def post_waiting(session: Session, *, at: datetime) -> Post:
    """Return how many letters wait at `at` (UTC), and how many were given up."""
    unsent = Letter.sent_at.is_(None)
    waiting, first = session.execute(
        select(func.count(), func.min(Letter.created_at)).where(
            unsent, Letter.next_try_at.is_not(None)
        )
    ).one()
    dead = select(func.count()).select_from(Letter).where(unsent, Letter.next_try_at.is_(None))
    late_s = max(0.0, (at - first).total_seconds()) if first else 0.0
    return Post(waiting, late_s, session.scalar(dead) or 0)
