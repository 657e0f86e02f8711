"""How fast turnaround figures are over a large archive, against what is wanted of them.

    python -m tests.bench.turnaround [--days 1095] [--engine sqlite|postgres|both]

Fills an archive of a third of the days, then one of all of them (1095 days are a million requests),
in databases of their own, and prints the median of some runs in milliseconds beside what is wanted,
and how much longer three times the history takes. Exits with 1 when something is missed.
Processor time on SQLite, so that neighbours on the machine do not count; time by the wall on
PostgreSQL, whose work another process does. "Floor" is the list page of `floor`, a bare Flask
application with one query; "database and merge" is everything but the rendering.
"""

import argparse
import gc
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import flask

from app.db import db, reads_only
from app.people.models import Person
from app.turnaround.basis import Scope
from app.turnaround.chapters import Wanted, tell
from app.turnaround.contents import CHAPTERS, Chapter
from app.turnaround.queries import (
    all_lines,
    scope_of,
    stage_cells,
    team_by_id,
    team_figures,
)
from app.turnaround.refreshing import rebuild_all
from app.turnaround.rules import Choice
from tests.bench import floor
from tests.bench.archive import A_DAY, NOW, fill
from tests.support.apps import build, dispose, migrate
from tests.support.clients import PageClient
from tests.support.databases import own_postgres_database

RUNS = 15
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
TEAM_PAGE, FLOOR = "team, 90 days: the page", "floor"
OF_TEAM = Scope("team", "Team", team_id=TEAM)
CHOICES = {"90 days": Choice(90), "365 days": Choice(365), "all time": Choice(None)}


def main() -> None:
    """Measure a third of the archive, then all of it, on each engine."""
    options = argparse.ArgumentParser()
    options.add_argument("--days", type=int, default=1095)
    options.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    given = options.parse_args()
    engines = ("sqlite", "postgres") if given.engine == "both" else (given.engine,)
    missed = 0
    for engine in engines:
        postgres = engine == "postgres"
        with tempfile.TemporaryDirectory() as folder:
            short = measure(given.days // 3, folder, postgres=postgres)
            long = measure(given.days, folder, postgres=postgres)
        print(f"\n| {engine} | ms | wanted | thrice the history | |\n|---|---|---|---|---|")  # noqa: T201
        missed += sum(_told(name, short, long) for name in long)
    sys.exit(1 if missed else 0)


def _told(name: str, short: dict[str, float], long: dict[str, float]) -> bool:
    """Print one row of the table; say whether something was missed."""
    took, growth = long[name], long[name] / short[name]
    most = WANTED.get(name) or (FLOORS * long[FLOOR] if name == TEAM_PAGE else None)
    slow = most is not None and took > most
    grew = "90 days" in name and growth > GROWTH and took - short[name] > HAIR
    verdict = "too slow" if slow else "grows" if grew else ""
    print(f"| {name} | {took:.1f} | {most or 0:.0f} | {growth:.2f} | {verdict} |")  # noqa: T201
    return slow or grew


def measure(days: int, folder: str, *, postgres: bool) -> dict[str, float]:
    """Fill a database with `days` days and return the milliseconds of each figure by name."""
    with database(Path(folder) / f"{days}.sqlite3", postgres=postgres) as url:
        app = build(url)
        migrate(app)
        with app.app_context():
            start = perf_counter()
            person = fill(db.session, days=days)
            filled = perf_counter()
            rebuild_all(db.session)
            db.session.commit()
            print(f"\n{days * A_DAY} requests in {filled - start:.0f} s")  # noqa: T201
            print(f"their pages in {perf_counter() - filled:.0f} s")  # noqa: T201
            _as_served()
            found = dict(_figures(app, person))
        dispose(app)
    return found


def _as_served() -> None:
    """Leave what has been loaded to itself, as `app.serving` does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def _figures(app: flask.Flask, person: Person) -> Iterator[tuple[str, float]]:
    for name, choice in CHOICES.items():
        yield f"team, {name}: database and merge", _in_session(_team, choice)
        yield f"all teams, {name}: database and merge", _in_session(_lines, choice)
        yield f"cells, {name}: p50, p85, p95", _in_session(_cells, choice)
    narrowed = Choice(90, asking_team_id=3)
    yield "team, 90 days, one requesting team, from rows", _in_session(_team, narrowed)
    for key, chapter in CHAPTERS.items():
        if key != "pair":
            told = partial(_chapter, chapter, person)
            yield f"chapter {key} of a team, 90 days", _in_session(told, CHOICES["90 days"])
    client = PageClient(app, db.session)
    client.sign_in(person)
    for name, url in {"team": f"/teams/{TEAM}/turnaround", "all teams": "/turnaround"}.items():
        client.get(url)
        # The browser itself: what `PageClient` checks of each page takes longer than the page.
        yield f"{name}, 90 days: the page", timed(partial(client._browser.get, url))
    with tempfile.TemporaryDirectory() as folder:
        bare = floor.create_app(f"{folder}/floor.sqlite3").test_client()
        yield FLOOR, timed(partial(bare.get, "/"))


def _chapter(chapter: Chapter, person: Person, choice: Choice) -> None:
    tell(db.session, chapter, Wanted(OF_TEAM, choice), now=NOW, viewer=person)


def _team(choice: Choice) -> None:
    team = team_by_id(db.session, TEAM)
    assert team is not None
    team_figures(db.session, scope_of(db.session, team, choice, now=NOW))


def _lines(choice: Choice) -> None:
    all_lines(db.session, choice, now=NOW)


def _cells(choice: Choice) -> None:
    assert len(stage_cells(db.session, choice, now=NOW)) == 100


def _in_session(act: Callable[[Choice], None], choice: Choice) -> float:
    def run() -> None:
        reads_only.set(True)
        act(choice)
        db.session.rollback()
        reads_only.set(False)

    return timed(run)


def timed(act: Callable[[], object]) -> float:
    """Return the median milliseconds of `RUNS` runs, after one that warms up."""
    act()
    took, clock = [], CLOCK[db.engine.dialect.name == "postgresql"]
    for _ in range(RUNS):
        start = clock()
        act()
        took.append(1000 * (clock() - start))
    return median(took)


@contextmanager
def database(path: Path, *, postgres: bool) -> Iterator[str]:
    """Yield the URL of an empty database."""
    if not postgres:
        yield f"sqlite:///{path}"
        return
    with own_postgres_database() as url:
        yield url


if __name__ == "__main__":
    main()
