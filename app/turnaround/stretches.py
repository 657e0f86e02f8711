"""What was happening to each request at each instant: in exactly one band at a time."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from app.turnaround.basis import Basis
from app.turnaround.lives import Visit


class Stretch(NamedTuple):
    """A stretch of a request's life in one band; `to_at` None goes on. `mine` as ever."""

    request_id: int
    band: str
    from_at: datetime
    to_at: datetime | None
    mine: bool


def stretches_of(basis: Basis) -> list[Stretch]:
    """Return every stretch of every visit and every wait for the last word."""
    found = [s for visit in basis.visits for s in parts_of(visit)]
    found += [
        Stretch(w.request_id, "confirm", w.from_at, w.to_at, w.mine) for w in basis.confirming
    ]
    return found


def parts_of(visit: Visit) -> Iterable[Stretch]:
    """Yield the stretches of a visit, cut at its start and around its pauses."""
    cuts = [
        (start, end, "requester" if on == "requester" else "elsewhere")
        for start, end, on in visit.pauses
    ]
    at: datetime | None = visit.entered_at
    for start, end, band in [*sorted(cuts, key=lambda cut: cut[0]), (visit.left_at, None, "")]:
        yield from _moving(visit, at, start)
        if band and start is not None:
            yield Stretch(visit.request_id, band, start, end or visit.left_at, visit.mine)
        at = end or visit.left_at
        if at is None:
            return


def _moving(visit: Visit, start: datetime | None, end: datetime | None) -> Iterable[Stretch]:
    begun = visit.started_at
    if start is None or start == end:
        return
    who, mine = visit.request_id, visit.mine
    if begun is None or (end is not None and begun >= end):
        yield Stretch(who, "begin", start, end, mine)
    elif begun <= start:
        yield Stretch(who, "hand", start, end, mine)
    else:
        yield Stretch(who, "begin", start, begun, mine)
        yield Stretch(who, "hand", begun, end, mine)
