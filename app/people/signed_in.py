"""Who a browser is signed in as: every page begins with it, so it is read as columns."""

from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import ScalarSelect, Select, bindparam, event, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from app.db import rows_of
from app.people.models import LoginSession, Membership, Person, Team
from app.people.team_places import TeamPlace
from app.rows import as_read
from app.worktime.models import Calendar
from app.worktime.queries import PLAN_TEXT

COLUMNS: Final = tuple(Person.__table__.columns)
NAMES: Final = tuple(column.name for column in COLUMNS)
KNOWN: Final = 5  # columns of the session itself


class SignedIn(NamedTuple):
    """A browser's session (times in UTC) and whose it is."""

    session_id: int
    created_at: datetime
    seen_at: datetime
    door: str
    besides: int
    person: Person


# Whose browser it is, for what is read besides.
WHOSE: Final = (
    select(LoginSession.person_id)
    .where(LoginSession.key_hash == bindparam("key_hash"))
    .scalar_subquery()
)


def signed_in_as(
    session: Session, key_hash: str, besides: ScalarSelect[int], **values: Any
) -> SignedIn | None:
    """Return the browser's session with its person and their places, unless it was revoked.

    One that still waits for its second step is signed in to nothing. What every page needs to know
    of them `besides` comes along, selected of `WHOSE`; `values` are what that leaves open.
    """
    rows = rows_of(session, _signed_in(besides), {"key_hash": key_hash} | values).all()
    if not rows:
        return None
    known, of_person = rows[0][:KNOWN], rows[0][KNOWN : KNOWN + len(COLUMNS)]
    person = _person(session, dict(zip(NAMES, of_person, strict=True)))
    places = (row[KNOWN + len(COLUMNS) :] for row in rows)
    person.__dict__["known_places"] = [TeamPlace(*place) for place in places if place[0]]
    return SignedIn._make((*known, person))


def _person(session: Session, values: dict[str, Any]) -> Person:
    known = session.identity_map.get(identity_key(Person, values["id"]))
    return known or as_read(session, Person, values)


@cache
def _signed_in(besides: ScalarSelect[int]) -> Select[Any]:
    return (
        select(LoginSession.id, LoginSession.created_at, LoginSession.seen_at, LoginSession.door)
        .add_columns(besides, *COLUMNS, Membership.team_id, Membership.role, Team.name, PLAN_TEXT)
        .join(Person, Person.id == LoginSession.person_id)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Team, Team.id == Membership.team_id)
        .outerjoin(Calendar, Calendar.id == Team.calendar_id)
        .where(
            LoginSession.key_hash == bindparam("key_hash"),
            LoginSession.revoked_at.is_(None),
            LoginSession.waits_until.is_(None),
        )
        .order_by(Membership.team_id)
    )


@event.listens_for(Person, "expire")
def _forget_places(person: Person | None, names: object) -> None:
    """Know them no more where all else is to be read again; None is somebody who is gone."""
    if person is not None and names is None:
        person.__dict__.pop("known_places", None)
