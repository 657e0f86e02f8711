"""Which requests hold some words, on each engine.

A condition is built once for how many words there are; the words are given when it runs.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    and_,
    bindparam,
    column,
    exists,
    func,
    or_,
    table,
    text,
)
from sqlalchemy.orm import Session

from app.requests.models import Party, Request
from app.requests.queries import VIEWER, VIEWERS_TEAMS
from app.requests.search.index import RequestText

ALL: Final = bindparam("all_words", type_=String)
SINCE: Final = bindparam("since", type_=Integer)


def matching(dialect: str, count: int) -> tuple[ColumnElement[int], ColumnElement[bool]]:
    """Return (id, condition): what holds all of `count` words, each as the beginning of a word.

    The condition binds `Request`; in the order of that id the index is read no further than a
    limit asks for, and never below `since`. Inner notes are looked through only where the viewer
    carries or carried the request. `words_given` are the values it needs.
    """
    carried = and_(
        Request.requester_id != VIEWER,
        exists().where(
            Party.request_id == Request.id, Party.team_id.in_(VIEWERS_TEAMS), ~Party.asks
        ),
    )
    identity, anywhere, openly = _fts5(count) if dialect == "sqlite" else _tsvector()
    # The sum keeps the index over words in front: requests are looked up from it, not it by them.
    found = and_(anywhere, identity >= SINCE, Request.id == identity + 0)
    return identity, and_(found, or_(carried, openly))


def words_given(dialect: str, tokens: Sequence[str], *, since: int) -> dict[str, Any]:
    """Return the values for `matching` as many words (folded) as `tokens` are."""
    if dialect != "sqlite":
        return {"all_words": " & ".join(f"'{token}':*" for token in tokens), "since": since}
    each = " AND ".join(f'"{token}"*' for token in tokens)
    words = {f"word_{number}": token for number, token in enumerate(tokens)}
    return words | {"all_words": each, "open_words": f"open_words : ({each})", "since": since}


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
    count: int,
) -> tuple[ColumnElement[int], ColumnElement[bool], ColumnElement[bool]]:
    """Return (id, matches anywhere, matches what both sides read)."""
    fts = table("request_fts", column("rowid", Integer), column("request_fts"))
    again = fts.alias("open_fts")
    # Where no note holds any of the words, a match anywhere is one of what both sides read.
    in_no_note = exists().where(
        RequestText.request_id == Request.id,
        *(
            func.instr(RequestText.inner_words, bindparam(f"word_{number}", type_=String)) == 0
            for number in range(count)
        ),
    )
    openly = exists().where(
        again.c.rowid == Request.id,
        _match(again.c.request_fts, bindparam("open_words", type_=String)),
    )
    return fts.c.rowid, _match(fts.c.request_fts, ALL), or_(in_no_note, openly)


def _match(index: ColumnElement[Any], wanted: ColumnElement[Any]) -> ColumnElement[bool]:
    return index.op("MATCH", is_comparison=True)(wanted)


def _tsvector() -> tuple[ColumnElement[int], ColumnElement[bool], ColumnElement[bool]]:
    """Return (id, matches anywhere, matches what both sides read)."""
    names = ("open_vector", "all_vector")
    vectors = table("request_text", column("request_id", Integer), *map(column, names))
    query = func.to_tsquery(text("'simple'"), ALL)
    openly, anywhere = (vectors.c[name].op("@@", is_comparison=True)(query) for name in names)
    return vectors.c.request_id, anywhere, openly
