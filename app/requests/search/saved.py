"""Searches that people keep under a name, for themselves or for their team."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, Select, String, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, rows_of
from app.people.models import Person
from app.requests.queries import VIEWER, VIEWERS_TEAMS

MOST = 50  # that one person keeps


class SavedView(Base):
    """A search that somebody keeps, for themselves or, with `team_id`, for their team."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(String(400))


def kept_for(session: Session, person: Person) -> Sequence[Any]:
    """Return (id, person_id, team_id, name, query) of what somebody and their teams keep."""
    return rows_of(session, _kept(), {"viewer": person.id}).all()


@cache
def _kept() -> Select[Any]:
    mine = or_(SavedView.person_id == VIEWER, SavedView.team_id.in_(VIEWERS_TEAMS))
    columns = (SavedView.id, SavedView.person_id, SavedView.team_id)
    chosen: Any = select(*columns, SavedView.name, SavedView.query)
    return chosen.where(mine).order_by(SavedView.name, SavedView.id).limit(100)


def keep(session: Session, person: Person, *, name: str, query: str, team_id: int | None) -> None:
    """Keep a search; a second click, and one more than `MOST`, change nothing."""
    own = select(func.count()).where(SavedView.person_id == person.id)
    known = {(view.name, view.query) for view in kept_for(session, person)}
    if (name, query) not in known and (session.scalar(own) or 0) < MOST:
        session.add(SavedView(person_id=person.id, team_id=team_id, name=name, query=query))


def drop(session: Session, view: SavedView) -> None:
    """Forget a search that was kept."""
    session.delete(view)
