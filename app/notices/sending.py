"""Letters on their way to the mail server.

A letter is a row before it is a mail: a dead server loses none and slows no page. A worker claims
one by moving its next try on (compare and set, right on both engines), speaks SMTP outside any
transaction, and says what came of it. One that dies meanwhile leaves the letter to the next try.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import exists, literal_column, select, update
from sqlalchemy.orm import Session

from app.notices.models import Letter, Notice
from app.rows import FORGOTTEN_AT_ONCE, carry_out, forget_first

LEASE: Final = timedelta(minutes=5)
WORDS_KEPT: Final = timedelta(days=7)
WORDS_OF_DEAD_KEPT: Final = timedelta(days=90)
YEAR: Final = timedelta(days=365)
WITH_WORDS: Final = Letter.body != literal_column("''")  # as its index says it
PATIENCE: Final = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440)
)


class Waiting(NamedTuple):
    """A letter as it was seen waiting; what became of it since is asked by `claim`."""

    id: int
    next_try_at: datetime | None


def letters_due(session: Session, *, at: datetime, limit: int) -> list[Waiting]:
    """Return letters that should be tried by `at` (UTC), the oldest first."""
    rows = session.execute(
        select(Letter.id, Letter.next_try_at)
        .where(Letter.sent_at.is_(None), Letter.next_try_at <= at)
        .order_by(Letter.next_try_at, Letter.id)
        .limit(limit)
    )
    return [Waiting(*row) for row in rows]


def claim(session: Session, waiting: Waiting, *, at: datetime) -> bool:
    """Take a letter for this try. False when another worker was faster."""
    taken = session.execute(
        update(Letter)
        .where(
            Letter.id == waiting.id,
            Letter.sent_at.is_(None),
            Letter.next_try_at == waiting.next_try_at,
        )
        .values(next_try_at=at + LEASE, tries=Letter.tries + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one


def was_sent(session: Session, letter_id: int, *, at: datetime) -> None:
    """Note that the server has taken it."""
    done = {"sent_at": at, "next_try_at": None, "error": ""}
    session.execute(update(Letter).where(Letter.id == letter_id).values(**done))


def was_refused(
    session: Session, letter_id: int, *, reason: str, for_good: bool, at: datetime
) -> None:
    """Note why not; try again later, more and more patiently, unless it is `for_good`."""
    waiting = session.get_one(Letter, letter_id, populate_existing=True)
    waiting.error = reason[:300]
    patient = waiting.tries <= len(PATIENCE) and not for_good
    waiting.next_try_at = at + PATIENCE[waiting.tries - 1] if patient else None


def forget_words(session: Session, *, at: datetime) -> int:
    """Forget the words of letters sent a week before `at` (UTC), or given up three months before.

    They quote what people wrote. That there was a letter, and to whom, stays for a year. Returns
    how many there were.
    """
    sent = Letter.sent_at.is_not(None) & (Letter.created_at < at - WORDS_KEPT)
    given_up = Letter.next_try_at.is_(None) & (Letter.created_at < at - WORDS_OF_DEAD_KEPT)
    old = (
        select(Letter.id)
        .where(WITH_WORDS, Letter.created_at < at - WORDS_KEPT, sent | given_up)
        .order_by(Letter.created_at)
        .limit(FORGOTTEN_AT_ONCE)
    )
    return carry_out(session, update(Letter).where(Letter.id.in_(old)).values(body=""), {})


def forget_letters(session: Session, *, at: datetime) -> int:
    """Forget letters of more than a year ago that no notice went in; return how many."""
    settled = Letter.sent_at.is_not(None) | Letter.next_try_at.is_(None)
    told = exists().where(Notice.letter_id == Letter.id)
    return forget_first(session, Letter, Letter.created_at < at - YEAR, settled, ~told)


def forget_notices(session: Session, *, at: datetime) -> int:
    """Forget what people were told more than a year ago; return how much. What happened stays."""
    return forget_first(session, Notice, Notice.at < at - YEAR)
