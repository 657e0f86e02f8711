"""What came of a team's advice, as counts: shown only when there are enough to hide people."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from app.feedback.models import Answer, Helped, NudgeCount, Remark
from app.feedback.rules import AnswerKind
from app.language import gettext, gettext_noop
from app.requests.intervals import StageVisit
from app.turnaround.rules import Window

LEAST = 10  # answers
HINTS = {
    "no reason": gettext_noop("No reason"),
    "no next step": gettext_noop("No next step"),
    "must typo": gettext_noop("Must typo"),
    "few words": gettext_noop("Few words"),
    "no strength": gettext_noop("No strength"),
    "too much": gettext_noop("Too much"),
    "swearing": gettext_noop("Swearing"),
    "insult": gettext_noop("Insult"),
    "contempt": gettext_noop("Contempt"),
    "you": gettext_noop("You"),
    "why": gettext_noop("Why"),
    "shouting": gettext_noop("Shouting"),
}
# The `+ 0` below keeps SQLite from walking all visits of a team instead of the chosen days.
_given_in = and_(StageVisit.request_id == Remark.request_id, StageVisit.seq == Remark.visit_seq)


@dataclass(frozen=True)
class Echoes:
    """Answers to the team's remarks by kind, how many remarks helped, and hints by what followed.

    `hints` are (rule, shown, changed, kept).
    """

    answers: dict[str, int]
    helped: int
    hints: list[tuple[str, int, int, int]]

    @property
    def answered(self) -> int:
        """How many remarks were answered."""
        return sum(self.answers.values())

    @property
    def named_hints(self) -> list[tuple[str, int, int, int]]:
        """The same hints, called as people read them."""
        return [(_named(rule), shown, changed, kept) for rule, shown, changed, kept in self.hints]


def echoes_of(session: Session, team_id: int, window: Window) -> Echoes | None:
    """Return what came of the advice of a team in `window`; None below `LEAST` answers."""
    later = aliased(Answer)
    is_last = ~(
        select(later.id).where(later.remark_id == Answer.remark_id, later.id > Answer.id).exists()
    )
    counted = (
        select(Answer.kind, func.count())
        .join(Remark, Answer.remark_id == Remark.id)
        .join(StageVisit, _given_in)
        .where(StageVisit.team_id + 0 == team_id, Answer.kind != AnswerKind.THANKS)
        .where(Answer.at >= window.start, Answer.at < window.end, is_last)
        .group_by(Answer.kind)
    )
    found = {row[0]: row[1] for row in session.execute(counted)}
    answers = {kind.value: found[kind] for kind in AnswerKind if kind in found}
    if sum(answers.values()) < LEAST:
        return None
    helped = (
        select(func.count(Helped.remark_id.distinct()))
        .join(Remark, Helped.remark_id == Remark.id)
        .join(StageVisit, _given_in)
        .where(StageVisit.team_id + 0 == team_id)
        .where(Helped.at >= window.start, Helped.at < window.end)
    )
    return Echoes(answers, session.scalar(helped) or 0, _hints(session, team_id, window))


def _named(rule: str) -> str:
    known = HINTS.get(rule)  # None for a rule that there is no more
    return gettext(known) if known else rule.capitalize()


def _hints(session: Session, team_id: int, window: Window) -> list[tuple[str, int, int, int]]:
    sums = (func.sum(NudgeCount.shown), func.sum(NudgeCount.changed), func.sum(NudgeCount.kept))
    query = (
        select(NudgeCount.rule, *sums)
        .where(
            NudgeCount.team_id == team_id,
            NudgeCount.day >= window.first,
            NudgeCount.day <= window.last,
        )
        .group_by(NudgeCount.rule)
        .having(func.sum(NudgeCount.shown) >= LEAST)
        .order_by(NudgeCount.rule)
    )
    return [(row[0], int(row[1]), int(row[2]), int(row[3])) for row in session.execute(query)]
