"""What came of a team's advice, as counts: shown only when there are enough to hide people."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, literal_column, select, union_all
from sqlalchemy.orm import Session

from app.db import among, rows_of
from app.feedback.models import Answer, Helped, NudgeCount
from app.feedback.rules import AnswerKind
from app.language import gettext, gettext_noop
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
ZERO: Any = literal_column("0")


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
    here = {"team": team_id, "start": window.start, "end": window.end}
    here |= {"first": window.first, "last": window.last}
    found: dict[str, dict[str, tuple[int, int, int]]] = {"said": {}, "helped": {}, "hint": {}}
    for part, key, *counts in rows_of(session, _counted(), here):
        one, two, three = map(int, counts)
        found[part][key] = one, two, three
    said = found["said"]
    answers = {kind.value: said[kind][0] for kind in AnswerKind if kind in said}
    if sum(answers.values()) < LEAST:
        return None
    hints = [(rule, *found["hint"][rule]) for rule in sorted(found["hint"])]
    return Echoes(answers, found["helped"][""][0], hints)


@cache
def _counted() -> Any:
    """Select (part, key, count and two more) of all that is told, in one statement."""
    of_team: Any = bindparam("team")
    said = (
        select(literal_column("'said'"), Answer.kind, func.count(), ZERO, ZERO)
        .where(Answer.team_id == of_team, among(Answer.kind, set(AnswerKind) - {AnswerKind.THANKS}))
        .where(_in_window(Answer.at), ~Answer.replaced)
        .group_by(Answer.kind)
    )
    times = func.count(Helped.remark_id.distinct())
    helped = select(literal_column("'helped'"), literal_column("''"), times, ZERO, ZERO)
    helped = helped.where(Helped.team_id == of_team, _in_window(Helped.at))
    sums = [func.sum(each) for each in (NudgeCount.shown, NudgeCount.changed, NudgeCount.kept)]
    hints: Any = (
        select(literal_column("'hint'"), NudgeCount.rule, *sums)
        .where(NudgeCount.team_id == of_team)
        .where(NudgeCount.day.between(bindparam("first"), bindparam("last")))
        .group_by(NudgeCount.rule)
        .having(sums[0] >= literal_column(str(LEAST)))
    )
    return union_all(said, helped, hints)


def _in_window(at: Any) -> Any:
    return and_(at >= bindparam("start", type_=at.type), at < bindparam("end", type_=at.type))


def _named(rule: str) -> str:
    known = HINTS.get(rule)  # None for a rule that there is no more
    return gettext(known) if known else rule.capitalize()
