"""Remarks of a request, to those who may read them."""

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.feedback.models import Answer, Remark
from app.feedback.rules import Audience, RemarkKind, Weight
from app.requests.rules import Relation, Side


def may_read_feedback(relation: Relation) -> bool:
    """Feedback is between those who make the piece; the asking side sees the result."""
    return relation.sees and relation.side is Side.PROVIDING


def remarks_of(request_id: int) -> Select[Remark]:
    """Select the remarks of a request in the order they were given, with their answers."""
    return (
        select(Remark)
        .where(Remark.request_id == request_id)
        .options(
            joinedload(Remark.writer),
            selectinload(Remark.answers).joinedload(Answer.person),
        )
        .order_by(Remark.id)
    )


def open_musts(session: Session, request_id: int) -> int:
    """Count the must-remarks that nobody has answered yet."""
    query = (
        select(func.count())
        .select_from(Remark)
        .where(
            Remark.request_id == request_id,
            Remark.weight == Weight.MUST,
            Remark.kind != RemarkKind.STRENGTH,
            Remark.audience == Audience.AUTHOR,
            ~exists().where(Answer.remark_id == Remark.id),
        )
    )
    return session.scalar(query) or 0
