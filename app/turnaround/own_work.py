"""One person's own figures, for them alone: what they carried, how long, and whether it held."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.catalogue.rules import stage_word
from app.language import gettext
from app.language.writing import begun
from app.turnaround.basis import Basis
from app.turnaround.first_time_right import first_time_right
from app.turnaround.kept import promises_kept
from app.turnaround.lives import Visit
from app.turnaround.sheets import LEAST, Cell, Lists, Sheet, number, words
from app.turnaround.stage_times import in_order, stage_times


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return what one person carried, where the time went, and what became of it."""
    carried = [v for v in basis.visits if v.left_at is None or basis.window.holds(v.left_at)]
    of_mine = gettext("Of the requests that I carried in these days, whoever else carried them")
    return [
        _carried(basis, lists, carried),
        replace(stage_times(basis, lists), plot=None),
        *_one_by_one(basis, lists, [visit for visit in carried if visit.left_at]),
        *(
            replace(sheet, cohort=f"{sheet.cohort}. {of_mine}")
            for sheet in (promises_kept(basis, lists), first_time_right(basis, lists))
        ),
    ]


def _carried(basis: Basis, lists: Lists, carried: Sequence[Visit]) -> Sheet:
    stages = sorted({visit.stage for visit in carried}, key=in_order)
    parts: list[tuple[str, str, Sequence[Visit]]] = [
        (stage, begun(stage_word(stage)), [visit for visit in carried if visit.stage == stage])
        for stage in stages
    ]
    parts = [*(parts if len(parts) > 1 else []), ("all", gettext("Together"), carried)]
    rows = tuple(_part(lists, *part) for part in parts)
    return Sheet(
        "carried",
        gettext("What I carried"),
        gettext(
            "A visit to a stage is mine if I held it last: that ended in these days, or goes on "
            "now. Another round is a piece that came back."
        ),
        gettext("Ended in these days, or running now, in my hands"),
        gettext("visits to a stage"),
        (
            *(gettext("Stage"), gettext("Carried"), gettext("Ended"), gettext("Running now")),
            gettext("In another round"),
        ),
        rows if carried else (),
        of="carried-all",
        calendar=basis.days,
    )


def _part(lists: Lists, key: str, name: str, visits: Sequence[Visit]) -> tuple[Cell, ...]:
    kinds = (
        (
            "ended",
            gettext("Ended in my hands: %(name)s", name=name),
            [v for v in visits if v.left_at],
        ),
        (
            "running",
            gettext("In my hands now: %(name)s", name=name),
            [v for v in visits if not v.left_at],
        ),
        (
            "again",
            gettext("In another round: %(name)s", name=name),
            [v for v in visits if v.round > 1],
        ),
    )
    of = lists.put(f"carried-{key}", gettext("Carried by me: %(name)s", name=name), visits)
    cells = [lists.count(f"{kind}-{key}", about, found) for kind, about, found in kinds]
    return (words(name), number(len(visits), of), *cells)


def _one_by_one(basis: Basis, lists: Lists, ended: Sequence[Visit]) -> list[Sheet]:
    """Return the visits themselves, of the stages with too few of them for a percentile."""
    many = Counter(visit.stage for visit in ended)
    few = [visit for visit in ended if many[visit.stage] < LEAST]
    if not few:
        return []
    return [
        Sheet(
            "each",
            gettext("One by one"),
            gettext(
                "Fewer than %(least)s at a stage say nothing together, so here they stand for "
                "themselves.",
                least=LEAST,
            ),
            gettext("Visits in my hands that ended in these days"),
            basis.unit,
            (
                *(gettext("Request"), gettext("Stage"), gettext("Ended")),
                *(gettext("Waited for me"), gettext("In hand")),
            ),
            tuple(_each(basis, visit) for visit in few),
            of=lists.put("each", gettext("Ended in my hands"), few),
            calendar=basis.clock,
        )
    ]


def _each(basis: Basis, visit: Visit) -> tuple[Cell, ...]:
    split = visit.split(basis.time)
    return (
        Cell(visit.request_id if visit.mine else None, "request"),
        words(begun(stage_word(visit.stage))),
        Cell(basis.window.wall.day_of(visit.left_at or basis.now), "day"),
        Cell(split.waiting, "time"),
        Cell(split.in_hand, "time"),
    )
