"""The chapter "Promises": what was promised and kept, and whether what was done held."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.language import gettext, gettext_noop
from app.language.writing import begun
from app.turnaround.basis import Basis
from app.turnaround.first_time_right import first_time_right
from app.turnaround.lives import Life, Wait
from app.turnaround.period_columns import stacked
from app.turnaround.periods import NAMES, STEPS, by_period, grain_of, periods_of, within
from app.turnaround.sheets import Cell, Lists, Sheet, days, number, percent, words

FATES = (
    ("kept", gettext_noop("kept")),
    ("late", gettext_noop("done late")),
    ("open", gettext_noop("open and late")),
)


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
    """Return promises kept, by kind and by when they came due, and how well what was done held."""
    return [promises_kept(basis, lists), _periods(basis, lists), first_time_right(basis, lists)]


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


def promises_kept(basis: Basis, lists: Lists) -> Sheet:
    """Return how many promises came due in the window, by kind, and how many were kept."""
    kinds = (
        ("answer", gettext("First answer"), answer_promises(basis, basis.lives)),
        ("reply", gettext("Next answer"), reply_promises(basis, basis.replies)),
        ("done", gettext("Done"), done_promises(basis, basis.lives)),
    )
    anew = [life for life in kinds[2][2].all if life.second_promises]
    rows = [_kind(lists, *kind) for kind in kinds if kind[2].all]
    second = lists.count("promised-anew", gettext("Came due, and promised a second time"), anew)
    due = [row for kind in kinds for row in kind[2].all]
    return Sheet(
        "promises",
        gettext("Promises kept"),
        gettext(
            "Kept, of everything that came due: done late and open but already late count as not "
            "kept. Left out: what waits for an answer, is not due yet, or was declined or "
            "withdrawn. Promised a second time: %(second)s; that is counted apart, and is no "
            "promise kept.",
            second=second.value or gettext("none"),
        ),
        gettext("Promised for a day in these days"),
        gettext("promises"),
        (gettext("Promise of"), gettext("Came due"), *_fate_heads(), gettext("Kept")),
        tuple(rows),
        of=lists.put("due", gettext("Came due in these days"), due),
        empty=gettext("Nothing was promised for these days."),
        calendar=basis.calendar,
    )


def _fate_heads() -> list[str]:
    return [begun(gettext(fate)) for _, fate in FATES]


def _kind(lists: Lists, key: str, name: str, promises: Promises) -> tuple[Cell, ...]:
    cells = [
        lists.count(f"{key}-{fate}", f"{name}: {gettext(said)}", getattr(promises, fate))
        for fate, said in FATES
    ]
    about = gettext("%(name)s: came due in these days", name=name)
    of = lists.put(f"{key}-due", about, promises.all)
    share = percent(len(promises.kept), len(promises.all), of)
    return (words(name), number(len(promises.all), of), *cells, share)


def _periods(basis: Basis, lists: Lists) -> Sheet:
    promises, wall = done_promises(basis, basis.lives), basis.window.wall
    grain, rows = grain_of(basis.window), []
    fates = [
        by_period(basis.window, getattr(promises, fate), lambda life: wall.day_of(life.due_at))
        for fate, _ in FATES
    ]
    for (first, last), *each in zip(periods_of(basis.window), *fates, strict=True):
        due = gettext("Due %(when)s", when=within(grain, first))
        cells = [
            lists.count(f"due-{first}-{fate}", f"{due}: {gettext(said)}", there)
            for (fate, said), there in zip(FATES, each, strict=True)
        ]
        rows.append((days(first, last), *cells))
    bands = [(fate, begun(gettext(said))) for fate, said in FATES]
    title = gettext("Due and done, %(step)s", step=gettext(STEPS[grain]))
    return Sheet(
        "promises-by-week",
        title,
        gettext("The promise to be done, by when it came due."),
        gettext("Promised for a day in these days"),
        gettext("requests"),
        (gettext(NAMES[grain]), *_fate_heads()),
        tuple(rows) if promises.all else (),
        stacked(title, rows, bands, basis.window) if promises.all else None,
        of="done-due",
        empty=gettext("Nothing was promised for these days."),
        calendar=basis.calendar,
    )
