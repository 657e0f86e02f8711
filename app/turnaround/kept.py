"""The chapter "Promises": what was promised and kept, and whether what was done held."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.turnaround.basis import Basis
from app.turnaround.lives import Life, Wait
from app.turnaround.sheets import Cell, Lists, Sheet, days, number, percent, words
from app.turnaround.statistics import by_week, weeks_of
from app.turnaround.week_columns import stacked

RIPE_AFTER = timedelta(days=14)
FATES = (("kept", "Kept"), ("late", "Done late"), ("open", "Open and late"))


@dataclass(frozen=True)
class Promises:
    """The promises that came due, by their fate; what is not yet due is in none of them."""

    kept: Sequence[Any]
    late: Sequence[Any]
    open: Sequence[Any]

    @property
    def all(self) -> list[Any]:
        """Every promise that counts."""
        return [*self.kept, *self.late, *self.open]


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return promises kept, by kind and by week, and how well what was done held."""
    return [_kinds(basis, lists), _weeks(basis, lists), _first_time_right(basis, lists)]


def done_promises(basis: Basis, lives: Iterable[Life]) -> Promises:
    """Sort the requests that came due in the window; what waits for an answer is not late."""
    due = [life for life in lives if basis.window.holds(life.due_at)]
    return _sorted(
        due,
        lambda life: life.due_at,
        lambda life: life.done_at,
        lambda life: life.is_open and not life.is_waiting,
        basis.now,
    )


def answer_promises(basis: Basis, lives: Iterable[Life]) -> Promises:
    """Sort the requests whose first answer was promised for the window; no pause helps."""
    due = [life for life in lives if basis.window.holds(life.respond_by)]
    return _sorted(
        due,
        lambda life: life.respond_by,
        lambda life: life.first_response_at,
        lambda life: life.is_open,
        basis.now,
    )


def reply_promises(basis: Basis, replies: Iterable[Wait]) -> Promises:
    """Sort the later questions whose answer was promised for the window."""
    due = [reply for reply in replies if basis.window.holds(reply.due_at)]
    return _sorted(
        due,
        lambda reply: reply.due_at,
        lambda reply: reply.to_at if reply.answered else None,
        lambda reply: reply.to_at is None,
        basis.now,
    )


def _sorted(
    due: Sequence[Any],
    promised: Callable[[Any], datetime],
    came: Callable[[Any], datetime | None],
    still_open: Callable[[Any], bool],
    now: datetime,
) -> Promises:
    kept: list[Any] = []
    late: list[Any] = []
    overdue: list[Any] = []
    for row in due:
        at = came(row)
        if at is not None:
            (kept if at <= promised(row) else late).append(row)
        elif still_open(row) and promised(row) < now:
            overdue.append(row)
    return Promises(kept, late, overdue)


def _kinds(basis: Basis, lists: Lists) -> Sheet:
    kinds = (
        ("answer", "First answer", answer_promises(basis, basis.lives)),
        ("reply", "Next answer", reply_promises(basis, basis.replies)),
        ("done", "Done", done_promises(basis, basis.lives)),
    )
    anew = [life for life in kinds[2][2].all if life.second_promises]
    rows = [_kind(lists, *kind) for kind in kinds if kind[2].all]
    second = lists.count("promised-anew", "Came due, and promised a second time", anew)
    of = lists.put("due", "Came due in these days", [row for kind in kinds for row in kind[2].all])
    return Sheet(
        "promises",
        "Promises kept",
        "Kept, of everything that came due: done late and open but already late count as not "
        "kept. Left out: what waits for an answer, is not due yet, or was declined or withdrawn. "
        f"Promised a second time: {second.value or 'none'}; that is counted apart, and is no "
        "promise kept.",
        "Promised for a day in these days",
        "promises",
        ("Promise of", "Came due", *(name for _, name in FATES), "Kept"),
        tuple(rows),
        of=of,
        empty="Nothing was promised for these days.",
        calendar=basis.calendar,
    )


def _kind(lists: Lists, key: str, name: str, promises: Promises) -> tuple[Cell, ...]:
    cells = [
        lists.count(f"{key}-{fate}", f"{name}: {said.lower()}", getattr(promises, fate))
        for fate, said in FATES
    ]
    of = lists.put(f"{key}-due", f"{name}: came due in these days", promises.all)
    share = percent(len(promises.kept), len(promises.all), of)
    return (words(name), number(len(promises.all), of), *cells, share)


def _weeks(basis: Basis, lists: Lists) -> Sheet:
    promises, wall = done_promises(basis, basis.lives), basis.window.wall
    rows, weeks = [], weeks_of(basis.window)
    fates = [
        by_week(basis.window, getattr(promises, fate), lambda life: wall.day_of(life.due_at))
        for fate, _ in FATES
    ]
    for (first, last), *each in zip(weeks, *fates, strict=True):
        cells = []
        for (fate, name), there in zip(FATES, each, strict=True):
            about = f"Due in the week from {first.day} {first:%B}: {name.lower()}"
            cells.append(lists.count(f"due-{first}-{fate}", about, there))
        rows.append((days(first, last), *cells))
    return Sheet(
        "promises-by-week",
        "Due and done, week by week",
        "The promise to be done, by the week in which it came due.",
        "Promised for a day in these days",
        "requests",
        ("Week", *(name for _, name in FATES)),
        tuple(rows) if promises.all else (),
        stacked("Due and done by week", rows, FATES, weeks) if promises.all else None,
        of="done-due",
        empty="Nothing was promised for these days.",
        calendar=basis.calendar,
    )


def _first_time_right(basis: Basis, lists: Lists) -> Sheet:
    done = [life for life in basis.lives if basis.window.holds(life.done_at)]
    rows = []
    for key, name, lives in basis.parts(done):
        right = [life for life in lives if not life.came_back]
        back = [life for life in lives if life.returns]
        not_yet = [life for life in lives if life.reopenings]
        unripe = [life for life in lives if life.done_at and basis.now - life.done_at < RIPE_AFTER]
        of = lists.put(f"done-{key}", f"Done in these days: {name}", lives)
        cells = (
            lists.count(f"right-{key}", f"Right the first time: {name}", right),
            lists.count(f"returned-{key}", f"Handed back between stages: {name}", back),
            lists.count(f"not-yet-{key}", f"After a “not yet”: {name}", not_yet),
            lists.count(f"unripe-{key}", f"Done less than 14 days ago: {name}", unripe),
        )
        share = percent(len(right), len(lives), of)
        rows.append((words(name), number(len(lives), of), *cells, share))
    return Sheet(
        "first-time-right",
        "Right the first time",
        "Done without having been handed back between stages and without a “not yet”. Speed is "
        "worth what holds: look at it beside every time. What was done less than 14 days ago may "
        "still come back.",
        "Done in these days",
        "requests",
        ("What", "Done", "Right first time", "Handed back", "Not yet", "Not ripe", "Share right"),
        tuple(rows) if done else (),
        of="done-all",
        calendar=basis.calendar,
    )
