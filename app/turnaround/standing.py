"""What is open, unanswered and running at this moment: few rows, whatever the archive holds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    String,
    bindparam,
    case,
    func,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from app.db import Moment, rows_of
from app.people.models import Team
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.turnaround.backlog import NOW, OLDEST, TEAMS, counts, instants, open_of, work_of
from app.turnaround.cohorts import OPEN_NOW, Condition, narrowed
from app.turnaround.figures import OpenWork
from app.turnaround.rules import BANDS, Choice, Window
from app.worktime.queries import PLAN_TEXT, clock_written

WORK, UNANSWERED, OLD, RUNNING = range(4)  # what a row of `standing` tells
NO_STAGE: Any = literal_column("''", String)


@dataclass(frozen=True)
class Standing:
    """What one team has at this moment: its open work, and the visits that run by stage.

    `unanswered` are those of the open ones that were raised in the window: for how many seconds,
    in working and in elapsed time. So many of them are past the promised first answer.
    """

    open: OpenWork
    unanswered: Sequence[tuple[int, int]]
    unanswered_late: int
    running: Mapping[str, int]


def standing(
    session: Session, windows: Mapping[int, Window], choice: Choice, now: datetime
) -> dict[int, Standing]:
    """Return what stands with each team by id. One query, of a few kinds of rows."""
    since = min((window.start for window in windows.values()), default=now)
    values = {"teams": sorted(windows), "now": now, "since": since, **instants(now)}
    query = _everything(choice.narrowing, one=len(windows) == 1)
    rows: dict[int, dict[int, list[Any]]] = {team_id: defaultdict(list) for team_id in windows}
    for kind, team_id, *told in rows_of(session, query, values).all():
        rows[team_id][kind].append(told)
    return {team_id: _standing(windows[team_id], of, now) for team_id, of in rows.items()}


def _standing(window: Window, rows: Mapping[int, list[Any]], now: datetime) -> Standing:
    """Put together what was told of one team: lists of (n or id, stage, instant, more counts)."""
    first = sorted((since, request_id) for request_id, _, since, *_ in rows[OLD])
    counted = rows[WORK][0] if rows[WORK] else None
    work = work_of([counted[0], *counted[3:8], counted[2]] if counted else [], _ages(counted))
    asked = [told for told in rows[UNANSWERED] if window.holds(told[2])]
    return Standing(
        open=replace(work, oldest=tuple(request_id for _, request_id in first)),
        unanswered=[_so_far(plan, since, now) for _, plan, since, *_ in asked],
        unanswered_late=sum(is_late for is_late, *_ in asked),
        running={stage: n for n, stage, *_ in rows[RUNNING]},
    )


def _so_far(plan: str, since: datetime, now: datetime) -> tuple[int, int]:
    """Return the working seconds by a calendar's document since an instant, and the elapsed."""
    elapsed = max(int((now - since).total_seconds()), 0)
    return clock_written(plan).between(since, now), elapsed


def _ages(counted: Sequence[Any] | None) -> list[int]:
    return list(counted[8:]) if counted else [0] * len(BANDS)


@lru_cache(maxsize=64)
def _everything(choice: Choice, *, one: bool) -> Any:
    here, nothing = Request.team_id, [null()] * (5 + len(BANDS))
    n, late_n, silent_n, both, waiting, again, since, *ages = counts()
    more = (late_n, silent_n, both, waiting, again, *ages)
    of = (_first(choice) if one else _ranked(choice)).subquery().c
    work = select(_kind(WORK), here, n, NO_STAGE, since, *more).where(*open_of(choice))
    is_late = case((Request.respond_by < NOW, literal_column("1")), else_=literal_column("0"))
    unanswered = select(_kind(UNANSWERED), here, is_late, _hours(), Request.raised_at, *nothing)
    old = select(_kind(OLD), of.team_id, of.id, NO_STAGE, of.raised_at, *nothing)
    return union_all(
        work.group_by(here),
        unanswered.where(*_unanswered(choice)),
        old,
        _running(choice, nothing),
    )


def _unanswered(choice: Choice) -> list[Condition]:
    raised = Request.raised_at >= bindparam("since", type_=Moment())
    here = (Request.team_id.in_(TEAMS), OPEN_NOW, Request.first_response_at.is_(None), raised)
    return [*here, *narrowed(choice)]


def _hours() -> Any:
    """The calendar, as it is written, of the team that was asked first: its clock counts."""
    of = aliased(StageVisit)
    chosen = select(PLAN_TEXT).select_from(of).join(Team, Team.id == of.team_id)
    first = chosen.join(Team.calendar).where(of.request_id == Request.id, of.seq == 1)
    return first.scalar_subquery()


def _kind(number: int) -> Any:
    return literal_column(str(number)).label("kind")


def _first(choice: Choice) -> Any:
    """The oldest of one team: read from an index up to there, instead of ranked."""
    query = select(Request.team_id, Request.id, Request.raised_at).where(*open_of(choice))
    return query.order_by(Request.raised_at, Request.id).limit(OLDEST)


def _ranked(choice: Choice) -> Any:
    rank = func.row_number().over(
        partition_by=Request.team_id, order_by=(Request.raised_at, Request.id)
    )
    ranked = select(Request.team_id, Request.id, Request.raised_at, rank.label("rank"))
    of = ranked.where(*open_of(choice)).subquery().c
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
