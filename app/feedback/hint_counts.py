"""How often hints were shown and heeded, by team and day. No text, no person."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.feedback.models import NudgeCount


def count_hints(
    session: Session, team_id: int, day: date, *, shown: Collection[str], kept: Collection[str]
) -> None:
    """Add to the counts of `day` (UTC): the rules of hints shown, and of those left as they were.

    Both are lists of rules with repetition; what was shown and not kept counts as changed.
    """
    left = Counter(kept)
    for rule, times in sorted(Counter(shown).items()):
        row = _row(session, (day, team_id, rule))
        row.shown += times
        row.kept += left[rule]
        row.changed += times - left[rule]


def _row(session: Session, key: tuple[date, int, str]) -> NudgeCount:
    """Return the locked row of `key`; two that begin the same one do not hinder each other."""
    row = session.get(NudgeCount, key, with_for_update=True)
    if row is None:
        try:
            with session.begin_nested():
                row = NudgeCount(
                    day=key[0], team_id=key[1], rule=key[2], shown=0, changed=0, kept=0
                )
                session.add(row)
        except IntegrityError:
            row = session.get_one(NudgeCount, key, with_for_update=True)
    return row
