"""What programs were answered, kept for a day: the same question gets the same answer."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.rows import forget

ANSWERS_KEPT: Final = timedelta(days=1)


class ApiAnswer(Base):
    """What a program was answered under a key, so that asking again is answered the same."""

    __tablename__ = "api_answer"
    __table_args__ = (Index("ix_api_answer_at", "at"),)

    token_id: Mapped[int] = mapped_column(ForeignKey("api_token.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


def answer_kept(session: Session, token_id: int, key: str, *, at: datetime) -> ApiAnswer | None:
    """Return what a program was answered under a key, for a day after that."""
    known = session.get(ApiAnswer, (token_id, key))
    return known if known is not None and known.at >= at - ANSWERS_KEPT else None


def forget_answers(session: Session, *, at: datetime) -> int:
    """Forget what programs were answered more than a day before `at` (UTC); return how much."""
    return forget(session, ApiAnswer, ApiAnswer.at < at - ANSWERS_KEPT, by=ApiAnswer.at)
