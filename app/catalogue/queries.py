"""What is offered."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from app.catalogue.models import RequestType
from app.catalogue.rules import read_stages
from app.db import rows_of
from app.people.models import Department, Team


@cache
def offers() -> Select[RequestType]:
    """Select everything on offer with its team and department, in reading order."""
    return (
        select(RequestType)
        .join(Team)
        .join(Department)
        .where(RequestType.is_active)
        .options(joinedload(RequestType.team).joinedload(Team.department))
        .order_by(Department.name, Team.name, RequestType.name, RequestType.id)
    )


def find_team(session: Session, team_id: int) -> Team | None:
    """Return a team with its department and calendar, or None."""
    return session.scalar(_team(), {"team_id": team_id})


@cache
def _team() -> Select[Team]:
    return (
        select(Team)
        .where(Team.id == bindparam("team_id"))
        .options(joinedload(Team.department), joinedload(Team.calendar))
    )


def offered_by(session: Session, team_id: int) -> Sequence[Row[int, str, str]]:
    """Return (id, name, summary) of what one team offers, by name."""
    return rows_of(session, _offered(), {"team_id": team_id}).all()


@cache
def _offered() -> Select[int, str, str]:
    return (
        select(RequestType.id, RequestType.name, RequestType.summary)
        .where(RequestType.team_id == bindparam("team_id"), RequestType.is_active)
        .order_by(RequestType.name, RequestType.id)
    )


def by_department(
    offered: Iterable[RequestType], words: str
) -> list[tuple[Department, list[tuple[Team, list[RequestType]]]]]:
    """Group `offered` (in reading order) by department and team; keep what `words` find.

    Each of the words, or one that is nearly it, must stand in the team's name or purpose, or in the
    offer's name, summary or other words.
    A team that is found by itself keeps all its offers.
    """
    wanted = words.casefold().split()
    kept = [offer for offer in offered if _found(offer, wanted)]
    return [
        (department, [(team, list(mine)) for team, mine in groupby(theirs, lambda o: o.team)])
        for department, theirs in groupby(kept, lambda o: o.team.department)
    ]


def _found(offer: RequestType, wanted: list[str]) -> bool:
    texts = (offer.team.name, offer.team.purpose, offer.name, offer.summary, offer.keywords)
    text = " ".join(texts).casefold()
    return all(word in text or _near(word, text) for word in wanted)


def _near(word: str, text: str) -> bool:
    """A slip of the fingers finds its word, too: "labtop" the laptop."""
    return len(word) > 3 and bool(get_close_matches(word, text.split(), n=1, cutoff=0.8))


def stages_of(session: Session, team_id: int) -> set[str]:
    """Return the words of the stages that a team takes in anything on offer."""
    return {
        plan.stage.value
        for owner_id, stages in rows_of(session, _ways())
        for plan in read_stages(stages, team_id=owner_id)
        if plan.team_id == team_id
    }


@cache
def _ways() -> Select[int, list[Any]]:
    return select(RequestType.team_id, RequestType.stages).where(RequestType.is_active)
