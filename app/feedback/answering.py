"""Storing what an author says to a remark, beside the team whose advice it is about."""

from typing import Any

from sqlalchemy import Update, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.feedback.models import Answer, Helped, Remark
from app.feedback.rules import AnswerKind
from app.requests.intervals import StageVisit
from app.requests.record.recording import Act
from app.rows import carry_out


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


def lacks_places(session: Session) -> bool:
    """Say whether an answer or thanks lack the team whose advice they are about."""
    lacking = (exists().where(model.team_id.is_(None)) for model in (Answer, Helped))
    return bool(session.scalar(select(or_(*lacking))))


def place_answers(session: Session) -> int:
    """Give answers and thanks that lack it the team whose advice they are about; return how many.

    Code from before they knew it writes them without, while it runs on beside newer code.
    """
    lacking = select(Answer.remark_id).where(Answer.team_id.is_(None))
    later = aliased(Answer)
    is_replaced = exists().where(later.remark_id == Answer.remark_id, later.id > Answer.id)
    theirs = update(Answer).where(Answer.remark_id.in_(lacking), is_replaced)
    carry_out(session, theirs.values(replaced=True), {})
    return sum(carry_out(session, _placing(model), {}) for model in (Answer, Helped))


def _placing(model: type[Answer] | type[Helped]) -> Update:
    lacks = update(model).where(model.team_id.is_(None))
    return lacks.values(team_id=giving_team(model.remark_id))
