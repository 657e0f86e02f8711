"""Open work as the database counts it: how much, how it stands, and how old it is."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, literal_column, select
from sqlalchemy.orm import Session

from app.db import Moment, rows_of
from app.requests.models import Request
from app.requests.rules import State
from app.turnaround.cohorts import OPEN_NOW, Condition, aged, at_stage, late, narrowed, silent
from app.turnaround.figures import OpenWork
from app.turnaround.rules import BANDS, Choice

OLDEST = 5
TEAMS: Any = bindparam("teams", expanding=True)
NOW = bindparam("now", type_=Moment())


def open_work(
    session: Session, team_ids: list[int], choice: Choice, now: datetime
) -> dict[int, OpenWork]:
    """Return the open work of each team by id, without the oldest. One query."""
    found = {team_id: work_of([], [0] * len(BANDS)) for team_id in team_ids}
    values = {"teams": team_ids, "now": now, **instants(now)}
    for team_id, *found_now in rows_of(session, _work_query(choice.narrowing), values):
        found[team_id] = work_of(found_now[:7], found_now[7:])
    return found


@lru_cache(maxsize=64)
def _work_query(choice: Choice) -> Any:
    query = select(Request.team_id, *counts()).where(*open_of(choice))
    return query.group_by(Request.team_id)


def counts() -> list[Any]:
    """Return the columns that count open work; those from the eighth on by age."""
    return [
        func.count(),
        *(_count(c) for c in (late(NOW), silent(NOW), late(NOW) & silent(NOW))),
        _count(Request.state == State.WAITING),
        _count(Request.reopenings > 0),
        func.min(Request.raised_at),
        *(_count(where) for _, _, where in aged(_ago)),
    ]


def oldest(session: Session, team_ids: list[int], choice: Choice) -> tuple[int, ...]:
    """Return the ids of the oldest open requests of these teams together. One query."""
    query = _oldest(choice.narrowing)
    return tuple(rows_of(session, query, {"teams": team_ids}).scalars())


@lru_cache(maxsize=64)
def _oldest(choice: Choice) -> Any:
    query = select(Request.id).where(*open_of(choice))
    return query.order_by(Request.raised_at, Request.id).limit(OLDEST)


def all_open(work: Mapping[int, OpenWork]) -> OpenWork:
    """Return the open work of all teams as one, without the oldest."""
    parts = list(work.values())
    numbers = ("n", "late", "silent", "late_and_silent", "waiting", "open_again")
    since = [each.oldest_raised_at for each in parts if each.oldest_raised_at is not None]
    ages = zip(*(each.ages for each in parts), strict=True)
    return OpenWork(
        **{name: sum(getattr(each, name) for each in parts) for name in numbers},
        ages=tuple((same[0][0], same[0][1], sum(n for _, _, n in same)) for same in ages),
        oldest=(),
        oldest_raised_at=min(since, default=None),
    )


def open_of(choice: Choice) -> list[Condition]:
    """Return what makes a request open work of these teams, of what was chosen."""
    return [Request.team_id.in_(TEAMS), OPEN_NOW, *narrowed(choice), *at_stage(choice)]


def _ago(seconds: int) -> Any:
    return bindparam(f"ago_{seconds}", type_=Moment())


def instants(now: datetime) -> dict[str, datetime]:
    """Return the instants that part the ages, as values of `counts`."""
    return {f"ago_{band.below}": now - timedelta(0, band.below) for band in BANDS if band.below}


def _count(where: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.count(case((where, literal_column("1"))))


def work_of(values: list[Any], ages: list[int]) -> OpenWork:
    """Return open work from its counts; without values there is none."""
    n, late_n, silent_n, both, waiting, again, since = values or (0, 0, 0, 0, 0, 0, None)
    named = tuple((f"open-{band.key}", band.label, n) for band, n in zip(BANDS, ages, strict=True))
    return OpenWork(n, late_n, silent_n, both, waiting, again, named, (), since)
