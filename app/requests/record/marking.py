"""What a change of stored rows means for the days it is counted on."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import Team
from app.people.queries import team_clock
from app.requests.life.stored import StoredRows
from app.requests.marks import ChangedDay
from app.requests.models import Request
from app.requests.rules import State
from app.rows import add_rows
from app.worktime.models import Calendar
from app.worktime.rules import WorkingClock
from app.worktime.walls import DAY, Wall, wall_of

Fact = tuple[int, str, datetime, tuple[Any, ...]]  # team, stage or "", instant, what is counted
DONE = ("raised_at", "outcome", "reopenings", "returns", "working_s", "paused_s")
SPLIT = ("waiting_s", "in_hand_s", "paused_s")


def facts_of(request: Mapping[str, Any], visits: Iterable[Mapping[str, Any]]) -> set[Fact]:
    """Return everything about one request that is counted on some day, as comparable values."""
    facts: set[Fact] = set()
    for visit in visits:
        team, stage, entered_at = visit["team_id"], visit["stage"], visit["entered_at"]
        facts.add((team, stage, entered_at, ("entered", visit["round"], visit["seq"])))
        if visit["left_at"] is not None:
            seconds = tuple(visit[name] for name in SPLIT)
            facts.add((team, stage, visit["left_at"], ("left", entered_at, *seconds)))
    if not request:
        return facts
    team, answered_at = request["team_id"], request["first_response_at"]
    over = None if answered_at else request["done_at"] or request["ended_at"]
    raised = ("raised", answered_at, request["response_s"], over)
    facts.add((team, "", request["raised_at"], raised))
    if request["done_at"] is not None:
        unconfirmed = request["state"] == State.DONE
        done = ("done", unconfirmed, *(request[name] for name in DONE))
        facts.add((team, "", request["done_at"], done))
    return facts


def stored_request(request: Request) -> dict[str, Any]:
    """Return what `facts_of` reads of a stored request."""
    names = ("team_id", "state", "first_response_at", "response_s", "done_at", "ended_at", *DONE)
    return {name: getattr(request, name) for name in names}


def mark(
    session: Session, facts: Collection[Fact], clock_of: Callable[[int], WorkingClock]
) -> None:
    """Mark the local days of these facts as changed, in the transaction that changes them."""
    walls = _walls({fact[0] for fact in facts}, clock_of)
    days = {(team, stage, walls[team].day_of(at)) for team, stage, at, _ in facts}
    mark_days(session, days, walls)


def mark_days(
    session: Session, days: Iterable[tuple[int, str, date]], walls: Mapping[int, Wall]
) -> None:
    """Mark (team, stage, local day) as changed, with the instants that the wall gives to a day."""
    rows = [
        {
            "team_id": team,
            "stage": stage,
            "day": day,
            "begins_at": walls[team].begins(day),
            "ends_at": walls[team].begins(day + DAY),
        }
        for team, stage, day in sorted(days)
    ]
    if rows:
        add_rows(session, ChangedDay, rows)


def walls_of(session: Session, team_ids: Collection[int]) -> dict[int, Wall]:
    """Return the wall of each team, by which its days are told."""
    return _walls(team_ids, partial(team_clock, session))


def _walls(team_ids: Collection[int], clock_of: Callable[[int], WorkingClock]) -> dict[int, Wall]:
    plans = {team_id: clock_of(team_id).plan for team_id in team_ids}
    return {team_id: wall_of(plan.zone, plan.moves) for team_id, plan in plans.items()}


def versions(session: Session) -> Callable[[int], int]:
    """Return a look-up of the versions of teams' calendars, all read at the first question."""
    known: dict[int, int] = {}

    def version_of(team_id: int) -> int:
        if team_id not in known:
            rows = session.execute(select(Team.id, Calendar.version).join(Team.calendar))
            known.update((row[0], row[1]) for row in rows)
        return known[team_id]

    return version_of


def with_versions(
    rows: StoredRows,
    known: Mapping[int, Mapping[str, Any]],
    version_of: Callable[[int], int],
) -> Sequence[dict[str, Any]]:
    """Return the visits with the version of the calendar their seconds were counted by.

    `known` are the stored visits by number. One that was left keeps its version while its seconds
    stay the same: a newer calendar that changes nothing about them was not what counted them.
    """
    visits = []
    for visit in rows.visits:
        before = known.get(visit["seq"])
        version = None
        if visit["left_at"] is not None:
            same = before is not None and all(
                before[name] == visit[name] for name in ("left_at", *SPLIT)
            )
            version = before["calendar_version"] if before and same else None
            version = version or version_of(visit["team_id"])
        visits.append({**visit, "calendar_version": version})
    return visits
