"""The words of requests, indexed: what both sides read, and apart from it the inner notes."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, String, Text, exists, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.requests.models import Event, Request
from app.requests.rules import Kind
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
