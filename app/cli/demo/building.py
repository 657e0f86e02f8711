"""Filling an empty database with the demo's organisation and its last months."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import bindparam, insert, select, text
from sqlalchemy.orm import Session

from app.cli.demo.courses import piece_of_writing, plain_work
from app.cli.demo.life import Life, TimeUp
from app.cli.demo.organisation import Organisation, found_organisation
from app.cli.demo.pieces import Desk, Row
from app.documents.models import Version
from app.feedback.answering import giving_team
from app.feedback.models import Answer, Remark
from app.people.models import Person
from app.requests.attention import Seen
from app.requests.record.pasts import Past, record_pasts
from app.turnaround.refreshing import rebuild_all

CHUNK = 2000
CAME_BACK = 0.8


class NotEmpty(RuntimeError):
    """The database holds people already; the demo never mixes with real ones."""


def build_demo(
    session: Session, *, requests: int, seed: int, now: datetime, days: int | None = None
) -> None:
    """Add the organisation and `requests` requests raised before `now`, the same for one seed.

    They are raised within `days`; without it within 90, and more where the 60 people would
    otherwise drown: one day for ten requests, up to three years.

    :raises NotEmpty: when somebody is there already.
    """
    if session.scalar(select(Person.id).limit(1)):
        raise NotEmpty("This database is in use; the demo fills only an empty one.")
    rng = Random(seed)
    organisation = found_organisation(session, rng)
    span = timedelta(days=days or max(90, min(3 * 365, requests // 10)))
    moments = _moments(organisation, rng, requests, now - span, now)
    desk_ids = (1, 1)
    with _no_collector():
        for start in range(0, requests, CHUNK):
            desk_ids = _record(
                session, organisation, rng, moments[start : start + CHUNK], now, desk_ids
            )
    rebuild_all(session)
    if session.get_bind().dialect.name == "postgresql":
        for name, last in zip(("version", "remark"), desk_ids, strict=True):
            session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), :id)"), {"id": last}
            )


def _moments(
    organisation: Organisation, rng: Random, count: int, begin: datetime, now: datetime
) -> list[datetime]:
    """Return when requests are raised: working instants of a team, in order."""
    clock = next(iter(organisation.clocks.values()))
    total = clock.between(begin, now)
    half = total // 2
    middle = clock.add(begin, half) or begin  # a clock looks no further ahead than thirty years
    found = (
        clock.add(begin, offset) if offset < half else clock.add(middle, offset - half)
        for offset in sorted(rng.choices(range(total), k=count))
    )
    return [moment for moment in found if moment is not None]


def _record(
    session: Session,
    organisation: Organisation,
    rng: Random,
    moments: list[datetime],
    now: datetime,
    desk_ids: tuple[int, int],
) -> tuple[int, int]:
    pasts: list[Past] = []
    desks: list[Desk] = []
    for raised_at in moments:
        desk = Desk(next_version=desk_ids[0], next_remark=desk_ids[1])
        pasts.append(_lived(organisation, rng, raised_at, now, desk))
        desks.append(desk)
        desk_ids = (desk.next_version, desk.next_remark)
    ids = record_pasts(session, pasts, organisation.clocks.__getitem__, size=CHUNK)
    _add_looks(session, rng, ids, pasts)
    _add_desks(session, ids, desks)
    return desk_ids


def _lived(
    organisation: Organisation, rng: Random, raised_at: datetime, now: datetime, desk: Desk
) -> Past:
    offered = rng.choice(organisation.types)
    life = Life(organisation, rng, offered, raised_at=raised_at, now=now)
    try:
        if offered.stages:
            piece_of_writing(life, desk)
        else:
            plain_work(life)
    except TimeUp:
        pass
    return life.past()


def _add_desks(session: Session, ids: list[int], desks: list[Desk]) -> None:
    rows: dict[Any, list[Row]] = {Version: [], Remark: [], Answer: []}
    for request_id, desk in zip(ids, desks, strict=True):
        for model, found in zip(rows, desk.of_request(request_id), strict=True):
            rows[model] += found
    for model, found in rows.items():
        if found:
            session.execute(_adding(model), found)


def _adding(model: Any) -> Any:
    statement = insert(model.__table__)
    if model is Answer:
        statement = statement.values(team_id=giving_team(bindparam("to")))
    return statement


def _add_looks(session: Session, rng: Random, ids: list[int], pasts: list[Past]) -> None:
    """Whoever acted on a request has seen it up to then, and most came back for what is newest."""
    looks: list[Row] = []
    for request_id, past in zip(ids, pasts, strict=True):
        acted = {told.happening.actor_id: told.happening.at for told in past.told}
        newest = past.told[-1].happening.at
        for person_id, at in acted.items():
            seen = newest if rng.random() < CAME_BACK else at
            looks.append({"person_id": person_id, "request_id": request_id, "at": seen})
    by_people = [look for look in looks if look["person_id"]]
    if by_people:
        session.execute(insert(Seen), by_people)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of small rows that nothing refers back to: the cycle collector only costs time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
