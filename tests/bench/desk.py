"""How quick the desk is, and whether it stays so: Baton on real gunicorn beside the least of Flask.

    python -m tests.bench.desk [--sizes 2000 100000] [--rounds 200]

Every size and the floor are served at once, and asked in turn, one request after the other: what
else the machine does meets all of them alike. Times are given as ratios to the floor's in the same
round. A larger database has the same work on the desks, and a longer archive. Days whose figures
changed are counted before the first page is asked for, as a worker does within seconds.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import mean, median, quantiles

from tests.bench.filling import KEPT, served_copy, settings_of
from tests.bench.queries import Counter
from tests.bench.serving import LIKE_THE_FLOOR, LIKE_THE_README, Server, serving
from tests.bench.visiting import Answer, Places, Visitor, hidden, places_in

PAGES: dict[str, Callable[[Places], str]] = {
    "my work": lambda p: "/",
    "asked": lambda p: "/asked",
    "team queue": lambda p: f"/teams/{p.team_id}",
    "ended": lambda p: f"/teams/{p.team_id}?view=ended",
    "board": lambda p: f"/teams/{p.team_id}/board",
    "request": lambda p: f"/requests/{p.request_id}",
    "piece": lambda p: f"/requests/{p.piece_id}",
    "find: word": lambda p: "/find?q=sponsors",
    "find: words": lambda p: "/find?q=colours+smaller",
    "find: open": lambda p: "/find?q=state:open+sponsors",
    "find: from": lambda p: "/find?q=from:it",
    "turnaround": lambda p: f"/teams/{p.team_id}/turnaround",
}


@dataclass
class Times:
    """What one page took at one size, in seconds, and what the floor took in the same rounds."""

    page: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    bytes: int = 0

    def ratios(self) -> tuple[float, float, float]:
        """Return p50, p99 and rate, each as a ratio to the floor's."""
        return (
            median(self.page) / median(self.floor),
            quantiles(self.page, n=100)[98] / quantiles(self.floor, n=100)[98],
            mean(self.floor) / mean(self.page),
        )


@dataclass
class Desk:
    """Baton at one size: somebody signed in, and where they go."""

    size: int
    server: Server
    places: Places
    visitor: Visitor
    counter: Counter


def measured(
    desks: Sequence[Desk],
    rounds: int,
    ask: Callable[[Desk], Answer],
    ask_floor: Callable[[], Answer],
    *,
    wanted: int,
) -> list[Times]:
    """Ask each desk and the floor in turn; return their times, the desks in their order."""
    times = [Times() for _ in desks]
    for number in range(rounds + 10):
        floor = ask_floor()
        for desk, found in zip(desks, times, strict=True):
            answer = ask(desk)
            if answer.status != wanted:
                raise RuntimeError(f"{desk.size} answered {answer.status}: {answer.body[:300]!r}")
            if number >= 10:  # the first ones fill caches
                found.page.append(answer.seconds)
                found.floor.append(floor.seconds)
                found.bytes = len(answer.body)
    return times


def write_a_message(desk: Desk) -> Answer:
    """Send a message from the page of a request; only the sending is timed."""
    address = f"/requests/{desk.places.request_id}"
    page = desk.visitor.get(address).body.decode()
    words = {
        "csrf_token": hidden(page, "csrf_token", form="/messages"),
        "key": hidden(page, "key", form="/messages"),
        "seen": hidden(page, "seen", form="/messages"),
        "words": "A word while we measure.",
    }
    return desk.visitor.post(f"{address}/messages", words)


def raise_one(desk: Desk) -> Answer:
    """Ask the IT Help for something new; only the sending is timed."""
    address = "/ask/types/5"
    page = desk.visitor.get(address).body.decode()
    words = {name: hidden(page, name) for name in ("csrf_token", "key")}
    words |= {"title": "The scanner is stuck", "answer_what": "I switched it off and on"}
    return desk.visitor.post(address, words | {"team": str(desk.places.team_id)})


DEEDS = {"write a message": write_a_message, "raise a request": raise_one}


EVERY = [*PAGES, *DEEDS]


def main() -> None:
    """Fill what is missing, serve, measure, and print the tables."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", nargs="+", type=int, default=[2_000, 100_000])
    options.add_argument("--rounds", type=int, default=200)
    options.add_argument("--pages", nargs="*", choices=EVERY, default=EVERY)
    chosen = options.parse_args()
    databases = [served_copy(size) for size in chosen.sizes]
    with ExitStack() as running:
        app = f"tests.bench.floor:create_app({f'sqlite:///{KEPT}/floor.sqlite3'!r})"
        floor = running.enter_context(serving(*LIKE_THE_FLOOR, app))
        desks = []
        for size, database in zip(chosen.sizes, databases, strict=True):
            server = running.enter_context(serving(*LIKE_THE_README, **settings_of(database)))
            places, visitor = places_in(database), Visitor(server.port)
            visitor.sign_in(places.person_id)
            counter = Counter(database, places.person_id)
            counter.count_days()
            desks.append(Desk(size, server, places, visitor, counter))
        gc.disable()
        report(desks, Visitor(floor.port), chosen.rounds, chosen.pages)
        say_weights("floor", floor)
        for desk in desks:
            say_weights(f"Baton at {desk.size:,}", desk.server)


def report(desks: Sequence[Desk], floor: Visitor, rounds: int, pages: Sequence[str]) -> None:
    """Print a line for each page and size."""
    say("page             size      p50   p99  rate   x smallest  queries    bytes    ms")
    for name in (page for page in pages if page in PAGES):
        at = PAGES[name]

        def visit(desk: Desk, at: Callable[[Places], str] = at) -> Answer:
            return desk.visitor.get(at(desk.places))

        found = measured(desks, rounds, visit, lambda: floor.get("/"), wanted=200)
        say_lines(name, desks, found, [d.counter.queries(at(d.places)) for d in desks])
    for name in (page for page in pages if page in DEEDS):
        fewer = max(20, rounds // 4)
        found = measured(
            desks, fewer, DEEDS[name], lambda: floor.post("/", {"words": "A"}), wanted=303
        )
        say_lines(name, desks, found, [0] * len(desks))


def say_lines(
    name: str, desks: Sequence[Desk], found: Sequence[Times], queries: Sequence[int]
) -> None:
    """Print the lines of one page."""
    smallest = median(found[0].page)
    for desk, times, sent in zip(desks, found, queries, strict=True):
        p50, p99, rate = times.ratios()
        growth = median(times.page) / smallest
        ms = 1000 * median(times.page)
        say(
            f"{name:15} {desk.size:>9,} {p50:6.2f} {p99:5.2f} {rate:5.2f} {growth:10.2f}"
            f"  {sent or '':>7} {times.bytes:9,} {ms:6.1f}"
        )


def say_weights(name: str, server: Server) -> None:
    """Print what the workers of a server weigh."""
    for weight in server.weights():
        rss, own = weight["Rss"] // 1024, weight["Anonymous"] // 1024
        say(
            f"{name}: a worker holds {own} MB of its own, {rss} MB with what it maps of files (RSS)"
        )


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
