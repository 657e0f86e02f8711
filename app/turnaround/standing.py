"""What is open at this moment, counted by the database: few rows, whatever the archive holds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    bindparam,
    case,
    func,
    literal_column,
    null,
    select,
    union_all,
)
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
WORK, OVERDUE, OLD, RUNNING = range(4)  # what a row of `standing` tells
NO_STAGE: Any = literal_column("''", String)


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
    query = select(Request.team_id, *_counts()).where(*_open(choice))
    return query.group_by(Request.team_id)


def _counts() -> list[Any]:
    return [
        func.count(),
        *(_count(c) for c in (late(NOW), silent(NOW), late(NOW) & silent(NOW))),
        _count(Request.state == State.WAITING),
        _count(Request.reopenings > 0),
        func.min(Request.raised_at),
        *(_count(where) for _, _, where in aged(_ago)),
    ]


@dataclass(frozen=True)
class Standing:
    """What one team has at this moment: its open work, and the visits that run by stage.

    `unanswered_late` are those of the open ones that were raised in the window.
    """

    open: OpenWork
    unanswered_late: int
    running: Mapping[str, int]


def standing(
    session: Session, windows: Mapping[int, Window], choice: Choice, now: datetime
) -> dict[int, Standing]:
    """Return what stands with each team by id. One query, of a few kinds of rows."""
    values = {"teams": sorted(windows), "now": now, **_instants(now)}
    query = _everything(choice.narrowing, one=len(windows) == 1)
    rows: dict[int, dict[int, list[Any]]] = {team_id: defaultdict(list) for team_id in windows}
    for kind, team_id, *told in rows_of(session, query, values).all():
        rows[team_id][kind].append(told)
    return {team_id: _standing(windows[team_id], of) for team_id, of in rows.items()}


def _standing(window: Window, rows: Mapping[int, list[Any]]) -> Standing:
    """Put together what was told of one team: lists of (n or id, stage, instant, more counts)."""
    first = sorted((since, request_id) for request_id, _, since, *_ in rows[OLD])
    counted = rows[WORK][0] if rows[WORK] else None
    work = _work([counted[0], *counted[3:8], counted[2]] if counted else [], _ages(counted))
    return Standing(
        open=replace(work, oldest=tuple(request_id for _, request_id in first)),
        unanswered_late=sum(window.holds(since) for _, _, since, *_ in rows[OVERDUE]),
        running={stage: n for n, stage, *_ in rows[RUNNING]},
    )


def _ages(counted: Sequence[Any] | None) -> list[int]:
    return list(counted[8:]) if counted else [0] * len(BANDS)


@lru_cache(maxsize=64)
def _everything(choice: Choice, *, one: bool) -> Any:
    here, nothing = Request.team_id, [null()] * (5 + len(BANDS))
    n, late_n, silent_n, both, waiting, again, since, *ages = _counts()
    counts = (late_n, silent_n, both, waiting, again, *ages)
    of = (_first(choice) if one else _ranked(choice)).subquery().c
    work = select(_kind(WORK), here, n, NO_STAGE, since, *counts).where(*_open(choice))
    overdue = select(_kind(OVERDUE), here, Request.id, NO_STAGE, Request.raised_at, *nothing)
    old = select(_kind(OLD), of.team_id, of.id, NO_STAGE, of.raised_at, *nothing)
    return union_all(
        work.group_by(here),
        overdue.where(*_open(choice), silent(NOW)),
        old,
        _running(choice, nothing),
    )


def _kind(number: int) -> Any:
    return literal_column(str(number)).label("kind")


def _first(choice: Choice) -> Any:
    """The oldest of one team: read from an index up to there, instead of ranked."""
    query = select(Request.team_id, Request.id, Request.raised_at).where(*_open(choice))
    return query.order_by(Request.raised_at, Request.id).limit(OLDEST)


def _ranked(choice: Choice) -> Any:
    rank = func.row_number().over(
        partition_by=Request.team_id, order_by=(Request.raised_at, Request.id)
    )
    ranked = select(Request.team_id, Request.id, Request.raised_at, rank.label("rank"))
    of = ranked.where(*_open(choice)).subquery().c
    return select(of.team_id, of.id, of.raised_at).where(of.rank <= OLDEST)


def _running(choice: Choice, nothing: Sequence[Any]) -> Any:
    here = StageVisit.team_id
    query = select(_kind(RUNNING), here, func.count(), StageVisit.stage, null(), *nothing)
    query = query.where(StageVisit.left_at.is_(None), here.in_(TEAMS))
    if choice.is_narrowed:
        query = query.join(Request, Request.id == StageVisit.request_id).where(*narrowed(choice))
    if choice.stage:
        query = query.where(StageVisit.stage == choice.stage)
    return query.group_by(here, StageVisit.stage)


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
