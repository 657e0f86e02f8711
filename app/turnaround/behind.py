"""The rows behind a figure: listed page by page for people, or all of them for an export."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, bindparam, case, func, null, select, tuple_
from sqlalchemy.orm import Session, joinedload

from app.people.models import Person, Team
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.queries import after_key, visibility, visible_to
from app.turnaround.cohorts import Cohort, at_stage, cohorts, narrowed
from app.turnaround.pieces import Piece, Stay
from app.turnaround.rules import Choice, Window

CHUNK = 1000


@dataclass(frozen=True)
class Behind:
    """A cohort with its rows."""

    key: str
    about: str
    rows: Sequence[Piece] | Sequence[Stay]


@dataclass(frozen=True)
class Listed:
    """A part of the list behind a figure: `n` requests and `visits` in all, `mine` to be opened."""

    cohort: Cohort
    n: int
    visits: int
    mine: int
    requests: Sequence[Request]


@dataclass(frozen=True)
class Scope:
    """What the figures of one team are about: its window, narrowed by a choice, at `now`."""

    team: Team
    choice: Choice
    window: Window
    now: datetime

    def cohort(self, key: str) -> Cohort | None:
        """Return the cohort of this key."""
        return cohorts(self.window, self.now).get(key)

    def conditions(self, cohort: Cohort) -> list[ColumnElement[bool]]:
        """Return what its rows must fulfil; of visits with their requests."""
        model: Any = StageVisit if cohort.of_visits else Request
        found = [model.team_id == self.team.id, cohort.where, *narrowed(self.choice)]
        if cohort.of_open_work:
            found += at_stage(self.choice)
        if cohort.of_visits and self.choice.stage:
            found.append(StageVisit.stage == self.choice.stage)
        return found


class Counted(Protocol):
    """What figures are about, as far as a list asks: which requests a cohort of it holds."""

    def conditions(self, cohort: Cohort) -> list[ColumnElement[bool]]: ...


class Cohorts(Mapping[str, Behind]):
    """The cohorts of a scope by key; each is read when it is asked for."""

    def __init__(self, session: Session, scope: Scope, viewer: Person | None) -> None:
        self._session, self._scope, self._viewer = session, scope, viewer
        self._known = cohorts(scope.window, scope.now)

    def __getitem__(self, key: str) -> Behind:
        return rows_behind(self._session, self._scope, self._known[key], self._viewer)

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def rows_behind(session: Session, scope: Scope, cohort: Cohort, viewer: Person | None) -> Behind:
    """Return all rows of a cohort, oldest first; titles only of what `viewer` may open."""
    return Behind(cohort.key, cohort.about, list(each_behind(session, scope, cohort, viewer)))


def each_behind(
    session: Session, scope: Scope, cohort: Cohort, viewer: Person | None
) -> Iterator[Any]:
    """Yield the same rows, `CHUNK` of them read at a time, however long the window is."""
    shape: Any = Stay if cohort.of_visits else Piece
    model: Any = StageVisit if cohort.of_visits else Request
    columns = _columns(shape, model, raised_at=Request.raised_at, title=_title(viewer))
    key = (Request.raised_at, Request.id, *([StageVisit.seq] if cohort.of_visits else []))
    query = select(*columns, *key)
    if cohort.of_visits:
        query = query.join_from(StageVisit, Request)
    query = query.where(*scope.conditions(cohort)).order_by(*key).limit(CHUNK)
    rows = session.execute(query).all()
    while rows:
        yield from (shape(*row[: len(columns)]) for row in rows)
        last = zip(rows[-1][len(columns) :], key, strict=True)
        later = tuple_(*key) > tuple_(*(bindparam(None, value, c.type) for value, c in last))
        rows = session.execute(query.where(later)).all() if len(rows) == CHUNK else []


def listed(
    session: Session,
    scope: Counted,
    cohort: Cohort,
    viewer: Person,
    *,
    after: tuple[datetime, int] | None,
    limit: int,
) -> Listed:
    """Return up to `limit` requests behind a figure that `viewer` may open, oldest first."""
    where = scope.conditions(cohort)
    if cohort.of_visits:
        visits = select(StageVisit.request_id).join_from(StageVisit, Request).where(*where)
        where = [Request.id.in_(visits)]
        counted = session.scalar(select(func.count()).select_from(visits.subquery())) or 0
    n = session.scalar(select(func.count(Request.id)).where(*where)) or 0
    mine = session.scalar(select(func.count(Request.id)).where(*where, visibility(viewer))) or 0
    rows = with_names(visible_to(viewer).where(*where))
    raised_at, request_id = Request.__table__.c.raised_at, Request.__table__.c.id
    later = after_key(raised_at, request_id, after)
    if later is not None:
        rows = rows.where(later)
    found = session.scalars(rows.limit(limit)).all()
    return Listed(cohort, n, counted if cohort.of_visits else n, mine, found)


def with_names(query: Select[Any]) -> Select[Any]:
    """Return a query for requests with what a row shows, oldest first."""
    return query.options(
        joinedload(Request.type),
        joinedload(Request.asking_team),
        joinedload(Request.team),
        joinedload(Request.holder),
        joinedload(Request.requester),
    ).order_by(Request.raised_at, Request.id)


def _columns(shape: Any, model: Any, **others: Any) -> list[Any]:
    return [others.get(field.name, getattr(model, field.name, None)) for field in fields(shape)]


def _title(viewer: Person | None) -> ColumnElement[Any]:
    """Return the title through the gate: nothing for whoever may not open the request."""
    if viewer is None:
        return null()
    return case((visibility(viewer), Request.title), else_=None)
