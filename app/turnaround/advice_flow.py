"""The chapter "Advice": how soon remarks are answered, what came of them, how many praise.

Counts only and from ten answers on: no list stands behind these figures, because feedback stays
between those who gave and got it.
"""

from collections import Counter

from app.feedback.rules import AnswerKind, RemarkKind
from app.turnaround.basis import Basis
from app.turnaround.lives import Remarked, Time
from app.turnaround.rules import CROWD
from app.turnaround.sheets import (
    LEAST,
    PERCENTILES,
    Cell,
    Lists,
    Sheet,
    number,
    times,
    words,
)
from app.turnaround.statistics import share

ENOUGH = 10  # answers
KINDS = (
    (AnswerKind.TAKEN, "Taken"),
    (AnswerKind.TAKEN_OWN_WAY, "Taken their own way"),
    (AnswerKind.NOT_TAKEN, "Not taken, with the reason"),
    (AnswerKind.QUESTION, "Asked back"),
)
HIDDEN = "Shown from ten answers and five people on, so that nobody can be guessed."


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
    return Sheet(
        "advice-answered",
        "Until a remark is answered",
        "From when the author could read it to their first answer; what is not answered yet "
        f"counts as “not by now”. Percentiles from {LEAST} remarks on.",
        "Remarks that ask for an answer, given in these days",
        basis.unit,
        ("What", "Remarks", "Not answered yet", *PERCENTILES),
        ((words("Together"), number(len(asking)), still, *cells),) if asking else (),
        empty=HIDDEN,
        calendar=basis.clock,
    )


def _came_of(basis: Basis, answered: list[Remarked]) -> Sheet:
    counts = Counter(remark.answer for remark in answered)
    rows = tuple(
        (
            words(name),
            number(counts[kind.value]),
            Cell(share(counts[kind.value], len(answered)), "percent"),
        )
        for kind, name in KINDS
    )
    return Sheet(
        "advice-taken",
        "What authors made of it",
        "The author's last answer to each. The author decides: “not taken” with a reason is as "
        "good an end as “taken”.",
        "Remarks given in these days and answered",
        "remarks",
        ("Authors said", "Remarks", "Of 100"),
        rows if answered else (),
        empty=HIDDEN,
        calendar=f"days of {basis.window.zones}",
    )


def _strengths(basis: Basis, given: list[Remarked]) -> Sheet:
    handoffs = {remark.handoff for remark in given}
    praised = {r.handoff for r in given if r.kind == RemarkKind.STRENGTH}
    strengths = sum(remark.kind == RemarkKind.STRENGTH for remark in given)
    rows = (
        (
            words("Rounds of advice that say what should stay"),
            number(len(handoffs)),
            number(len(praised)),
            Cell(share(len(praised), len(handoffs)), "percent"),
        ),
        (
            words("Remarks that say what should stay"),
            number(len(given)),
            number(strengths),
            Cell(share(strengths, len(given)), "percent"),
        ),
    )
    return Sheet(
        "advice-strengths",
        "How much of it names a strength",
        "Advice lands when it also says what is good and should stay.",
        "Remarks given in these days",
        "rounds of advice, and remarks",
        ("What", "All", "With a strength", "Of 100"),
        rows if given else (),
        empty=HIDDEN,
        calendar=f"days of {basis.window.zones}",
    )
