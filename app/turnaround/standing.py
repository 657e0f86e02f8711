"""What is open at this moment, counted by the database: few rows, whatever the archive holds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, literal_column, select
from sqlalchemy.orm import Session

from app.db import Moment, rows_of
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.rules import State
from app.turnaround.cohorts import OPEN_NOW, Condition, aged, late, narrowed, silent
from app.turnaround.figures import OpenWork
from app.turnaround.rules import BANDS, Choice, Window

OLDEST = 5
TEAMS: Any = bindparam("teams", expanding=True)
NOW = bindparam("now", type_=Moment())


def open_work(
    session: Session, team_ids: list[int], choice: Choice, now: datetime
) -> dict[int, OpenWork]:
    """Return the open work of each team by id, without the oldest. One query."""
    found = {team_id: _work([], [0] * len(BANDS)) for team_id in team_ids}
    values = {"teams": team_ids, "now": now, **_instants(now)}
    for team_id, *counts in rows_of(session, _work_query(choice.narrowing), values):
        found[team_id] = _work(counts[:7], counts[7:])
    return found


@lru_cache(maxsize=64)
def _work_query(choice: Choice) -> Any:
    columns = [
        func.count(),
        *(_count(c) for c in (late(NOW), silent(NOW), late(NOW) & silent(NOW))),
        _count(Request.state == State.WAITING),
        _count(Request.reopenings > 0),
        func.min(Request.raised_at),
        *(_count(where) for _, _, where in aged(_ago)),
    ]
    query = select(Request.team_id, *columns).where(*_open(choice))
    return query.group_by(Request.team_id)


def with_oldest(
    session: Session, work: Mapping[int, OpenWork], choice: Choice
) -> dict[int, OpenWork]:
    """Return the open work with the ids of the oldest of each team. One query."""
    ids = sorted(work)
    first: dict[int, list[int]] = {team_id: [] for team_id in ids}
    if len(ids) == 1:  # read from an index up to there, instead of ranked
        first[ids[0]] = list(oldest(session, ids, choice))
    else:
        for team_id, request_id in rows_of(session, _ranked(choice.narrowing), {"teams": ids}):
            first[team_id].append(request_id)
    return {team: replace(each, oldest=tuple(first[team])) for team, each in work.items()}


@lru_cache(maxsize=64)
def _ranked(choice: Choice) -> Any:
    rank = func.row_number().over(
        partition_by=Request.team_id, order_by=(Request.raised_at, Request.id)
    )
    ranked = select(Request.team_id, Request.id, rank.label("rank")).where(*_open(choice))
    of = ranked.subquery().c
    return select(of.team_id, of.id).where(of.rank <= OLDEST).order_by(of.rank)


def oldest(session: Session, team_ids: list[int], choice: Choice) -> tuple[int, ...]:
    """Return the ids of the oldest open requests of these teams together. One query."""
    query = _oldest(choice.narrowing)
    return tuple(rows_of(session, query, {"teams": team_ids}).scalars())


@lru_cache(maxsize=64)
def _oldest(choice: Choice) -> Any:
    query = select(Request.id).where(*_open(choice))
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


def unanswered_late(
    session: Session, windows: Mapping[int, Window], choice: Choice, now: datetime
) -> dict[int, int]:
    """Return how many open requests raised in each team's window wait for an overdue answer."""
    counts = dict.fromkeys(windows, 0)
    values = {"teams": sorted(windows), "now": now}
    for team_id, raised_at in rows_of(session, _overdue(choice.narrowing), values):
        counts[team_id] += windows[team_id].holds(raised_at)
    return counts


@lru_cache(maxsize=64)
def _overdue(choice: Choice) -> Any:
    return select(Request.team_id, Request.raised_at).where(*_open(choice), silent(NOW))


def running(session: Session, team_ids: list[int], choice: Choice) -> dict[int, dict[str, int]]:
    """Return the open visits of each team by stage. One query."""
    found: dict[int, dict[str, int]] = {team_id: {} for team_id in team_ids}
    for team_id, stage, n in rows_of(session, _running(choice.narrowing), {"teams": team_ids}):
        found[team_id][stage] = n
    return found


@lru_cache(maxsize=64)
def _running(choice: Choice) -> Any:
    query = select(StageVisit.team_id, StageVisit.stage, func.count())
    query = query.where(StageVisit.left_at.is_(None), StageVisit.team_id.in_(TEAMS))
    if choice.is_narrowed:
        query = query.join(Request, Request.id == StageVisit.request_id).where(*narrowed(choice))
    if choice.stage:
        query = query.where(StageVisit.stage == choice.stage)
    return query.group_by(StageVisit.team_id, StageVisit.stage)


def _open(choice: Choice) -> list[Condition]:
    return [Request.team_id.in_(TEAMS), OPEN_NOW, *narrowed(choice)]


def _ago(seconds: int) -> Any:
    return bindparam(f"ago_{seconds}", type_=Moment())


def _instants(now: datetime) -> dict[str, datetime]:
    return {f"ago_{band.below}": now - timedelta(0, band.below) for band in BANDS if band.below}


def _count(where: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.count(case((where, literal_column("1"))))


def _work(values: list[Any], ages: list[int]) -> OpenWork:
    n, late_n, silent_n, both, waiting, again, since = values or (0, 0, 0, 0, 0, 0, None)
    named = tuple((f"open-{band.key}", band.label, n) for band, n in zip(BANDS, ages, strict=True))
    return OpenWork(n, late_n, silent_n, both, waiting, again, named, (), since)
