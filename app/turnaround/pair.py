"""Two teams, both directions side by side: when the relationship turns the other way."""

from collections.abc import Callable, Sequence

from app.turnaround.basis import Basis
from app.turnaround.between import BACK, came_back, median_wait, passes_of
from app.turnaround.kept import answer_promises, done_promises
from app.turnaround.lives import Life
from app.turnaround.sheets import Cell, Lists, Sheet, percent, times, words

Ways = tuple[tuple[int, int], tuple[int, int]]
Tell = Callable[[Basis, Lists, int, int], Cell]


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return what one team asks of the other and how it goes, for both directions."""
    one, other = basis.scope.team_id or 0, basis.scope.other_id or 0
    ways = ((one, other), (other, one))
    return [_asked(basis, lists, ways), _held(basis, lists, ways), _waits(basis, lists, ways)]


def _head(basis: Basis, ways: Ways) -> tuple[str, ...]:
    return ("What", *(f"{basis.teams[a]} asks {basis.teams[b]}" for a, b in ways))


def _rows(
    basis: Basis, lists: Lists, ways: Ways, tellers: Sequence[tuple[str, Tell]]
) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (words(name), *(teller(basis, lists, a, b) for a, b in ways)) for name, teller in tellers
    )


def _lives(basis: Basis, asking: int, serving: int) -> list[Life]:
    return [
        life for life in basis.lives if (life.asking_team_id, life.team_id) == (asking, serving)
    ]


def _listed(key: str, about: str, keep: Callable[[Basis, Life], bool]) -> Tell:
    def teller(basis: Basis, lists: Lists, a: int, b: int) -> Cell:
        kept = [life for life in _lives(basis, a, b) if keep(basis, life)]
        names = f"{basis.teams[a]} of {basis.teams[b]}"
        return lists.count(f"{key}-{a}-{b}", f"{about}: asked by {names}", kept)

    return teller


def _asked(basis: Basis, lists: Lists, ways: Ways) -> Sheet:
    tellers: list[tuple[str, Tell]] = [
        ("Raised", _listed("raised", "Raised", lambda b, life: b.window.holds(life.raised_at))),
        ("Done", _listed("done", "Done", lambda b, life: b.window.holds(life.done_at))),
        ("Open now", _listed("open", "Open now", lambda _, life: life.is_open)),
        ("Passed on or asked", _passed),
        ("Thanks said", _thanked),
    ]
    return Sheet(
        "volume",
        "What is asked, both ways",
        "Raised, done and passed in these days; open at this moment. Passed on or asked: also "
        "what one team handed to the other half-way.",
        "Requests between the two teams",
        "requests; thanks are messages",
        _head(basis, ways),
        _rows(basis, lists, ways, tellers),
        of=_everything(basis, lists),
        calendar=f"days of {basis.window.zones}",
    )


def _everything(basis: Basis, lists: Lists) -> str:
    return lists.put("between", "Requests between the two teams", basis.lives)


def _passed(basis: Basis, lists: Lists, a: int, b: int) -> Cell:
    visits = passes_of(basis).get((a, b), ())
    about = f"Passed from {basis.teams[a]} to {basis.teams[b]} in these days"
    return lists.count(f"passed-{a}-{b}", about, visits)


def _thanked(basis: Basis, lists: Lists, a: int, b: int) -> Cell:
    said = [thanks for thanks in basis.thanks if (thanks.asking_team_id, thanks.team_id) == (a, b)]
    about = f"{basis.teams[a]} thanked {basis.teams[b]} in these days"
    return lists.count(f"thanks-{a}-{b}", about, said)


def _held(basis: Basis, lists: Lists, ways: Ways) -> Sheet:
    tellers: list[tuple[str, Tell]] = [
        ("First answer when promised", _answer_kept),
        ("Done when promised", _done_kept),
        ("Right the first time", _right),
        ("Came back to who passed it", _returned),
    ]
    return Sheet(
        "held",
        "What holds, both ways",
        "Promises: kept, of all that came due; open and late counts as not kept. Right the first "
        f"time: done without being handed back and without a “not yet”. {BACK}",
        "Came due, done, or passed in these days",
        "percent",
        _head(basis, ways),
        _rows(basis, lists, ways, tellers),
        of=_everything(basis, lists),
        calendar=basis.calendar,
    )


def _answer_kept(basis: Basis, lists: Lists, a: int, b: int) -> Cell:
    found = answer_promises(basis, _lives(basis, a, b))
    of = lists.put(f"answers-due-{a}-{b}", "A first answer came due in these days", found.all)
    return percent(len(found.kept), len(found.all), of)


def _done_kept(basis: Basis, lists: Lists, a: int, b: int) -> Cell:
    found = done_promises(basis, _lives(basis, a, b))
    of = lists.put(f"done-due-{a}-{b}", "Came due in these days", found.all)
    return percent(len(found.kept), len(found.all), of)


def _right(basis: Basis, lists: Lists, a: int, b: int) -> Cell:
    done = [life for life in _lives(basis, a, b) if basis.window.holds(life.done_at)]
    of = lists.put(f"done-{a}-{b}", "Done in these days", done)
    return percent(sum(not life.came_back for life in done), len(done), of)


def _returned(basis: Basis, lists: Lists, a: int, b: int) -> Cell:
    visits = passes_of(basis).get((a, b), ())
    back = came_back(basis, visits)
    of = lists.put(f"back-{a}-{b}", "Passed in these days, and came back", back)
    return percent(len(back), len(visits), of)


def _waits(basis: Basis, lists: Lists, ways: Ways) -> Sheet:
    rows = []
    for name, teller in (("First answer", _answers), ("Done", _dones), ("{asker} answers", _asker)):
        for index, half in enumerate(("half within", "85 % within")):
            cells = [teller(basis, lists, a, b)[index] for a, b in ways]
            said = name.format(asker="Who asked")
            rows.append((words(f"{said}, {half}"), *cells))
    rows.append(
        (words("Until somebody began, half within"), *(_begun(basis, lists, a, b) for a, b in ways))
    )
    return Sheet(
        "waits",
        "Who waits for whom, both ways",
        "What is still open counts as “not by now”. The last but one answers our own question: how "
        "soon do we reply, when we are asked something about what we asked for? In the hours of "
        "the team that asked.",
        "Raised, asked, or passed in these days",
        basis.unit,
        _head(basis, ways),
        tuple(rows),
        of=_everything(basis, lists),
        calendar=basis.clock,
    )


def _answers(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    raised = [life for life in _lives(basis, a, b) if basis.window.holds(life.raised_at)]
    of = lists.put(f"raised-{a}-{b}", "Raised in these days", raised)
    return times(
        (life.answered_in(basis.time) for life in raised if life.first_response_at),
        (life.answered_in(basis.time) for life in raised if not life.first_response_at),
        crowd=basis.people.get(b, 0),
        of=of,
    )


def _dones(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    raised = [life for life in _lives(basis, a, b) if basis.window.holds(life.raised_at)]
    of = lists.put(f"raised-{a}-{b}", "Raised in these days", raised)
    return times(
        (life.took(basis.time) for life in raised if life.done_at),
        (life.took(basis.time) for life in raised if not life.done_at),
        crowd=basis.people.get(b, 0),
        of=of,
    )


def _asker(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    asked = [
        question
        for question in basis.questions
        if (question.asking_team_id, question.team_id) == (a, b)
        and basis.window.holds(question.from_at)
    ]
    of = lists.put(f"questions-{a}-{b}", f"Questions to {basis.teams[a]} in these days", asked)
    return times(
        (question.took(basis.time) for question in asked if question.answered),
        (question.took(basis.time) for question in asked if not question.answered),
        crowd=basis.people.get(a, 0),
        of=of,
    )


def _begun(basis: Basis, lists: Lists, a: int, b: int) -> Cell:
    visits = passes_of(basis).get((a, b), ())
    of = lists.put(f"passed-{a}-{b}", "Passed in these days", visits)
    return median_wait(basis, visits, of)
