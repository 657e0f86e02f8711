"""Error pages that say what happened and what to do, and keep every typed word."""

import contextlib
from typing import Any

import flask
from flask_wtf.csrf import CSRFError
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.db import db
from app.requests.models import Event, Request
from app.requests.queries import find_visible, relation
from app.requests.record.recording import AlreadyDone
from app.requests.rights import INNER
from app.requests.rules import NotNow, NotYours, Side, Stale
from app.web import keeping
from app.web.render import me, page, see

NUL = "\0"
AWAY = (OperationalError, InterfaceError, InternalError, PoolTimeout)
WORDS: dict[int, tuple[str, str]] = {
    400: ("That did not arrive whole", "Please try again; nothing was changed."),
    403: ("This is not yours to do", "You may see it, but this step belongs to somebody else."),
    404: ("Nothing here", "It does not exist, or it is not for your eyes. Both look the same."),
    405: ("Not this way", "This address does something only when a form sends it."),
    413: ("That is too large", "Baton takes up to {limit}. Please shorten it, or link to it."),
    503: ("One moment, please", "The database is busy or away. Nothing was lost; try again."),
}


def init_app(app: flask.Flask) -> None:
    """Register the answers to what goes wrong."""
    app.before_request(_refuse_nul)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(AlreadyDone, _already_done)
    app.register_error_handler(NotYours, _not_yours)
    app.register_error_handler(Stale, _stale)
    app.register_error_handler(NotNow, _not_now)
    for away in AWAY:
        app.register_error_handler(away, _database)
    app.register_error_handler(Exception, _unforeseen)


def _refuse_nul() -> None:
    """No text of a person holds a NUL; PostgreSQL cannot store one, so it is refused everywhere."""
    values = [*flask.request.args.items(multi=True)]
    if flask.request.method == "POST":
        values += flask.request.form.items(multi=True)
    if NUL in flask.request.path or any(NUL in name + value for name, value in values):
        flask.abort(400, "It holds an invisible character (NUL) that no text can carry.")


def _http(error: HTTPException) -> Any:
    behind = getattr(error, "original_exception", None)
    if isinstance(behind, AWAY):  # it went away while something else was being answered
        return _database(behind)
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error
    db.session.rollback()
    headline, sentence = WORDS.get(code, (error.name, "Please go back and try again."))
    limit = f"{(flask.request.max_content_length or 0) // 1024 // 1024} MB"
    said = error.description if code == 400 and NUL in _posted() else ""
    sentences = [said or "", sentence.format(limit=limit)]
    answer = _page(code, headline, sentences, kept=None if code == 413 else _kept())
    if code == 405 and error.get_headers():
        answer.headers.extend(h for h in error.get_headers() if h[0] == "Allow")
    return answer


def _csrf(_error: CSRFError) -> Any:
    db.session.rollback()
    sentence = "The page was open for long, or from before you signed in. Look it over and send it."
    kept = _kept()
    return _page(400, "Please send it once more", [sentence], kept=kept, send=True)


def _already_done(error: AlreadyDone) -> Any:
    db.session.rollback()
    return see("requests.show", request_id=error.request_id)


def _not_yours(error: NotYours) -> Any:
    db.session.rollback()
    return _page(403, WORDS[403][0], [str(error)], kept=_kept())


def _stale(_error: Stale) -> Any:
    db.session.rollback()
    request, seen = _request(), flask.request.form.get("seen", type=int)
    sentence = "Somebody moved this request while its page was open. Nothing of yours was lost."
    return _page(
        409,
        "Somebody was here before you",
        [sentence],
        kept=keeping.kept_now(seen=request.version if request else None),
        send=True,
        happened=_since(request, seen),
    )


def _not_now(error: NotNow) -> Any:
    db.session.rollback()
    request, seen = _request(), flask.request.form.get("seen", type=int)
    return _page(
        409, "That is not possible now", [str(error)], kept=_kept(), happened=_since(request, seen)
    )


def _database(error: SQLAlchemyError) -> Any:
    """Answer without asking the database anything more, the typed words kept."""
    flask.g.database_away = True
    with contextlib.suppress(SQLAlchemyError):
        db.session.rollback()
    flask.current_app.logger.error("database: %s", type(getattr(error, "orig", error)).__name__)
    answer = _page(503, WORDS[503][0], [WORDS[503][1]], kept=_kept(), send=True)
    answer.headers["Retry-After"] = "5"
    return answer


def _unforeseen(error: Exception) -> Any:
    """Answer with a page that needs neither database nor templates."""
    if flask.current_app.testing:
        raise error
    flask.current_app.logger.error("unforeseen", exc_info=error)
    return flask.send_from_directory(str(flask.current_app.static_folder), "500.html"), 500


def _page(
    code: int,
    headline: str,
    sentences: list[str],
    *,
    kept: dict[str, Any] | None = None,
    send: bool = False,
    happened: list[Any] | None = None,
) -> flask.Response:
    request_id = (flask.request.view_args or {}).get("request_id")
    there = request_id is not None and code in (403, 409)
    back = flask.url_for("requests.show", request_id=request_id) if there else "/"
    answer: flask.Response = page(
        "errors/error.html",
        status=code,
        headline=headline,
        sentences=[sentence for sentence in sentences if sentence],
        back=back,
        back_words="See the request as it is now" if there else "Go to my work",
        kept=kept,
        hidden=keeping.hidden_values(kept) if kept and send else None,
        happened=happened or [],
    )
    return answer


def _kept() -> dict[str, Any] | None:
    return keeping.kept_now() if flask.request.method == "POST" else None


def _posted() -> str:
    return "".join(flask.request.form.values()) + "".join(flask.request.args.values())


def _request() -> Request | None:
    request_id = (flask.request.view_args or {}).get("request_id")
    return find_visible(db.session, me(), request_id) if request_id else None


def _since(request: Request | None, seen: int | None) -> list[tuple[Any, str]]:
    """Return (when, what) of the newest events, newest first, that the page did not know."""
    if request is None or seen is None:
        return []
    missed = max(1, request.version - seen)
    inner = relation(db.session, request, me()).side is Side.PROVIDING
    unread = () if inner else INNER
    events = db.session.scalars(
        select(Event)
        .where(Event.request_id == request.id, Event.kind.not_in(unread))
        .order_by(Event.seq.desc())
        .limit(min(missed, 5))
    )
    return [(e.at, f"{e.actor.name if e.actor else 'Baton'}: {e.kind}.") for e in events]
