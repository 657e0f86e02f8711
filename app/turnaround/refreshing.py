"""Writing pages: the days that changed, or everything of a team, counted from the rows.

Whoever writes pages of a team holds a lock on the team's row meanwhile, so that an older count
never overwrites a newer one. Marks are read before the rows are, and only those are deleted.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, literal, select
from sqlalchemy.orm import Session

from app.people.models import Team
from app.requests.marks import ChangedDay
from app.requests.record.marking import mark_days, walls_of
from app.turnaround.changed import marks
from app.turnaround.models import StagePage, TeamPage
from app.turnaround.raw import Stretch, Tallies, count_changed, count_stretch
from app.turnaround.rules import ALWAYS
from app.turnaround.tallies import (
    SPAN,
    STAGE_COUNTS,
    STAGE_SECONDS,
    TEAM_COUNTS,
    TEAM_SECONDS,
    Key,
    Tally,
    long_pages,
    page_start,
)
from app.worktime.walls import Wall

AT_ONCE = 100  # days of a team refreshed in one transaction
PAGES = ((TeamPage, TEAM_COUNTS, TEAM_SECONDS), (StagePage, STAGE_COUNTS, STAGE_SECONDS))


def teams_changed(session: Session) -> list[int]:
    """Return the ids of the teams that have days to be counted anew."""
    return list(session.scalars(select(ChangedDay.team_id).distinct().order_by(ChangedDay.team_id)))


def refresh(session: Session, team_id: int) -> bool:
    """Count the earliest `AT_ONCE` changed days of a team anew; say whether there were any.

    Doing it twice does nothing twice. The caller commits.
    """
    _lock(session, team_id)
    mine = ChangedDay.team_id == team_id
    days = select(ChangedDay.day).where(mine).distinct().order_by(ChangedDay.day).limit(AT_ONCE)
    due = session.scalars(days).all()
    if not due:
        return False
    these = and_(mine, ChangedDay.day >= due[0], ChangedDay.day <= due[-1])
    seen = session.scalars(select(ChangedDay.id).where(these)).all()
    counted = count_changed(session, marks(these), walls_of(session, [team_id]))
    _write(session, 1, counted)
    _write(session, SPAN, _long(session, team_id, counted))
    _settle(session, seen)
    return True


def rebuild_team(session: Session, team_id: int) -> None:
    """Count every page of a team anew. The caller commits."""
    _lock(session, team_id)
    seen = session.scalars(select(ChangedDay.id).where(ChangedDay.team_id == team_id)).all()
    counted = count_everything(session, team_id)
    for model, _, _ in PAGES:
        session.execute(delete(model).where(model.team_id == team_id))
    _insert(session, 1, counted)
    _insert(session, SPAN, long_pages(counted))
    _settle(session, seen)


def mark_moved(session: Session, team_id: int, first: date, before: Wall) -> None:
    """Mark every page from `first` on as one that may have other ends than on the wall `before`.

    To be called in the transaction in which the team moves. Marks that are there already mean
    their instants, wherever these lie now.
    """
    _lock(session, team_id)
    days = set()
    for model, stage in ((TeamPage, literal("")), (StagePage, StagePage.stage)):
        there = (model.team_id == team_id, model.span == 1, model.day >= first)
        rows = session.execute(select(stage, model.day).where(*there))
        days |= {(team_id, row[0], row[1]) for row in rows}
    mark_days(session, days, {team_id: before})


def rebuild_all(session: Session) -> None:
    """Count every page of every team anew. The caller commits."""
    for team_id in session.scalars(select(Team.id).order_by(Team.id)).all():
        rebuild_team(session, team_id)


def count_everything(session: Session, team_id: int) -> Tallies:
    """Return every page that a team should have, counted from the rows."""
    return count_stretch(session, Stretch(walls_of(session, [team_id]), *ALWAYS))


def _lock(session: Session, team_id: int) -> None:
    """Lock the team's row, but not against those who only refer to it."""
    session.execute(select(Team.id).where(Team.id == team_id).with_for_update(key_share=True))


def _long(session: Session, team_id: int, counted: Tallies) -> Tallies:
    """Return the long pages that the counted days lie in, added up from the day pages."""
    touched = {(team_id, page_start(day), stage): Tally() for _, day, stage in counted}
    starts = [day for _, day, _ in touched]
    days = read_pages(session, team_id, 1, min(starts), max(starts) + timedelta(days=SPAN - 1))
    return touched | {key: page for key, page in long_pages(days).items() if key in touched}


def read_pages(
    session: Session, team_id: int, span: int, first: date = date.min, last: date = date.max
) -> Tallies:
    """Return the stored pages of a team that cover `span` days and begin within these days."""
    tallies: Tallies = {}
    for model, counts, seconds in PAGES:
        where = (model.team_id == team_id, model.span == span, model.day.between(first, last))
        for row in session.execute(select(model.__table__).where(*where)):
            values = row._mapping
            tally = tallies[team_id, values["day"], values.get("stage", "")] = Tally()
            tally.counts.update({name: values[name] for name in counts})
            for name in seconds:
                tally.note_packed(name, values[name])
    return tallies


def _write(session: Session, span: int, tallies: Tallies) -> None:
    """Replace the pages of these keys; a page on which nothing is left goes."""
    for model, _, _ in PAGES:
        keys = _of(model, tallies)
        if keys:
            names = ("team_id", "day", *(["stage"] if model is StagePage else []))
            same = [getattr(model, name) == bindparam(f"the_{name}") for name in names]
            rows = [{f"the_{n}": v for n, v in zip(names, key, strict=False)} for key in keys]
            gone = delete(model).where(model.span == span, *same)
            session.connection().execute(gone, rows)
    _insert(session, span, tallies)


def _insert(session: Session, span: int, tallies: Tallies) -> None:
    for model, counts, seconds in PAGES:
        rows = [
            _row(model, key, span, tallies[key], counts, seconds)
            for key in sorted(_of(model, tallies))
            if any(tallies[key].counts.values())
        ]
        if rows:
            session.execute(insert(model), rows)


def _row(
    model: Any, key: Key, span: int, tally: Tally, counts: Iterable[str], seconds: Iterable[str]
) -> dict[str, Any]:
    team_id, day, stage = key
    row: dict[str, Any] = {"team_id": team_id, "span": span, "day": day}
    if model is StagePage:
        row["stage"] = stage
    row |= {name: tally.counts[name] for name in counts}
    return row | {name: tally.packed(name) for name in seconds}


def _of(model: Any, tallies: Tallies) -> list[Key]:
    """Return the keys of the tallies that are pages of this table."""
    return [key for key in tallies if bool(key[2]) == (model is StagePage)]


def _settle(session: Session, ids: Collection[int]) -> None:
    if ids:
        gone = delete(ChangedDay).where(ChangedDay.id == bindparam("the_id"))
        session.connection().execute(gone, [{"the_id": one} for one in ids])
