"""Rows of chapters that nobody lived, for rules that need many of them, or rare ones."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.turnaround.basis import Basis, Scope
from app.turnaround.lives import Life, Split, Time, Visit
from app.turnaround.rules import Window
from app.turnaround.sheets import Lists

NOW = datetime(2026, 4, 8, 12, tzinfo=UTC)
HOUR = 3600


def a_life(number, *, took=HOUR, done=True, days_ago=1):
    ended = NOW - timedelta(days=days_ago)
    return Life(
        *(number, 1, 1, 2, "done" if done else "in work", "work"),
        *(ended - timedelta(seconds=took), None, None, None),
        *(ended if done else None, None, None, 0, 0, 0, True),
        *(took, took, took, took),
    )


def a_visit(number, asker, *, waited, begun=True):
    entered = NOW - timedelta(days=2)
    split = Split(waited, 0, 0, 0)
    start = entered + timedelta(seconds=waited) if begun else None
    return Visit(
        *(number, 1, 1, asker, "work", 1, 1, asker),
        *(entered, entered, start, None, None, True, split, split),
    )


@pytest.fixture
def basis():
    return Basis(
        scope=Scope("team", "Content", team_id=1),
        window=Window("UTC", date(2026, 1, 9), date(2026, 4, 8), 90),
        now=NOW,
        time=Time.WORKING,
        teams={1: "Content", 2: "Finance", 3: "Front Desk", 4: "Tiny"},
        types={1: "Article"},
        people={1: 9, 2: 9, 3: 9, 4: 4},
        crowd=9,
        calendar="hours of Content",
    )


def sheet(chapter, basis, key):
    return next(each for each in chapter.tell(basis, Lists()) if each.key == key)
