"""Requests that may ask the same, among those a person may see, before they ask once more."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import Person
from app.requests.lists.lines import Line, read_lines, visible_lines
from app.requests.models import Request
from app.requests.rules import State
from app.requests.search.folding import folded_words
from app.requests.search.matching import any_of

LATELY: Final = timedelta(days=90)
LOOKED_AT: Final = 200
ALIKE: Final = 0.5


def similar(
    session: Session, person: Person, title: str, *, team_id: int, at: datetime, limit: int
) -> list[Line]:
    """Return at most `limit` requests to a team whose titles share most words with `title`.

    Only the newest of the last 90 days are looked at, and only what `person` may see anyway. A word
    counts when it has at least four letters, or is a number; half of them have to be shared.
    """
    wanted = [w for w in dict.fromkeys(folded_words(title)) if len(w) > 3 or w.isdigit()][:8]
    words = any_of(session, wanted)
    if words is None:
        return []
    newest = (
        select(Request.id)
        .where(Request.team_id == team_id, Request.raised_at >= at - LATELY, words)
        .where(Request.state != State.MERGED)
        .order_by(Request.raised_at.desc(), Request.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    chosen = visible_lines().join(newest, newest.c.id == Request.id)
    lines = read_lines(session, chosen, viewer=person, at=at)
    shares = [(shared(wanted, line.request.title), line.request.id, line) for line in lines]
    best = sorted((s for s in shares if s[0] >= ALIKE), key=lambda s: (-s[0], -s[1]))
    return [line for _, _, line in best[:limit]]


def shared(wanted: list[str], title: str) -> float:
    """Return which share of the words `wanted` begins a word of `title`, from 0 to 1."""
    there = folded_words(title)
    return sum(any(w.startswith(word) for w in there) for word in wanted) / len(wanted)
