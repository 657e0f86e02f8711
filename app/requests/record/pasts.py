"""Whole histories recorded at once: imports and the demo go through the same ledger as people do.

Rows are inserted in batches without the ORM's unit of work: 100,000 requests in minutes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.catalogue.rules import Visibility
from app.requests.intervals import (
    Approval,
    ConfirmationWait,
    Link,
    Pause,
    ReplyWait,
    StageVisit,
    Thanked,
    Timer,
)
from app.requests.life.history import replay
from app.requests.life.ledger import Happening
from app.requests.life.stored import StoredRows, rows_of
from app.requests.models import Brief, Event, Message, Party, Request
from app.requests.record.marking import Fact, facts_of, mark, versions, with_versions
from app.requests.record.numbering import next_ids
from app.requests.search.folding import searchable
from app.requests.search.index import RequestText, index_stored


@dataclass(frozen=True)
class Told:
    """One event of the past, with the words that came with it."""

    happening: Happening
    words: str = ""
    internal: bool = False


@dataclass(frozen=True)
class Past:
    """One request with everything that has happened to it, in order."""

    title: str
    type_id: int
    requester_id: int
    told: Sequence[Told]
    details: str = ""
    answers: Sequence[dict[str, str]] = ()
    visibility: str = Visibility.BOTH_TEAMS
    source: str | None = None
    source_ref: str | None = None


@dataclass
class _Batch:
    version_of: Callable[[int], int]
    rows: dict[Any, list[dict[str, Any]]] = field(default_factory=dict)
    facts: set[Fact] = field(default_factory=set)

    def add(self, model: Any, **values: Any) -> None:
        self.rows.setdefault(model, []).append(values)


def record_pasts(
    session: Session, pasts: Iterable[Past], clock_of: Callable[[int], Any], *, size: int = 2000
) -> list[int]:
    """Record `pasts` and return the ids of their requests in the same order.

    :raises NotNow: when a history is not one that the flow allows; the caller rolls back.
    """
    recorded: list[int] = []
    version_of = versions(session)
    for chunk in _chunks(pasts, size):
        batch = _Batch(version_of)
        ids = next_ids(session, Request, len(chunk))
        said = iter(next_ids(session, Message, sum(map(_words_said, chunk))))
        for request_id, past in zip(ids, chunk, strict=True):
            _add(batch, past, request_id, said, clock_of)
        for model in ORDER:
            if rows := batch.rows.get(model):
                session.execute(insert(model.__table__), rows)
        index_stored(session, ids[0], ids[-1])
        mark(session, batch.facts, clock_of)
        recorded += ids
    return recorded


def _words_said(past: Past) -> int:
    return sum(bool(told.words) for told in past.told)


def _add(
    batch: _Batch, past: Past, request_id: int, said: Iterator[int], clock_of: Callable[[int], Any]
) -> None:
    rows = rows_of(replay(told.happening for told in past.told), clock_of)
    batch.add(
        Request,
        id=request_id,
        title=past.title,
        type_id=past.type_id,
        requester_id=past.requester_id,
        visibility=past.visibility,
        source=past.source,
        source_ref=past.source_ref,
        **rows.request,
    )
    batch.add(Brief, request_id=request_id, details=past.details, answers=list(past.answers))
    batch.add(RequestText, request_id=request_id, **_words(past))
    _add_intervals(batch, rows, request_id)
    for seq, told in enumerate(past.told, start=1):
        _tell(batch, told, request_id, seq, next(said) if told.words else None)


def _words(past: Past) -> dict[str, str]:
    said = [told.words for told in past.told if not told.internal]
    return {
        "open_words": searchable(
            past.title, past.details, *(answer["text"] for answer in past.answers), *said
        ),
        "inner_words": searchable(*(told.words for told in past.told if told.internal)),
    }


def _add_intervals(batch: _Batch, rows: StoredRows, request_id: int) -> None:
    visits = with_versions(rows, {}, batch.version_of)
    batch.facts |= facts_of(rows.request, visits)
    for model, intervals in (
        (StageVisit, visits),
        (Pause, rows.pauses),
        (ConfirmationWait, rows.waits),
        (ReplyWait, rows.replies),
        (Approval, rows.approvals),
        (Thanked, rows.thanked),
    ):
        for interval in intervals:
            batch.add(model, request_id=request_id, **interval)
    for team_id, asks in rows.parties.items():
        batch.add(Party, request_id=request_id, team_id=team_id, asks=asks)
    for kind, to_id in rows.links:
        batch.add(Link, request_id=request_id, kind=kind, to_id=to_id)
    for what, at in rows.timers.items():
        batch.add(Timer, request_id=request_id, what=what, at=at)


def _tell(batch: _Batch, told: Told, request_id: int, seq: int, message_id: int | None) -> None:
    happening = told.happening
    if message_id:
        batch.add(
            Message,
            id=message_id,
            request_id=request_id,
            author_id=happening.actor_id,
            side=happening.side.value,
            internal=told.internal,
            body=told.words,
            at=happening.at,
        )
    batch.add(
        Event,
        request_id=request_id,
        seq=seq,
        at=happening.at,
        kind=happening.kind.value,
        actor_id=happening.actor_id,
        side=happening.side.value,
        message_id=message_id,
        data=dict(happening.data),
    )


def _chunks(pasts: Iterable[Past], size: int) -> Iterator[list[Past]]:
    iterator = iter(pasts)
    while chunk := list(islice(iterator, size)):
        yield chunk


ORDER: list[Any] = [
    *(Request, Brief, Message, Event, StageVisit, Pause, ConfirmationWait, ReplyWait),
    *(Approval, Thanked, Party, Link, Timer, RequestText),
]
