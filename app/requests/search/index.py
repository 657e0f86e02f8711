"""The words of requests, indexed: what both sides read, and apart from it the inner notes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Integer,
    String,
    Text,
    and_,
    column,
    exists,
    func,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.people.models import Person
from app.people.queries import teams_of
from app.requests.models import Event, Party, Request
from app.requests.rules import Kind
from app.requests.search.folding import folded_words
from app.requests.search.gathering import words_of

WITH_WORDS = {Kind.RAISED, Kind.MESSAGE, Kind.NOTE, Kind.THANKED, Kind.UNSAID}


class SavedView(Base):
    """A search that somebody keeps, for themselves or, with `team_id`, for their team."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(String(400))


class RequestText(Base):
    """The folded words of one request. The index over them is FTS5 on SQLite, GIN on PostgreSQL."""

    __tablename__ = "request_text"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    open_words: Mapped[str] = mapped_column(Text, default="")
    inner_words: Mapped[str] = mapped_column(Text, default="")


def index(session: Session, request: Request, events: Sequence[Event]) -> None:
    """Keep the words of a request as an act left them; an observer of every act."""
    if not any(event.kind in WITH_WORDS or event.message for event in events):
        return
    session.flush()
    row = session.get(RequestText, request.id)
    if row is not None:
        _tell_fts5(session, UNINDEX, request.id, request.id)
    else:
        row = RequestText(request_id=request.id)
    row.open_words, row.inner_words = words_of(session, request)
    session.add(row)
    session.flush()
    _tell_fts5(session, INDEX, request.id, request.id)


INDEX = """INSERT INTO request_fts(rowid, open_words, inner_words)
    SELECT request_id, open_words, inner_words FROM request_text
    WHERE request_id BETWEEN :first AND :last"""
UNINDEX = """INSERT INTO request_fts(request_fts, rowid, open_words, inner_words)
    SELECT 'delete', request_id, open_words, inner_words FROM request_text
    WHERE request_id BETWEEN :first AND :last"""


def index_stored(session: Session, first: int, last: int) -> None:
    """Index the words that were stored for the requests from `first` to `last` by their ids."""
    _tell_fts5(session, INDEX, first, last)


def _tell_fts5(session: Session, statement: str, first: int, last: int) -> None:
    """SQLite's index is told by hand, PostgreSQL's follows by itself."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(statement), {"first": first, "last": last})


def index_missing(session: Session) -> int:
    """Index every request that has no words yet; return how many."""
    missing = select(Request).where(~exists().where(RequestText.request_id == Request.id))
    count = 0
    for request in session.scalars(missing.execution_options(yield_per=1000)):
        open_words, inner_words = words_of(session, request)
        row = RequestText(request_id=request.id, open_words=open_words, inner_words=inner_words)
        session.add(row)
        session.flush()
        _tell_fts5(session, INDEX, request.id, request.id)
        count += 1
    return count


def matching(
    session: Session, person: Person, words: str, *, since: int = 0
) -> tuple[ColumnElement[int], ColumnElement[bool]] | None:
    """Return (id, condition): what holds all of `words`, each as the beginning of a word.

    The condition binds `Request`; in the order of that id the index is read no further than a
    limit asks for, and never below `since`. Inner notes are looked through only where `person`
    carries or carried the request.
    """
    tokens = folded_words(words)[:12]
    if not tokens:
        return None
    carried = and_(
        Request.requester_id != person.id,
        exists().where(
            Party.request_id == Request.id,
            Party.team_id.in_(teams_of(person)),
            ~Party.asks,
        ),
    )
    engine = _fts5 if session.get_bind().dialect.name == "sqlite" else _tsvector
    identity, anywhere, openly = engine(tokens)
    # The sum keeps the index over words in front: requests are looked up from it, not it by them.
    found = and_(anywhere, identity >= since, Request.id == identity + 0)
    return identity, and_(found, or_(carried, openly))


def any_of(session: Session, tokens: Sequence[str]) -> ColumnElement[bool] | None:
    """Return the condition "holds one of `tokens` (folded) among the words both sides read"."""
    if not tokens:
        return None
    if session.get_bind().dialect.name == "sqlite":
        some = " OR ".join(f'"{token}"*' for token in tokens)
        found: Any = text("SELECT rowid FROM request_fts WHERE request_fts MATCH :some_fts")
        some = f"open_words : ({some})"
    else:
        some = " | ".join(f"'{token}':*" for token in tokens)
        found = text(
            "SELECT request_id FROM request_text"
            " WHERE open_vector @@ to_tsquery('simple', :some_fts)"
        )
    return Request.id.in_(found.bindparams(some_fts=some).columns(Request.id))


def _fts5(
    tokens: Sequence[str],
) -> tuple[ColumnElement[int], ColumnElement[bool], ColumnElement[bool]]:
    """Return (id, matches anywhere, matches what both sides read)."""
    each = " AND ".join(f'"{token}"*' for token in tokens)
    fts = table("request_fts", column("rowid", Integer), column("request_fts"))
    again = fts.alias("open_fts")
    # Where no note holds any of the words, a match anywhere is one of what both sides read.
    in_no_note = exists().where(
        RequestText.request_id == Request.id,
        *(func.instr(RequestText.inner_words, token) == 0 for token in tokens),
    )
    openly = exists().where(
        again.c.rowid == Request.id, _match(again.c.request_fts, f"open_words : ({each})")
    )
    return fts.c.rowid, _match(fts.c.request_fts, each), or_(in_no_note, openly)


def _match(index: ColumnElement[Any], wanted: str) -> ColumnElement[bool]:
    return index.op("MATCH", is_comparison=True)(wanted)


def _tsvector(
    tokens: Sequence[str],
) -> tuple[ColumnElement[int], ColumnElement[bool], ColumnElement[bool]]:
    """Return (id, matches anywhere, matches what both sides read)."""
    names = ("open_vector", "all_vector")
    vectors = table("request_text", column("request_id", Integer), *map(column, names))
    query = func.to_tsquery(text("'simple'"), " & ".join(f"'{token}':*" for token in tokens))
    openly, anywhere = (vectors.c[name].op("@@", is_comparison=True)(query) for name in names)
    return vectors.c.request_id, anywhere, openly
