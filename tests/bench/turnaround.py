"""How fast turnaround figures are over a large archive, against what is wanted of them.

    python -m tests.bench.turnaround [--days 1095] [--engine sqlite|postgres|both]

Fills an archive of a third of the days and one of all of them (1095 days are a million requests),
each in a database of its own. Every figure is told in turn from the one and the other, so that what
else the machine does meets both alike; printed is the median in milliseconds beside what is wanted,
and how much longer three times the history takes. Exits with 1 when something is missed.

Processor time on SQLite, so that neighbours on the machine do not count; time by the wall on
PostgreSQL, whose work another process does. "Database and merge" is everything but the rendering.
The page of a team is served, as `desk` does it, in turn with the list page of `floor`: a bare
Flask application with one query, on the same engine.
"""

import argparse
import gc
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import flask
from sqlalchemy.orm import Session

from app.db import db, reads_only
from app.people.models import Person
from app.turnaround.basis import Scope
from app.turnaround.chapters import Wanted, tell
from app.turnaround.contents import CHAPTERS, Chapter
from app.turnaround.queries import all_lines, scope_of, stage_cells, team_by_id, team_figures
from app.turnaround.rules import Choice
from tests.bench.archive import NOW, archived, database
from tests.bench.filling import settings_of
from tests.bench.serving import LIKE_THE_FLOOR, LIKE_THE_README, serving
from tests.bench.visiting import Visitor
from tests.support.apps import build, dispose
from tests.support.cast import PASSWORD

RUNS, ROUNDS = 15, 100
WANTED = {  # milliseconds at most, with all of the history
    "team, 90 days: database and merge": 50,
    "all teams, 90 days: database and merge": 150,
    "cells, 90 days: p50, p85, p95": 40,
}
FLOORS = 5  # times the floor that the page of a team may take
GROWTH = 1.2  # times as long that a figure of 90 days may take when the history triples
HAIR = 2  # milliseconds that are no growth but noise
CLOCK = {False: process_time, True: perf_counter}  # whether PostgreSQL
TEAM = 7
OF_TEAM = Scope("team", "Team", team_id=TEAM)
CHOICES = {"90 days": Choice(90), "365 days": Choice(365), "all time": Choice(None)}
Act = Callable[[], object]


def main() -> None:
    """Measure a third of the archive beside all of it, on each engine."""
    options = argparse.ArgumentParser()
    options.add_argument("--days", type=int, default=1095)
    options.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    given = options.parse_args()
    engines = ("sqlite", "postgres") if given.engine == "both" else (given.engine,)
    missed = sum(measure(given.days, postgres=engine == "postgres") for engine in engines)
    sys.exit(1 if missed else 0)


def measure(days: int, *, postgres: bool) -> int:
    """Fill, measure and print a table; return how many figures missed what is wanted."""
    with ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory()))
        urls = [
            kept.enter_context(database(folder / f"{each}.sqlite3", postgres=postgres))
            for each in (days // 3, days)
        ]
        apps = [build(url) for url in urls]
        for app, each in zip(apps, (days // 3, days), strict=True):
            kept.callback(dispose, app)
            say(archived(app, each))
        _as_served()
        engine = "postgres" if postgres else "sqlite"
        say(f"\n| {engine} | ms | wanted | thrice the history | |\n|---|---|---|---|---|")
        missed = sum(
            told(name, *in_turn(*(partial(_in, app, act) for app in apps), clock=CLOCK[postgres]))
            for name, act in _figures()
        )
        page, bare = served(urls[1], folder, postgres=postgres)
    slow = page > FLOORS * bare
    say(f"| team, 90 days: the page, served | {page:.1f} | {FLOORS * bare:.1f} | | {_slow(slow)} |")
    say(f"| floor, served | {bare:.1f} | | | |")
    return missed + slow


def told(name: str, short: float, long: float) -> bool:
    """Print one row of the table; say whether something was missed."""
    most = WANTED.get(name)
    slow = most is not None and long > most
    grew = "90 days" in name and long / short > GROWTH and long - short > HAIR
    verdict = _slow(slow) or ("grows" if grew else "")
    say(f"| {name} | {long:.1f} | {most or ''} | {long / short:.2f} | {verdict} |")
    return slow or grew


def _slow(slow: bool) -> str:
    return "too slow" if slow else ""


def say(line: str) -> None:
    """Print one line at once."""
    print(line, flush=True)  # noqa: T201


def _as_served() -> None:
    """Leave what has been loaded to itself, as `app.serving` does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def in_turn(short: Act, long: Act, *, clock: Callable[[], float]) -> tuple[float, float]:
    """Return the median milliseconds of both, told in turn, after one each that warms up."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(RUNS + 1):
        for act, times in zip((short, long), took, strict=True):
            start = clock()
            act()
            if number:
                times.append(1000 * (clock() - start))
    return median(took[0]), median(took[1])


def _in(app: flask.Flask, act: Callable[[Session], object]) -> None:
    with app.app_context():
        reads_only.set(True)
        act(db.session)
        db.session.rollback()
        reads_only.set(False)


def _figures() -> Iterator[tuple[str, Callable[[Session], object]]]:
    for name, choice in CHOICES.items():
        yield f"team, {name}: database and merge", partial(_team, choice=choice)
        yield f"all teams, {name}: database and merge", partial(_lines, choice=choice)
        yield f"cells, {name}: p50, p85, p95", partial(_cells, choice=choice)
    narrowed = Choice(90, asking_team_id=3)
    yield "team, 90 days, one requesting team, from rows", partial(_team, choice=narrowed)
    for key, chapter in CHAPTERS.items():
        if key != "pair":
            yield f"chapter {key} of a team, 90 days", partial(_chapter, chapter=chapter)


def _chapter(session: Session, chapter: Chapter) -> None:
    viewer = session.get_one(Person, 1)
    tell(session, chapter, Wanted(OF_TEAM, CHOICES["90 days"]), now=NOW, viewer=viewer)


def _team(session: Session, choice: Choice) -> None:
    team = team_by_id(session, TEAM)
    assert team is not None
    team_figures(session, scope_of(session, team, choice, now=NOW))


def _lines(session: Session, choice: Choice) -> None:
    all_lines(session, choice, now=NOW)


def _cells(session: Session, choice: Choice) -> None:
    assert len(stage_cells(session, choice, now=NOW)) == 100


def served(url: str, folder: Path, *, postgres: bool) -> tuple[float, float]:
    """Return the median milliseconds of a team's page and of the floor's, asked for in turn."""
    bare = url if postgres else f"sqlite:///{folder}/floor.sqlite3"
    floor_app = f"tests.bench.floor:create_app({bare!r})"
    settings = settings_of(Path("none")) | {"BATON_DATABASE_URL": url}
    with serving(*LIKE_THE_FLOOR, floor_app) as low, serving(*LIKE_THE_README, **settings) as high:
        floor, visitor = Visitor(low.port), Visitor(high.port)
        visitor.enter("kim@example.org", PASSWORD)
        took: tuple[list[float], list[float]] = ([], [])
        for number in range(ROUNDS + 10):
            answers = visitor.get(f"/teams/{TEAM}/turnaround"), floor.get("/")
            for answer, times in zip(answers, took, strict=True):
                assert answer.status == 200, answer.body[:300]
                if number >= 10:  # the first ones fill caches
                    times.append(1000 * answer.seconds)
    return median(took[0]), median(took[1])


if __name__ == "__main__":
    main()
