"""Figures counted twice: from pages, and from every row there is."""

from datetime import date

from app.turnaround.pages import add_up, from_pages
from app.turnaround.queries import teams
from app.turnaround.raw import Stretch, count_stretch
from app.turnaround.refreshing import refresh, teams_changed
from app.turnaround.rules import ALWAYS, Choice
from app.turnaround.tallies import STAGE_SECONDS, TEAM_SECONDS
from app.turnaround.windows import windows_of
from tests.support.lives import NOW

CHOICES = (
    *(Choice(7), Choice(90), Choice(365), Choice(None)),
    Choice(None, date(2026, 3, 1), date(2026, 3, 31)),
    Choice(None, date(2024, 2, 3), date(2026, 4, 8)),
)


def settle(session):
    """Do what the worker does."""
    for team_id in teams_changed(session):
        while refresh(session, team_id):
            pass


def documents(sums):
    return {
        team_id: (
            each.requests.document(),
            {stage: tally.document() for stage, tally in each.stages.items()},
            {day: numbers for day, numbers in each.days.items() if any(numbers)},
        )
        for team_id, each in sums.items()
    }


def assert_pages_are_the_raw_count(session, choice, *, now=NOW):
    everybody = teams(session)
    windows = windows_of(session, everybody, choice, now)
    walls = {team.id: team.calendar.wall for team in everybody}
    raw = add_up(count_stretch(session, Stretch(walls, *ALWAYS)), windows)
    stored = from_pages(session, windows, requests=TEAM_SECONDS, stages=STAGE_SECONDS)
    assert documents(stored) == documents(raw), choice
