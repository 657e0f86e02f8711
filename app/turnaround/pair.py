"""Two teams, both directions side by side: when the relationship turns the other way."""

from collections.abc import Callable, Sequence

from app.language import gettext, gettext_noop
from app.turnaround.basis import Basis
from app.turnaround.kept import answer_promises, done_promises
from app.turnaround.lives import Life
from app.turnaround.pair_waits import Ways, both_heads, lives_of, pair_waits
from app.turnaround.passes import BACK, came_back, passes_of
from app.turnaround.sheets import Cell, Lists, Sheet, number, percent, words

Tell = Callable[[Basis, Lists, int, int], tuple[Cell, ...]]


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return what one team asks of the other and how it goes, for both directions."""
    one, other = basis.scope.team_id or 0, basis.scope.other_id or 0
    ways = ((one, other), (other, one))
    return [_asked(basis, lists, ways), _held(basis, lists, ways), pair_waits(basis, lists, ways)]


def _rows(
    basis: Basis, lists: Lists, ways: Ways, tellers: Sequence[tuple[str, Tell]]
) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (words(name), *(cell for a, b in ways for cell in teller(basis, lists, a, b)))
        for name, teller in tellers
    )


def _listed(key: str, about: str, keep: Callable[[Basis, Life], bool]) -> Tell:
    def teller(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
        kept = [life for life in lives_of(basis, a, b) if keep(basis, life)]
        said = gettext(about, asking=basis.teams[a], serving=basis.teams[b])
        return (lists.count(f"{key}-{a}-{b}", said, kept),)

    return teller


_raised = _listed(
    "raised",
    gettext_noop("Raised: asked by %(asking)s of %(serving)s"),
    lambda basis, life: basis.window.holds(life.raised_at),
)
_done = _listed(
    "done",
    gettext_noop("Done: asked by %(asking)s of %(serving)s"),
    lambda basis, life: basis.window.holds(life.done_at),
)
_open = _listed(
    "open",
    gettext_noop("Open now: asked by %(asking)s of %(serving)s"),
    lambda _, life: life.is_open,
)


def _asked(basis: Basis, lists: Lists, ways: Ways) -> Sheet:
    tellers: list[tuple[str, Tell]] = [
        (gettext("Raised"), _raised),
        (gettext("Done"), _done),
        (gettext("Open now"), _open),
        (gettext("Passed on or asked"), _passed),
        (gettext("Thanks said"), _thanked),
    ]
    return Sheet(
        "volume",
        gettext("What is asked, both ways"),
        gettext(
            "Raised, done and passed in these days; open at this moment. Passed on or asked: also "
            "what one team handed to the other half-way."
        ),
        gettext("Requests between the two teams"),
        gettext("requests; thanks are messages"),
        both_heads(basis, ways),
        _rows(basis, lists, ways, tellers),
        of=_everything(basis, lists),
        calendar=basis.days,
    )


def _everything(basis: Basis, lists: Lists) -> str:
    return lists.put("between", gettext("Requests between the two teams"), basis.lives)


def _passed(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    visits = passes_of(basis).get((a, b), ())
    one, other = basis.teams[a], basis.teams[b]
    about = gettext("Passed from %(one)s to %(other)s in these days", one=one, other=other)
    return (lists.count(f"passed-{a}-{b}", about, visits),)


def _thanked(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    said = [thanks for thanks in basis.thanks if (thanks.asking_team_id, thanks.team_id) == (a, b)]
    one, other = basis.teams[a], basis.teams[b]
    about = gettext("%(one)s thanked %(other)s in these days", one=one, other=other)
    return (lists.count(f"thanks-{a}-{b}", about, said),)


def _held(basis: Basis, lists: Lists, ways: Ways) -> Sheet:
    tellers: list[tuple[str, Tell]] = [
        (gettext("First answer when promised"), _answer_kept),
        (gettext("Done when promised"), _done_kept),
        (gettext("Right the first time"), _right),
        (gettext("Came back to who passed it"), _returned),
    ]
    return Sheet(
        "held",
        gettext("What holds, both ways"),
        gettext(
            "Promises: kept, of all that came due; open and late counts as not kept. Right the "
            "first time: done without being handed back and without a “not yet”. %(back)s",
            back=gettext(BACK),
        ),
        gettext("Came due, done, or passed in these days"),
        gettext("percent"),
        both_heads(basis, ways, counted=True),
        _rows(basis, lists, ways, tellers),
        of=_everything(basis, lists),
        calendar=basis.calendar,
    )


def _answer_kept(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    found = answer_promises(basis, lives_of(basis, a, b))
    about = gettext("A first answer came due in these days")
    of = lists.put(f"answers-due-{a}-{b}", about, found.all)
    return percent(len(found.kept), len(found.all), of), number(len(found.all), of)


def _done_kept(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    found = done_promises(basis, lives_of(basis, a, b))
    of = lists.put(f"done-due-{a}-{b}", gettext("Came due in these days"), found.all)
    return percent(len(found.kept), len(found.all), of), number(len(found.all), of)


def _right(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    done = [life for life in lives_of(basis, a, b) if basis.window.holds(life.done_at)]
    of = lists.put(f"done-{a}-{b}", gettext("Done in these days"), done)
    kept = sum(not life.came_back for life in done)
    return percent(kept, len(done), of), number(len(done), of)


def _returned(basis: Basis, lists: Lists, a: int, b: int) -> tuple[Cell, ...]:
    visits = passes_of(basis).get((a, b), ())
    back = came_back(basis, visits)
    of = lists.put(f"back-{a}-{b}", gettext("Passed in these days, and came back"), back)
    passed = _passed(basis, lists, a, b)
    return percent(len(back), len(visits), of), *passed
