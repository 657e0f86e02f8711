"""How fast turnaround figures are over a large archive, and whether its length matters.

    python -m tests.bench.turnaround [--days 1095] [--postgres]

Fills an archive of a third of the days, then one of all of them, in databases of their own, and
prints the median of some runs in milliseconds: processor time on SQLite, so that neighbours on
the machine do not count; time by the wall on PostgreSQL, whose work another process does. "Floor"
is a bare Flask application that answers with a page of the same size; "database and merge" is
everything but the rendering.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import flask

from app.db import db, reads_only
from app.turnaround.queries import (
    all_lines,
    scope_of,
    stage_cells,
    team_by_id,
    team_figures,
)
from app.turnaround.refreshing import rebuild_all
from app.turnaround.rules import Choice
from tests.bench.archive import A_DAY, NOW, fill
from tests.support.apps import build, dispose, migrate
from tests.support.clients import PageClient
from tests.support.databases import own_postgres_database

RUNS = 15
CLOCK = {False: process_time, True: perf_counter}  # whether PostgreSQL
TEAM = 7
CHOICES = {"90 days": Choice(90), "365 days": Choice(365), "all time": Choice(None)}


def main() -> None:
    """Measure a third of the archive, then all of it."""
    options = argparse.ArgumentParser()
    options.add_argument("--days", type=int, default=1095)
    options.add_argument("--postgres", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        short = measure(given.days // 3, folder, postgres=given.postgres)
        long = measure(given.days, folder, postgres=given.postgres)
    print("\nThree times the history takes so many times as long:")  # noqa: T201
    for name, before in short.items():
        print(f"  {name:42} {long[name] / before:6.2f}")  # noqa: T201


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
            found = dict(_figures(app, person))
        dispose(app)
    for name, took in found.items():
        print(f"  {name:42} {took:8.1f} ms")  # noqa: T201
    return found


def _figures(app: flask.Flask, person: Any) -> Iterator[tuple[str, float]]:
    for name, choice in CHOICES.items():
        yield f"team, {name}: database and merge", _in_session(_team, choice)
        yield f"all teams, {name}: database and merge", _in_session(_lines, choice)
        yield f"cells, {name}: p50, p85, p95", _in_session(_cells, choice)
    narrowed = Choice(90, asking_team_id=3)
    yield "team, 90 days, one requesting team, from rows", _in_session(_team, narrowed)
    client = PageClient(app, db.session)
    client.sign_in(person)
    for name, url in {"team": f"/teams/{TEAM}/turnaround", "all teams": "/turnaround"}.items():
        size = len(client.get(url).html)
        # The browser itself: what `PageClient` checks of each page takes longer than the page.
        yield f"{name}, 90 days: the page", timed(partial(client._browser.get, url))
        yield f"{name}, 90 days: floor", timed(_floor(size))


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


def _floor(size: int) -> Callable[[], object]:
    bare = flask.Flask("floor")
    bare.add_url_rule("/", view_func=lambda: "x" * size)
    return lambda: bare.test_client().get("/")


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
