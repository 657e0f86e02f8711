"""How long two teams wait for each other, both directions side by side."""

from collections.abc import Callable, Iterator

from app.language import gettext
from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.passes import median_wait, passes_of
from app.turnaround.sheets import Cell, Lists, Sheet, number, times, words

Ways = tuple[tuple[int, int], tuple[int, int]]
Wait = Callable[[Basis, Lists, int, int], tuple[Cell, ...]]  # its percentiles, and at last n


def both_heads(basis: Basis, ways: Ways, *, counted: bool = False) -> tuple[str, ...]:
    """Return the heads of a table of both directions; `counted` has the n of each beside it."""
    heads = [gettext("What")]
    for a, b in ways:
        asks = gettext("%(asking)s asks %(serving)s", asking=basis.teams[a], serving=basis.teams[b])
        heads += [asks, gettext("%(what)s, n", what=asks)] if counted else [asks]
    return tuple(heads)


def lives_of(basis: Basis, asking: int, serving: int) -> list[Life]:
    """Return the requests that one team asked of the other."""
    return [
        life for life in basis.lives if (life.asking_team_id, life.team_id) == (asking, serving)
    ]


def pair_waits(basis: Basis, lists: Lists, ways: Ways) -> Sheet:
    """Return how long each waits for the other: for an answer, for the end, for a beginning."""
    return Sheet(
        "waits",
        gettext("Who waits for whom, both ways"),
        gettext(
            "What is still open counts as “not by now”. The last but one answers our own question: "
            "how soon do we reply, when we are asked something about what we asked for? In the "
            "hours of the team that asked."
        ),
        gettext("Raised, asked, or passed in these days"),
        basis.unit,
        both_heads(basis, ways, counted=True),
        tuple(_rows(basis, lists, ways)),
        of=lists.put("between", gettext("Requests between the two teams"), basis.lives),
        calendar=basis.clock,
    )


def _rows(basis: Basis, lists: Lists, ways: Ways) -> Iterator[tuple[Cell, ...]]:
    waits: tuple[tuple[Wait, str, str], ...] = (
        (_answers, gettext("First answer, half within"), gettext("First answer, 85 % within")),
        (_dones, gettext("Done, half within"), gettext("Done, 85 % within")),
        (
            *(_asker, gettext("Who asked answers, half within")),
            gettext("Who asked answers, 85 % within"),
        ),
    )
    for teller, *names in waits:
        told = [teller(basis, lists, a, b) for a, b in ways]
        for index, name in enumerate(names):
            yield (words(name), *(cell for way in told for cell in (way[index], way[-1])))
    began = gettext("Until somebody began, half within")
    yield (words(began), *(cell for a, b in ways for cell in _begun(basis, lists, a, b)))


def _answers(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    raised = [life for life in lives_of(basis, a, b) if basis.window.holds(life.raised_at)]
    of = lists.put(f"raised-{a}-{b}", gettext("Raised in these days"), raised)
    spans = times(
        (life.answered_in(basis.time) for life in raised if life.first_response_at),
        (life.answered_in(basis.time) for life in raised if not life.first_response_at),
        crowd=basis.people.get(b, 0),
        of=of,
    )
    return (*spans, number(len(raised), of))


def _dones(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    raised = [life for life in lives_of(basis, a, b) if basis.window.holds(life.raised_at)]
    of = lists.put(f"raised-{a}-{b}", gettext("Raised in these days"), raised)
    spans = times(
        (life.took(basis.time) for life in raised if life.done_at),
        (life.took(basis.time) for life in raised if not life.done_at),
        crowd=basis.people.get(b, 0),
        of=of,
    )
    return (*spans, number(len(raised), of))


def _asker(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    asked = [
        question
        for question in basis.questions
        if (question.asking_team_id, question.team_id) == (a, b)
        and basis.window.holds(question.from_at)
    ]
    about = gettext("Questions to %(team)s in these days", team=basis.teams[a])
    of = lists.put(f"questions-{a}-{b}", about, asked)
    spans = times(
        (question.took(basis.time) for question in asked if question.answered),
        (question.took(basis.time) for question in asked if not question.answered),
        crowd=basis.people.get(a, 0),
        of=of,
    )
    return (*spans, number(len(asked), of))


def _begun(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, Cell]:
    visits = passes_of(basis).get((a, b), ())
    of = lists.put(f"passed-{a}-{b}", gettext("Passed in these days"), visits)
    return median_wait(basis, visits, of), number(len(visits), of)
