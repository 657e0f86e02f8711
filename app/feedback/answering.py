"""Storing what an author says to a remark, beside the team whose advice it is about."""

from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from app.feedback.models import Answer, Remark
from app.feedback.rules import AnswerKind
from app.requests.intervals import StageVisit
from app.requests.record.recording import Act


def add_answer(
    session: Session, remark_id: int, kind: AnswerKind, *, words: str = "", act: Act
) -> None:
    """Add an answer; it takes the place of those before it."""
    earlier = update(Answer).where(Answer.remark_id == remark_id, ~Answer.replaced)
    session.execute(earlier.values(replaced=True))
    answer = Answer(remark_id=remark_id, person_id=act.by.id, kind=kind, words=words, at=act.at)
    answer.team_id = giving_team(remark_id)
    session.add(answer)


def giving_team(remark_id: Any) -> Any:
    """Return, as a value for a statement, the team in whose visit a remark was given."""
    given_in = and_(StageVisit.request_id == Remark.request_id, StageVisit.seq == Remark.visit_seq)
    query = select(StageVisit.team_id).join(Remark, given_in).where(Remark.id == remark_id)
    return query.scalar_subquery()
