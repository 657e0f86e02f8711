"""A made-up archive of requests and visits, inserted as rows: as large as wanted, in minutes.

25 teams with 4 stages each, five visits to a request, 913 requests a day: a million in three
years. Durations are lognormal. Only what turnaround figures read is there; no events, no words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import flask
from argon2 import PasswordHasher
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from app import clock
from app.catalogue.models import RequestType
from app.db import db
from app.people.models import Department, Membership, Person, Team
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.turnaround.refreshing import rebuild_all
from app.turnaround.rules import STAGES
from app.worktime.models import Calendar
from tests.support.apps import migrate
from tests.support.cast import OFFICE_HOURS, PASSWORD
from tests.support.databases import own_postgres_database

NOW = clock.now()
TEAMS = 25
VISITS = 5
A_DAY = 913
CHUNK = 5_000
Row = dict[str, Any]


@contextmanager
def database(path: Path, *, postgres: bool) -> Iterator[str]:
    """Yield the URL of an empty database."""
    if not postgres:
        yield f"sqlite:///{path}"
        return
    with own_postgres_database() as url:
        yield url


def archived(app: flask.Flask, days: int) -> str:
    """Fill the database of `app` and count its days; return how long it took, as a sentence."""
    migrate(app)
    with app.app_context():
        start = perf_counter()
        fill(db.session, days=days)
        filled = perf_counter()
        rebuild_all(db.session)
        db.session.commit()
        if db.engine.dialect.name == "postgresql":  # as it does by itself within a minute
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("ANALYZE"))
    pages = perf_counter() - filled
    return f"{days * A_DAY} requests in {filled - start:.0f} s, their pages in {pages:.0f} s"


def fill(session: Session, *, days: int) -> Person:
    """Insert `days` days of requests up to `NOW`, and commit; return somebody who may sign in."""
    person, offers = _organisation(session)
    rng, count = Random(1), days * A_DAY
    requests: list[Row] = []
    visits: list[Row] = []
    for number in range(1, count + 1):
        raised_at = NOW - timedelta(seconds=days * 86_400 * (1 - number / (count + 1)))
        request, stays = _life(rng, number, raised_at, offers, person.id)
        requests.append(request)
        visits += stays
        if len(requests) == CHUNK or number == count:
            session.execute(insert(Request), requests)
            session.execute(insert(StageVisit), visits)
            session.commit()
            requests, visits = [], []
    return person


def _organisation(session: Session) -> tuple[Person, list[tuple[int, int]]]:
    calendar = Calendar(name="Office hours", plan=OFFICE_HOURS)
    department = Department(name="Everything")
    teams = [
        Team(name=f"Team {n:02}", department=department, calendar=calendar) for n in range(TEAMS)
    ]
    person = Person(
        name="Kim", email="kim@example.org", password_hash=PasswordHasher().hash(PASSWORD)
    )
    session.add_all([*teams, person])
    session.flush()
    session.add(Membership(person_id=person.id, team_id=teams[0].id))
    offers = [RequestType(team_id=team.id, name="Anything") for team in teams]
    session.add_all(offers)
    session.flush()
    return person, [(offer.id, offer.team_id) for offer in offers]


def _life(
    rng: Random, number: int, raised_at: datetime, offers: list[tuple[int, int]], person: int
) -> tuple[Row, list[Row]]:
    (type_id, team_id), (_, asking) = rng.choice(offers), rng.choice(offers)
    visits = list(_visits(rng, number, team_id, raised_at))
    left_at = visits[-1]["left_at"]
    answered_at = raised_at + timedelta(seconds=int(rng.lognormvariate(8, 1)))
    working = sum((v["waiting_s"] or 0) + (v["in_hand_s"] or 0) for v in visits)
    row = {
        "id": number,
        "title": "Something",
        "type_id": type_id,
        "requester_id": person,
        "state": "in work" if left_at is None else "confirmed",
        "asking_team_id": asking,
        "team_id": team_id,
        "stage": visits[-1]["stage"],
        "turn_since": raised_at,
        "raised_at": raised_at,
        "due_at": raised_at + timedelta(days=9),
        "respond_by": raised_at + timedelta(hours=8),
        "first_response_at": answered_at if answered_at < NOW else None,
        "response_s": int(rng.lognormvariate(7, 1)) if answered_at < NOW else None,
        "done_at": left_at,
        "ended_at": left_at,
        "outcome": None if left_at is None else "yes",
        "last_event_at": left_at or raised_at,
        "last_public_at": raised_at,
        "working_s": None if left_at is None else working,
        "paused_s": None if left_at is None else 0,
    }
    return row, visits


def _visits(rng: Random, number: int, team_id: int, at: datetime) -> Iterator[Row]:
    for seq in range(1, VISITS + 1):
        waiting, in_hand = int(rng.lognormvariate(8.5, 1.2)), int(rng.lognormvariate(9, 1))
        left_at = at + timedelta(seconds=3 * (waiting + in_hand))
        is_open = left_at >= NOW
        yield {
            "request_id": number,
            "seq": seq,
            "stage": STAGES[seq % len(STAGES)],
            "round": 1 + (seq > len(STAGES)),
            "team_id": team_id,
            "entered_at": at,
            "left_at": None if is_open else left_at,
            "ended_by": None if is_open else "passed on",
            "waiting_s": None if is_open else waiting,
            "in_hand_s": None if is_open else in_hand,
            "paused_s": None if is_open else 0,
            "calendar_version": None if is_open else 1,
        }
        if is_open:
            return
        at = left_at
