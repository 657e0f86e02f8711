"""The words of requests, indexed: what both sides read, and apart from it the inner notes."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Text,
    TextClause,
    Update,
    bindparam,
    column,
    delete,
    exists,
    func,
    select,
    table,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, has_one_writer, rows_of
from app.requests.models import Event, Message, Request
from app.requests.rules import Kind
from app.requests.search.folding import LIMIT, searchable
from app.requests.search.gathering import asked_words, words_of
from app.rows import add_rows, carry_out


class RequestText(Base):
    """The folded words of one request. The index over them is FTS5 on SQLite, GIN on PostgreSQL."""

    __tablename__ = "request_text"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    open_words: Mapped[str] = mapped_column(Text, default="")
    inner_words: Mapped[str] = mapped_column(Text, default="")


def index(session: Session, request: Request, events: Sequence[Event]) -> None:
    """Keep the words of a request as an act left them; an observer of every act."""
    said = [event.message for event in events if event.message]
    kinds = {event.kind for event in events}
    if Kind.RAISED in kinds:
        _index_first(session, request.id, asked_words(request))
    elif Kind.UNSAID in kinds or (said and not _add_words(session, request.id, said)):
        _index_anew(session, request)


def _index_first(session: Session, request_id: int, words: str, inner_words: str = "") -> None:
    row = {"request_id": request_id, "open_words": words, "inner_words": inner_words}
    add_rows(session, RequestText, [row])
    _tell_fts5(session, INDEX, request_id, request_id)


def _index_anew(session: Session, request: Request) -> None:
    _tell_fts5(session, UNINDEX, request.id, request.id)
    session.execute(delete(RequestText).where(RequestText.request_id == request.id))
    _index_first(session, request.id, *words_of(session, request))


def _add_words(session: Session, request_id: int, said: Sequence[Message]) -> bool:
    """Add what was said behind the words that are there; say whether there were any."""
    words = {
        "open_words": [message.body for message in said if not message.internal],
        "inner_words": [message.body for message in said if message.internal],
    }
    values = {f"more_{name}": searchable(*texts) for name, texts in words.items() if texts}
    names = tuple(name for name, texts in words.items() if texts)
    if has_one_writer(session):  # its index still needs the old words, to forget them
        carry_out(session, _more(FTS5, "rowid", names), {"this": request_id, **values})
    table = RequestText.__table__
    return carry_out(session, _more(table, "request_id", names), {"this": request_id, **values}) > 0


@cache
def _more(index: Any, key: str, names: Sequence[str]) -> Update:
    longer = {
        name: func.substr(func.ltrim(index.c[name] + " " + bindparam(f"more_{name}")), 1, LIMIT)
        for name in names
    }
    return update(index).where(index.c[key] == bindparam("this")).values(longer)


FTS5 = table(
    "request_fts", *(column(name) for name in ("rowid", "request_fts", "open_words", "inner_words"))
)
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
        rows_of(session, _as_text(statement), {"first": first, "last": last})


@cache
def _as_text(statement: str) -> TextClause:
    return text(statement)


def without_words(session: Session) -> Sequence[int]:
    """Return the ids of the requests that have no words yet."""
    missing = ~exists().where(RequestText.request_id == Request.id)
    return session.scalars(select(Request.id).where(missing).order_by(Request.id)).all()


def index_missing(session: Session, request: Request) -> bool:
    """Index a request that has no words yet; say whether it had none."""
    if session.scalar(select(RequestText.request_id).where(RequestText.request_id == request.id)):
        return False
    _index_first(session, request.id, *words_of(session, request))
    return True
