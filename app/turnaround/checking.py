"""Pages compared with a count of everything; what differs is marked, and so counted anew."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import Team
from app.requests.marks import ChangedDay
from app.requests.record.marking import mark_days, walls_of
from app.turnaround.changed import marks
from app.turnaround.raw import Tallies, count_changed
from app.turnaround.refreshing import count_everything, read_pages
from app.turnaround.tallies import SPAN, Key, Tally, long_pages

Differing = Mapping[Key, str]


def page_differences(session: Session) -> Iterator[str]:
    """Yield a sentence for each clean page that is not what a count of the rows gives."""
    for team_id in session.scalars(select(Team.id).order_by(Team.id)).all():
        yield from differing_pages(session, team_id).values()


def differing_pages(session: Session, team_id: int) -> Differing:
    """Return a sentence for each clean page of a team that is not what a count of the rows gives.

    The transaction must see one state, else what is counted meanwhile seems to differ.
    """
    mine = marks(ChangedDay.team_id == team_id)
    changed = count_changed(session, mine, walls_of(session, [team_id]))
    counted = count_everything(session, team_id)
    for key in changed:
        counted.pop(key, None)
    stored = read_pages(session, team_id, 1)
    clean = {key: page for key, page in stored.items() if key not in changed}
    found = dict(_compare("the page", clean, counted))
    long = read_pages(session, team_id, SPAN)
    return found | dict(_compare("the long page", long, long_pages(stored)))


def _compare(what: str, stored: Tallies, counted: Tallies) -> Iterator[tuple[Key, str]]:
    for key in sorted(stored.keys() | counted.keys()):
        if stored.get(key, Tally()) != counted.get(key, Tally()):
            team_id, day, stage = key
            words = f"{what} of {day}, {stage or 'requests'}, is not what happened"
            yield key, f"team {team_id}: {words}"


def mark_differing(session: Session, differing: Collection[Key]) -> None:
    """Mark the days of these pages. A long page is written anew with the day that it begins on."""
    days = {(team_id, stage, day) for team_id, day, stage in differing}
    mark_days(session, days, walls_of(session, {team_id for team_id, *_ in differing}))
