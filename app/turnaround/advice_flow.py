"""The chapter "Advice": how soon remarks are answered, what came of them, how many praise.

Counts only and from ten answers on: no list stands behind these figures, because feedback stays
between those who gave and got it.
"""

from collections import Counter

from app.feedback.rules import AnswerKind, RemarkKind
from app.language import gettext, gettext_noop
from app.turnaround.basis import Basis
from app.turnaround.lives import Remarked, Time
from app.turnaround.rules import CROWD
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
from app.turnaround.statistics import share

ENOUGH = 10  # answers
KINDS = (
    (AnswerKind.TAKEN, gettext_noop("Taken")),
    (AnswerKind.TAKEN_OWN_WAY, gettext_noop("Taken their own way")),
    (AnswerKind.NOT_TAKEN, gettext_noop("Not taken, with the reason")),
    (AnswerKind.QUESTION, gettext_noop("Asked back")),
)
HIDDEN = gettext_noop("Shown from ten answers and five people on, so that nobody can be guessed.")


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return how advice was answered, what came of it, and how much of it praised."""
    given = [remark for remark in basis.remarks if basis.window.holds(remark.at)]
    answered = [remark for remark in given if remark.asks and remark.answer]
    hidden = len(answered) < ENOUGH or basis.crowd < CROWD
    return [
        _answers(basis, [] if hidden else [r for r in given if r.asks]),
        _came_of(basis, [] if hidden else answered),
        _strengths(basis, [] if hidden else given),
    ]


def _answers(basis: Basis, asking: list[Remarked]) -> Sheet:
    working = basis.time is Time.WORKING
    spans = [(r.working_s if working else r.elapsed_s, r.answered_at) for r in asking]
    cells = times(
        (seconds for seconds, at in spans if at),
        (seconds for seconds, at in spans if not at),
        crowd=basis.crowd,
    )
    still = number(sum(at is None for _, at in spans))
    row = (words(gettext("Together")), number(len(asking)), still, *cells)
    return Sheet(
        "advice-answered",
        gettext("Until a remark is answered"),
        gettext(
            "From when the author could read it to their first answer; what is not answered yet "
            "counts as “not by now”. Percentiles from %(least)s remarks on.",
            least=LEAST,
        ),
        gettext("Remarks that ask for an answer, given in these days"),
        basis.unit,
        (gettext("What"), gettext("Remarks"), gettext("Not answered yet"), *percentiles()),
        (row,) if asking else (),
        empty=gettext(HIDDEN),
        calendar=basis.clock,
    )


def _came_of(basis: Basis, answered: list[Remarked]) -> Sheet:
    counts = Counter(remark.answer for remark in answered)
    rows = tuple(
        (
            words(gettext(name)),
            number(counts[kind.value]),
            Cell(share(counts[kind.value], len(answered)), "percent"),
        )
        for kind, name in KINDS
    )
    return Sheet(
        "advice-taken",
        gettext("What authors made of it"),
        gettext(
            "The author's last answer to each. The author decides: “not taken” with a reason is as "
            "good an end as “taken”."
        ),
        gettext("Remarks given in these days and answered"),
        gettext("remarks"),
        (gettext("Authors said"), gettext("Remarks"), gettext("Of 100")),
        rows if answered else (),
        empty=gettext(HIDDEN),
        calendar=basis.days,
    )


def _strengths(basis: Basis, given: list[Remarked]) -> Sheet:
    handoffs = {remark.handoff for remark in given}
    praised = {r.handoff for r in given if r.kind == RemarkKind.STRENGTH}
    strengths = sum(remark.kind == RemarkKind.STRENGTH for remark in given)
    rows = (
        (
            words(gettext("Rounds of advice that say what should stay")),
            number(len(handoffs)),
            number(len(praised)),
            Cell(share(len(praised), len(handoffs)), "percent"),
        ),
        (
            words(gettext("Remarks that say what should stay")),
            number(len(given)),
            number(strengths),
            Cell(share(strengths, len(given)), "percent"),
        ),
    )
    return Sheet(
        "advice-strengths",
        gettext("How much of it names a strength"),
        gettext("Advice lands when it also says what is good and should stay."),
        gettext("Remarks given in these days"),
        gettext("rounds of advice, and remarks"),
        (gettext("What"), gettext("All"), gettext("With a strength"), gettext("Of 100")),
        rows if given else (),
        empty=gettext(HIDDEN),
        calendar=basis.days,
    )
