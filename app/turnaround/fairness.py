"""The chapter "Fair": whether everybody is treated alike, and how soon askers answer themselves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.turnaround.basis import Basis
from app.turnaround.lives import Visit
from app.turnaround.overtaking import overtaken, started
from app.turnaround.sheets import (
    LEAST,
    PERCENTILES,
    Cell,
    Lists,
    Sheet,
    number,
    percent,
    times,
    words,
)

UNEVEN_FROM: Final = 1.5
"""How many times as long as the others one team may wait before it is mentioned."""


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return waits by requesting team, overtaking, the oldest open ones, and askers' answers."""
    return [
        _waits(basis, lists),
        _overtaking(basis, lists),
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
    types = sorted({v.type_id for v in first}, key=lambda t: (basis.types.get(t, "?"), t))
    for kind in types:
        of_type = _by_asker(v for v in first if v.type_id == kind)
        for team in sorted(of_type, key=basis.by_name):
            name = f"{basis.types.get(kind, '?')}: {_name(basis, team)}"
            visits = of_type[team]
            rows.append(_wait(basis, lists, f"{kind}-{team}", name, visits, team))
            others = [v for other, vs in of_type.items() if other != team for v in vs]
            mine, theirs = rows[-1][2], _spans(basis, others, crowd=basis.people.get(team, 0))[0]
            if mine.kind == theirs.kind == "time" and mine.value > UNEVEN_FROM * theirs.value:
                uneven.append(name)
    return Sheet(
        "waits-by-asker",
        "Waiting by who asks",
        "From raised until somebody says “I am on it”, for requests of the same type; those still "
        f"waiting count. Shown from {LEAST} requests on, and for teams of five people or more.",
        "Raised in these days",
        basis.unit,
        ("Type and who asks", "Raised", *PERCENTILES),
        tuple(rows),
        of=lists.put("begun", "Raised in these days", first),
        flag=_flag(uneven),
        calendar=basis.clock,
    )


def _flag(uneven: Sequence[str]) -> str | None:
    if not uneven:
        return None
    said = "; ".join(uneven)
    return (
        f"Waits more than {UNEVEN_FROM} times as long as the others with the same type: {said}. "
        "There may be a good reason; it is worth a look."
    )


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
    of = lists.put(f"wait-{key}", f"Raised in these days, {name}", visits)
    spans = _spans(basis, visits, crowd=basis.people.get(team, 0), of=of)
    return (words(name), number(len(visits), of), *spans)


def _overtaking(basis: Basis, lists: Lists) -> Sheet:
    starts = _by_asker(started(basis))
    passed = overtaken(basis)
    rows = []
    for team in sorted({*starts, *(u.asking_team_id for _, u in passed)}, key=basis.by_name):
        name, began = _name(basis, team), starts.get(team, [])
        by = [v for v, _ in passed if v.asking_team_id == team]
        over = {u.request_id: u for _, u in passed if u.asking_team_id == team}
        went = lists.count(f"passing-{team}", f"Begun before an older one: {name}", by)
        stood = lists.count(
            f"passed-{team}", f"Oldest in line, and passed: {name}", [*over.values()]
        )
        of = lists.put(f"begun-{team}", f"Begun in these days: {name}", began)
        share = percent(len(by), len(began), of)
        rows.append((words(name), number(len(began), of), went, share, stood))
    return Sheet(
        "overtaking",
        "Begun before an older one",
        "Work begun while an older request of the same type, team and stage still waited in line. "
        "Now and then that is wise; for one team all the time it is not.",
        "Begun in these days",
        "visits; the last column requests",
        ("Who asked", "Begun", "Passed an older one", "Share", "Oldest in line, and passed"),
        tuple(rows),
        of=lists.put("starts", "Begun in these days", started(basis)),
        empty="No work was begun in these days.",
        calendar=f"days of {basis.window.zones}",
    )


def _oldest(basis: Basis, lists: Lists) -> Sheet:
    found, rows = defaultdict(list), []
    open_now = [life for life in basis.lives if life.is_open]
    for life in open_now:
        found[life.asking_team_id].append(life)
    for team in sorted(found, key=basis.by_name):
        oldest = max(found[team], key=lambda life: life.took(basis.time))
        about = f"Open now, asked by {_name(basis, team)}"
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
        "The oldest open one of each",
        "Nobody's request should be forgotten because of where it came from.",
        "Open at this moment, whatever the days chosen",
        basis.unit,
        ("Who asks", "Open", "Oldest, open for", "Request"),
        tuple(rows),
        of=lists.put("open", "Open now", open_now),
        empty="Nothing is open.",
        calendar=basis.clock,
    )


def _askers(basis: Basis, lists: Lists) -> Sheet:
    asked = [q for q in basis.questions if basis.window.holds(q.from_at)]
    found = defaultdict(list)
    for question in asked:
        found[question.asking_team_id].append(question)
    rows = []
    for team in sorted(found, key=basis.by_name):
        about = f"Questions to {_name(basis, team)} in these days"
        of = lists.put(f"asked-{team}", about, found[team])
        spans = times(
            (q.took(basis.time) for q in found[team] if q.answered),
            (q.took(basis.time) for q in found[team] if not q.answered),
            crowd=basis.people.get(team, 0),
            of=of,
        )
        rows.append((words(_name(basis, team)), number(len(found[team]), of), *spans))
    return Sheet(
        "askers-answer",
        "How soon those who ask answer",
        "From a question to the requester until they answered; unanswered ones count. In the hours "
        "of the team that asked, so nobody is blamed for a night.",
        "Questions asked of the requester in these days",
        basis.unit,
        ("Who was asked", "Questions", *PERCENTILES),
        tuple(rows),
        of=lists.put("questions", "Questions to the requester in these days", asked),
        empty="No question was asked in these days.",
        calendar="hours of the team that asked" if basis.time == "working" else basis.clock,
    )
