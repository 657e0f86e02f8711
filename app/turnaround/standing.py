"""What is open at this moment, counted by the database: few rows, whatever the archive holds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.rules import State
from app.turnaround.cohorts import OPEN_NOW, Condition, aged, late, narrowed, silent
from app.turnaround.figures import OpenWork
from app.turnaround.rules import Choice, Window

OLDEST = 5


def open_work(
    session: Session, team_ids: list[int], choice: Choice, now: datetime
) -> dict[int, OpenWork]:
    """Return the open work of each team by id, without the oldest. One query."""
    bands = list(aged(now))
    columns = [
        func.count(),
        *(_count(c) for c in (late(now), silent(now), late(now) & silent(now))),
        _count(Request.state == State.WAITING),
        _count(Request.reopenings > 0),
        func.min(Request.raised_at),
        *(_count(where) for _, _, where in bands),
    ]
    query = select(Request.team_id, *columns).where(*_open(team_ids, choice))
    found = {team_id: _work([], [0] * len(bands), bands) for team_id in team_ids}
    for team_id, *values in session.execute(query.group_by(Request.team_id)):
        found[team_id] = _work(values[:7], values[7:], bands)
    return found


def with_oldest(
    session: Session, work: Mapping[int, OpenWork], choice: Choice
) -> dict[int, OpenWork]:
    """Return the open work with the ids of the oldest of each team. One query."""
    rank = func.row_number().over(
        partition_by=Request.team_id, order_by=(Request.raised_at, Request.id)
    )
    ranked = select(Request.team_id, Request.id, rank.label("rank"))
    ranked_open = ranked.where(*_open(sorted(work), choice)).subquery()
    first: dict[int, list[int]] = {team_id: [] for team_id in work}
    for team_id, request_id in session.execute(
        select(ranked_open.c.team_id, ranked_open.c.id)
        .where(ranked_open.c.rank <= OLDEST)
        .order_by(ranked_open.c.rank)
    ):
        first[team_id].append(request_id)
    return {team: replace(each, oldest=tuple(first[team])) for team, each in work.items()}


def oldest(session: Session, team_ids: list[int], choice: Choice) -> tuple[int, ...]:
    """Return the ids of the oldest open requests of these teams together. One query."""
    query = select(Request.id).where(*_open(team_ids, choice))
    return tuple(session.scalars(query.order_by(Request.raised_at, Request.id).limit(OLDEST)))


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
    query = select(Request.team_id, Request.raised_at)
    overdue = query.where(*_open(sorted(windows), choice), silent(now))
    for team_id, raised_at in session.execute(overdue):
        counts[team_id] += windows[team_id].holds(raised_at)
    return counts


def running(session: Session, team_ids: list[int], choice: Choice) -> dict[int, dict[str, int]]:
    """Return the open visits of each team by stage. One query."""
    query = select(StageVisit.team_id, StageVisit.stage, func.count())
    query = query.where(StageVisit.left_at.is_(None), StageVisit.team_id.in_(team_ids))
    if choice.is_narrowed:
        query = query.join(Request, Request.id == StageVisit.request_id).where(*narrowed(choice))
    if choice.stage:
        query = query.where(StageVisit.stage == choice.stage)
    found: dict[int, dict[str, int]] = {team_id: {} for team_id in team_ids}
    for team_id, stage, n in session.execute(query.group_by(StageVisit.team_id, StageVisit.stage)):
        found[team_id][stage] = n
    return found


def _open(team_ids: list[int], choice: Choice) -> list[Condition]:
    return [Request.team_id.in_(team_ids), OPEN_NOW, *narrowed(choice)]


def _count(where: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.count(case((where, 1)))


def _work(values: list[Any], ages: list[int], bands: list[Any]) -> OpenWork:
    n, late_n, silent_n, both, waiting, again, since = values or (0, 0, 0, 0, 0, 0, None)
    named = tuple((key, label, n) for (key, label, _), n in zip(bands, ages, strict=True))
    return OpenWork(n, late_n, silent_n, both, waiting, again, named, (), since)
