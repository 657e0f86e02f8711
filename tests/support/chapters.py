"""Chapters as they are told, and as a second count tells them, about the same days."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.people.models import Team
from app.turnaround.basis import Scope
from app.turnaround.chapters import Wanted, tell
from app.turnaround.contents import CHAPTERS
from app.turnaround.lives import Time
from app.turnaround.rules import Choice
from app.turnaround.sheets import LEAST, plain
from tests.support.lives import NOW
from tests.support.once import made_once
from tests.support.recount import least_by_kaplan_meier, stories, working
from tests.support.traffic import traffic

DAYS = Choice(None, date(2026, 2, 2), date(2026, 4, 8))
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 2, 2, tzinfo=BERLIN)
END = datetime(2026, 4, 9, tzinfo=BERLIN)


@pytest.fixture
def lived(db_session, cast):
    made_once(db_session, traffic, cast)
    return cast


def within(at):
    return at is not None and START <= at < END


def told(session, chapter, scope, *, time=Time.WORKING, **more):
    """Return the sheets of a chapter, as {figure: {row name: values}}."""
    page = tell_page(session, chapter, scope, time=time, **more)
    return {
        sheet.key: {plain(row[0]): [plain(cell) for cell in row[1:]] for row in sheet.rows}
        for sheet in page.sheets
    }


def tell_page(session, chapter, scope, *, time=Time.WORKING, choice=DAYS, viewer=None, **more):
    """Return a chapter as it is told at NOW about a team, or about a scope."""
    if isinstance(scope, Team):
        scope = Scope("team", scope.name, team_id=scope.id)
    wanted = Wanted(scope, choice, time, **more)
    return tell(session, CHAPTERS[chapter], wanted, now=NOW, viewer=viewer)


def of_team(session, team):
    return [story for story in stories(session) if story.team() == team.id]


def spans(found, clock, time):
    """Return the turnaround of those that are done, and of those that are not, so far."""
    finished, opened = [], []
    for story in found:
        what, end = story.end()
        elapsed = int(((end or NOW) - story.raised).total_seconds())
        took = working(story, clock, NOW) if time is Time.WORKING else elapsed
        (finished if what == "done" else opened).append(took)
    return finished, opened


def as_told(finished, opened):
    """Return the three percentiles as a table tells them."""
    n = len(finished) + len(opened)
    if n < LEAST:
        return [f"too few to say (n = {n})"] * 3
    found = [least_by_kaplan_meier(finished, opened, percent) for percent in (50, 85, 95)]
    return [f"more than {max(finished + opened)}" if at is None else at for at in found]


def shared_percent(part, whole):
    """Return a share as a table tells it."""
    return f"too few to say (n = {whole})" if whole < LEAST else (200 * part + whole) // (2 * whole)


def passes(found):
    """Return (story, stay, the stay after it or None) of each pass from one team to another."""
    for story in found:
        stays = story.stays()
        for stay, after in zip(stays, [*stays[1:], None], strict=True):
            if stay[0] != stay[1] and within(stay[2]):
                yield story, stay, after


def waited(stay, clock):
    """Return how long a stay waited to be begun, so far, without its pauses."""
    _, _, entered, started, left, pauses = stay
    until = started or left or NOW
    return clock.between_excluding(entered, until, [(a, b or left or NOW) for a, b, _ in pauses])
