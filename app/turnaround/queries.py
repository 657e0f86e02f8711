"""From stored rows to figures: two queries, whatever the number of teams or requests."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, null, or_, select
from sqlalchemy.orm import Session, joinedload

from app.people.models import Department, Person, Team
from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.queries import visibility, visible_to
from app.requests.rules import OPEN
from app.turnaround.cohorts import Piece, Stay
from app.turnaround.figures import Figures, Story, tell
from app.turnaround.rules import Choice, Window, window_of

EVERYBODY = "All teams together"


def teams(session: Session) -> list[Team]:
    """Return all teams with department and calendar, by department and name; never by rank."""
    return list(
        session.scalars(
            select(Team)
            .join(Department)
            .options(joinedload(Team.department), joinedload(Team.calendar))
            .order_by(Department.name, Team.name, Team.id)
        )
    )


def team_named(session: Session, name: str) -> Team | None:
    """Return the team of exactly this name, with its calendar."""
    wanted = select(Team).where(Team.name == name).options(joinedload(Team.calendar))
    return session.scalar(wanted)


def team_by_id(session: Session, team_id: int) -> Team | None:
    """Return a team with its calendar."""
    return session.get(Team, team_id, options=[joinedload(Team.calendar)])


def team_story(
    session: Session, team: Team, choice: Choice, *, now: datetime, viewer: Person | None = None
) -> Story:
    """Return the figures of one team and their cohorts; titles only of what `viewer` may open."""
    window = window_of(choice, zone=team.calendar.zone_at(now), now=now)
    mine = Request.team_id == team.id
    pieces = _pieces(session, mine, [window], viewer)
    stays = _stays(session, StageVisit.team_id == team.id, [window], viewer)
    return tell(pieces, stays, team_id=team.id, team=team.name, window=window, now=now)


def all_figures(
    session: Session, choice: Choice, *, now: datetime
) -> tuple[list[Figures], Figures]:
    """Return the figures of each team, in reading order, and of all of them together (days of UTC).

    Each team counts the days of its own time zone, and a request counts for the team that has it,
    or had it last. Three queries.
    """
    everybody = teams(session)
    zones = [team.calendar.zone_at(now) for team in everybody]
    windows = [window_of(choice, zone=zone, now=now) for zone in zones]
    together = window_of(choice, zone="UTC", now=now)
    pieces = _pieces(session, None, [*windows, together], None)
    stays = _stays(session, None, [*windows, together], None)
    pieces_by_team, stays_by_team = _by_team(pieces), _by_team(stays)
    each = [
        tell(
            pieces_by_team[team.id],
            stays_by_team[team.id],
            team_id=team.id,
            team=team.name,
            window=window,
            now=now,
        ).figures
        for team, window in zip(everybody, windows, strict=True)
    ]
    whole = tell(pieces, stays, team_id=None, team=EVERYBODY, window=together, now=now)
    return each, whole.figures


def named(session: Session, viewer: Person, ids: Sequence[int]) -> list[Request]:
    """Return those of `ids` that `viewer` may open, oldest first, with what a row shows."""
    return list(
        session.scalars(
            visible_to(viewer)
            .where(Request.id.in_(ids))
            .options(
                joinedload(Request.type),
                joinedload(Request.asking_team),
                joinedload(Request.team),
                joinedload(Request.holder),
                joinedload(Request.requester),
            )
            .order_by(Request.raised_at, Request.id)
        )
    )


def _pieces(
    session: Session, of: ColumnElement[bool] | None, windows: list[Window], viewer: Person | None
) -> list[Piece]:
    start, end = min(w.start for w in windows), max(w.end for w in windows)
    touched = or_(
        Request.state.in_([state.value for state in OPEN]),
        and_(Request.raised_at >= start, Request.raised_at < end),
        and_(Request.done_at >= start, Request.done_at < end),
    )
    columns = [getattr(Request, field.name) for field in fields(Piece) if field.name != "title"]
    wanted = select(*columns, _title(viewer)).where(touched)
    if of is not None:
        wanted = wanted.where(of)
    rows: Iterable[Any] = session.execute(wanted.order_by(Request.raised_at, Request.id))
    return [Piece(*row) for row in rows]


def _stays(
    session: Session, of: ColumnElement[bool] | None, windows: list[Window], viewer: Person | None
) -> list[Stay]:
    start, end = min(w.start for w in windows), max(w.end for w in windows)
    left = and_(StageVisit.left_at >= start, StageVisit.left_at < end)
    columns = [
        Request.raised_at if field.name == "raised_at" else getattr(StageVisit, field.name)
        for field in fields(Stay)
        if field.name != "title"
    ]
    wanted = (
        select(*columns, _title(viewer))
        .join_from(StageVisit, Request)
        .where(or_(left, StageVisit.left_at.is_(None)))
        .order_by(Request.raised_at, Request.id, StageVisit.seq)
    )
    rows: Iterable[Any] = session.execute(wanted if of is None else wanted.where(of))
    return [Stay(*row) for row in rows]


def _by_team(rows: Iterable[Any]) -> dict[int, list[Any]]:
    groups = defaultdict(list)
    for row in rows:
        groups[row.team_id].append(row)
    return groups


def _title(viewer: Person | None) -> ColumnElement[Any]:
    """Return the title through the gate: nothing for whoever may not open the request."""
    if viewer is None:
        return null()
    return case((visibility(viewer), Request.title), else_=None)
