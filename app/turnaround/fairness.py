"""The chapter "Fair": whether everybody is treated alike, and how soon askers answer themselves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.language import gettext
from app.language.writing import decimal
from app.turnaround.basis import Basis
from app.turnaround.lives import Time, Visit, Wait
from app.turnaround.overtaking import overtaking
from app.turnaround.sheets import (
    LEAST,
    Cell,
    Lists,
    Sheet,
    number,
    percentiles,
    times,
    words,
)

UNEVEN_FROM: Final = 1.5
"""How many times as long as the others one team may wait before it is mentioned."""


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return waits by requesting team, overtaking, the oldest open ones, and askers' answers."""
    return [
        _waits(basis, lists),
        overtaking(basis, lists),
        _oldest(basis, lists),
        _askers(basis, lists),
    ]


def _by_asker(rows: Iterable[Visit]) -> Mapping[int, list[Visit]]:
    found = defaultdict(list)
    for row in rows:
        found[row.asking_team_id].append(row)
    return found


def _name(basis: Basis, team: int) -> str:
    return basis.teams.get(team, "?")


def _waits(basis: Basis, lists: Lists) -> Sheet:
    first = [v for v in basis.visits if v.seq == 1 and basis.window.holds(v.entered_at)]
    rows, uneven = [], []
    for kind in sorted({v.type_id for v in first}, key=lambda t: (basis.types.get(t, "?"), t)):
        of_type = _by_asker(v for v in first if v.type_id == kind)
        for team in sorted(of_type, key=basis.by_name):
            name = f"{basis.types.get(kind, '?')}: {_name(basis, team)}"
            visits = of_type[team]
            rows.append(_wait(basis, lists, f"{kind}-{team}", name, visits, team))
            others = [v for other, vs in of_type.items() if other != team for v in vs]
            theirs = _spans(basis, others, crowd=_crowd(basis, others, team))[0]
            if _is_uneven(rows[-1][2], theirs):
                uneven.append(name)
    return Sheet(
        "waits-by-asker",
        gettext("Waiting by who asks"),
        gettext(
            "From raised until somebody says “I am on it”, for requests of the same type; those "
            "still waiting count. Shown from %(least)s requests on, and where five people or more "
            "ask, and five or more are asked.",
            least=LEAST,
        ),
        gettext("Raised in these days"),
        basis.unit,
        (gettext("Type and who asks"), gettext("Raised"), *percentiles()),
        tuple(rows),
        of=lists.put("begun", gettext("Raised in these days"), first),
        flag=_flag(uneven),
        calendar=basis.clock,
    )


def _is_uneven(mine: Cell, theirs: Cell) -> bool:
    told = mine.kind == theirs.kind == "time"
    return told and mine.value > UNEVEN_FROM * theirs.value


def _flag(uneven: Sequence[str]) -> str | None:
    if not uneven:
        return None
    return gettext(
        "Waits more than %(times)s times as long as the others with the same type: %(teams)s. "
        "There may be a good reason; it is worth a look.",
        times=decimal(UNEVEN_FROM, 1),
        teams="; ".join(uneven),
    )


def _crowd(basis: Basis, visits: Sequence[Visit], asker: int) -> int:
    """Return how many people are behind waits: of those who ask, or who are asked if fewer."""
    asked = sum(basis.people.get(team, 0) for team in {visit.team_id for visit in visits})
    return min(basis.people.get(asker, 0), asked)


def _spans(basis: Basis, visits: Sequence[Visit], *, crowd: int, of: str = "") -> tuple[Cell, ...]:
    return times(
        (v.split(basis.time).waiting for v in visits if v.started_at),
        (v.split(basis.time).waiting for v in visits if not v.started_at),
        crowd=crowd,
        of=of,
    )


def _wait(
    basis: Basis, lists: Lists, key: str, name: str, visits: Sequence[Visit], team: int
) -> tuple[Cell, ...]:
    about = gettext("Raised in these days, %(name)s", name=name)
    of = lists.put(f"wait-{key}", about, visits)
    spans = _spans(basis, visits, crowd=_crowd(basis, visits, team), of=of)
    return (words(name), number(len(visits), of), *spans)


def _oldest(basis: Basis, lists: Lists) -> Sheet:
    found, rows = defaultdict(list), []
    open_now = [life for life in basis.lives if life.is_open]
    for life in open_now:
        found[life.asking_team_id].append(life)
    for team in sorted(found, key=basis.by_name):
        oldest = max(found[team], key=lambda life: life.took(basis.time))
        about = gettext("Open now, asked by %(team)s", team=_name(basis, team))
        count = lists.count(f"open-{team}", about, found[team])
        name = Cell(oldest.id if oldest.mine else None, "request")
        rows.append(
            (
                words(_name(basis, team)),
                count,
                Cell(oldest.took(basis.time), "time", count.of),
                name,
            )
        )
    return Sheet(
        "oldest-by-asker",
        gettext("The oldest open one of each"),
        gettext("Nobody's request should be forgotten because of where it came from."),
        gettext("Open at this moment, whatever the days chosen"),
        basis.unit,
        (gettext("Who asks"), gettext("Open"), gettext("Oldest, open for"), gettext("Request")),
        tuple(rows),
        of=lists.put("open", gettext("Open now"), open_now),
        empty=gettext("Nothing is open."),
        calendar=basis.clock,
    )


def _askers(basis: Basis, lists: Lists) -> Sheet:
    asked = [q for q in basis.questions if basis.window.holds(q.from_at)]
    found = defaultdict(list)
    for question in asked:
        found[question.asking_team_id].append(question)
    rows = [_asker(basis, lists, team, found[team]) for team in sorted(found, key=basis.by_name)]
    theirs = gettext("hours of the team that asked")
    about = gettext("Questions to the requester in these days")
    return Sheet(
        "askers-answer",
        gettext("How soon those who ask answer"),
        gettext(
            "From a question to the requester until they answered; unanswered ones count. In the "
            "hours of the team that asked, so nobody is blamed for a night."
        ),
        gettext("Questions asked of the requester in these days"),
        basis.unit,
        (gettext("Who was asked"), gettext("Questions"), *percentiles()),
        tuple(rows),
        of=lists.put("questions", about, asked),
        empty=gettext("No question was asked in these days."),
        calendar=theirs if basis.time is Time.WORKING else basis.clock,
    )


def _asker(basis: Basis, lists: Lists, team: int, asked: Sequence[Wait]) -> tuple[Cell, ...]:
    name = _name(basis, team)
    about = gettext("Questions to %(team)s in these days", team=name)
    of = lists.put(f"asked-{team}", about, asked)
    spans = times(
        (q.took(basis.time) for q in asked if q.answered),
        (q.took(basis.time) for q in asked if not q.answered),
        crowd=basis.people.get(team, 0),
        of=of,
    )
    return (words(name), number(len(asked), of), *spans)
