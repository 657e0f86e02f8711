"""The chapter "Flow": what comes and goes, what lies where, and how long each finished one took."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.rules import local_date, midnight
from app.turnaround.scatter import MOST_DOTS, SLOWEST, scatter
from app.turnaround.sheets import CROWD, LEAST, Cell, Lists, Sheet, days, number, words
from app.turnaround.statistics import nearest_rank, weeks_of
from app.turnaround.stretches import Stretch, stretches_of
from app.turnaround.survival import PERCENTS
from app.turnaround.week_columns import side_by_side, stacked

BANDS = (
    ("begin", "Waiting to begin"),
    ("hand", "In hand"),
    ("requester", "With the requester"),
    ("elsewhere", "With a third team"),
    ("confirm", "Done, awaiting the last word"),
)
PAIR = (("arrivals", "Arrived"), ("completions", "Done"))


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return arrivals and completions, what lay where, and the finished ones one by one."""
    return [_pairs(basis, lists), _bands(basis, lists), _finished(basis, lists)]


def _pairs(basis: Basis, lists: Lists) -> Sheet:
    zone, weeks, rows = basis.window.zone, weeks_of(basis.window), []
    came = [(local_date(life.raised_at, zone), life) for life in basis.lives]
    went = [(local_date(life.done_at, zone), life) for life in basis.lives if life.done_at]
    for first, last in weeks:
        cells = []
        for (key, name), dated in zip(PAIR, (came, went), strict=True):
            there = [life for day, life in dated if first <= day <= last]
            about = f"{name} in the week from {first.day} {first:%B %Y}"
            cells.append(lists.count(f"{key}-{first}", about, there))
        rows.append((days(first, last), *cells))
    return Sheet(
        "throughput",
        "Arrived and done",
        "By week, Monday to Sunday; done and not reopened since. The outer weeks may be cut.",
        "Raised, and done, in these days",
        "requests",
        ("Week", "Arrived", "Done"),
        tuple(rows),
        side_by_side("Arrived and done", rows, PAIR, weeks),
        calendar=f"days of {zone}",
        of=lists.put("done-all", "Done in these days", _done(basis)),
    )


def _done(basis: Basis) -> list[Life]:
    return [life for life in basis.lives if basis.window.holds(life.done_at)]


def _bands(basis: Basis, lists: Lists) -> Sheet:
    stretches, weeks, rows = stretches_of(basis), weeks_of(basis.window), []
    for _, last in weeks:
        at = min(midnight(last + timedelta(days=1), basis.window.zone), basis.now)
        cells = []
        for band, name in BANDS:
            there = [s for s in stretches if s.band == band and _holds(s, at)]
            about = f"{name}, at the end of {last.day} {last:%B %Y}"
            cells.append(lists.count(f"{band}-{last}", about, there))
        rows.append((Cell(last, "day"), *cells))
    return Sheet(
        "flow",
        "What lay where",
        "Open work at the end of each week (or now), by what was happening to it. A request is in "
        "exactly one band at a time. Work passed between teams is counted where it was.",
        "Open at the end of a week in these days",
        "requests",
        ("End of", *(name for _, name in BANDS)),
        tuple(rows),
        stacked("What lay where, week by week", rows, BANDS, weeks),
        of=lists.put("lay", "Somewhere in these days", stretches),
        calendar=f"days of {basis.window.zone}",
    )


def _holds(stretch: Stretch, at: datetime) -> bool:
    return stretch.from_at < at and (stretch.to_at is None or stretch.to_at >= at)


def _finished(basis: Basis, lists: Lists) -> Sheet:
    done, zone, rows = _done(basis), basis.window.zone, []
    for first, last in weeks_of(basis.window):
        there = [p for p in done if p.done_at and first <= local_date(p.done_at, zone) <= last]
        of = lists.put(
            f"completions-{first}", f"Done in the week from {first.day} {first:%B %Y}", there
        )
        rows.append((days(first, last), *_ranks(basis, there, of)))
    lists.put("done-all", "Done in these days", done)
    rows.append((words("Together"), *_ranks(basis, done, "done-all")))
    said = (
        f"The {SLOWEST} slowest stand as dots, the others as weekly bands from half to 95 of 100."
        if len(done) > MOST_DOTS
        else "One dot for each."
    )
    return Sheet(
        "scatter",
        "Each finished request",
        f"{said} Lines and rows: nearest rank among the finished, so work still open is missing "
        "here; “What to expect” counts it.",
        "Done in these days",
        basis.unit,
        ("Week", "Done", "Half within", "85 % within", "95 % within"),
        tuple(rows) if done else (),
        scatter(basis, done) if done and basis.crowd >= CROWD else None,
        of="done-all",
        calendar=basis.clock,
    )


def _ranks(basis: Basis, lives: Sequence[Life], of: str) -> tuple[Cell, ...]:
    spans = sorted(life.took(basis.time) for life in lives)
    if len(spans) < LEAST:
        return (number(len(spans), of), *(Cell(len(spans), "few", of) for _ in PERCENTS))
    if basis.crowd < CROWD:
        return (number(len(spans), of), *(Cell(None, "crowd", of) for _ in PERCENTS))
    return (number(len(spans), of), *(Cell(nearest_rank(spans, p), "time", of) for p in PERCENTS))
