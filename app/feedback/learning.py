"""What one person may learn from the advice they got; nobody else is shown it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.documents.queries import writes
from app.feedback.models import Remark
from app.feedback.rules import Audience, RemarkKind
from app.people.models import Person
from app.requests.models import Request
from app.requests.queries import visibility

MONTHS = 6
MOST = 400  # remarks looked at; nobody learns from more at once
LATEST = 3
KEPT = 12


@dataclass(frozen=True)
class Lesson:
    """One kind of remark: how often in each month, the oldest first, and the latest of them."""

    kind: str
    by_month: list[int]
    latest: list[tuple[Remark, str]]

    @property
    def total(self) -> int:
        """How often in all these months."""
        return sum(self.by_month)


@dataclass(frozen=True)
class Learning:
    """Recurring remarks, the most frequent kind first, and passages that were to be kept.

    Beside each remark stands the title of its request. `months` are first days, the oldest first.
    """

    months: list[date]
    lessons: list[Lesson]
    kept: list[tuple[Remark, str]]


def learning_of(session: Session, person: Person, *, at: datetime) -> Learning:
    """Return what others remarked on pieces that `person` wrote, in the last months (UTC)."""
    months = last_months(at.date(), MONTHS)
    begin = datetime(months[0].year, months[0].month, 1, tzinfo=at.tzinfo)
    received = _received(person, at).where(Remark.created_at >= begin).limit(MOST)
    rows = [(row[0], row[1]) for row in session.execute(received)]
    strengths = [row for row in rows if row[0].kind == RemarkKind.STRENGTH]
    kinds = Counter(remark.kind for remark, _ in rows if remark.kind != RemarkKind.STRENGTH)
    return Learning(
        months=months,
        lessons=[_lesson(kind, months, rows) for kind, _ in kinds.most_common()],
        kept=strengths[:KEPT],
    )


def last_months(day: date, count: int) -> list[date]:
    """Return the first days of the last `count` months up to that of `day`, the oldest first."""
    whole = day.year * 12 + day.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(whole - count + 1, whole + 1)]


def _lesson(kind: str, months: Sequence[date], rows: list[tuple[Remark, str]]) -> Lesson:
    mine = [(remark, title) for remark, title in rows if remark.kind == kind]
    counts = Counter(remark.created_at.date().replace(day=1) for remark, _ in mine)
    told = [(remark, title) for remark, title in mine if remark.see]
    return Lesson(kind, [counts[month] for month in months], told[:LATEST])


def _received(person: Person, at: datetime) -> Select[Remark, str]:
    """Select what others remarked on pieces that `person` is an author of, newest first."""
    return (
        select(Remark, Request.title)
        .join(Request, Request.id == Remark.request_id)
        .where(
            writes(Remark.request_id, literal(person.id)),
            Remark.writer_id != person.id,
            Remark.audience == Audience.AUTHOR,
            Remark.withdrawn_at.is_(None),
            Remark.released_at <= at,
            visibility(person),
        )
        .options(joinedload(Remark.writer), joinedload(Remark.anchor), selectinload(Remark.answers))
        .order_by(Remark.created_at.desc(), Remark.id.desc())
    )
