"""Error pages that say what happened and what to do, and keep every typed word."""

import contextlib
from typing import Any

import flask
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app.administration.journal import DoneBefore
from app.db import AWAY, db
from app.language import gettext, gettext_noop, spoken
from app.requests.record.keys import AlreadyDone
from app.requests.rules import NotNow, NotYours, Stale
from app.web import keeping
from app.web.acting import ActForm
from app.web.again import typed_here
from app.web.looking_after import done_before
from app.web.meanwhile import events_since, request_here
from app.web.numbers import as_number
from app.web.render import page, see

NUL = "\0"
WORDS: dict[int, tuple[str, str]] = {
    400: (
        gettext_noop("That did not arrive whole"),
        gettext_noop("Please try again; nothing was changed."),
    ),
    403: (
        gettext_noop("This is not yours to do"),
        gettext_noop("You may see it, but this step belongs to somebody else."),
    ),
    404: (
        gettext_noop("Nothing here"),
        gettext_noop("It does not exist, or it is not for your eyes. Both look the same."),
    ),
    405: (
        gettext_noop("Not this way"),
        gettext_noop("This address does something only when a form sends it."),
    ),
    413: (
        gettext_noop("That is too large"),
        gettext_noop("Baton takes up to %(limit)s. Please shorten it, or link to it."),
    ),
    503: (
        gettext_noop("One moment, please"),
        gettext_noop("The database is busy or away. Nothing was lost; try again."),
    ),
}
AGAIN = gettext_noop("Please go back and try again.")


def init_app(app: flask.Flask) -> None:
    """Register the answers to what goes wrong."""
    app.before_request(_refuse_nul)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(AlreadyDone, _already_done)
    app.register_error_handler(DoneBefore, done_before)
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
        flask.abort(400, gettext("It holds an invisible character (NUL) that no text can carry."))


def _http(error: HTTPException) -> Any:
    behind = getattr(error, "original_exception", None)
    if isinstance(behind, AWAY):  # it went away while something else was being answered
        return _database(behind)
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error
    db.session.rollback()
    headline, sentence = WORDS.get(code, (error.name, AGAIN))
    limit = f"{(flask.request.max_content_length or 0) // 1024 // 1024} MB"
    said = error.description if code == 400 and NUL in _posted() else ""
    sentences = [said or "", gettext(sentence, limit=limit)]
    answer = _page(code, gettext(headline), sentences, kept=None if code == 413 else _kept())
    if code == 405 and error.get_headers():
        answer.headers.extend(h for h in error.get_headers() if h[0] == "Allow")
    return answer


def _csrf(_error: CSRFError) -> Any:
    db.session.rollback()
    sentence = gettext(
        "The page was open for long, or from before you signed in. Look it over and send it."
    )
    headline = gettext("Please send it once more")
    return _page(400, headline, [sentence], kept=_kept(), send=True)


def _already_done(error: AlreadyDone) -> Any:
    db.session.rollback()
    return see("requests.show", request_id=error.request_id)


def _not_yours(error: NotYours) -> Any:
    db.session.rollback()
    return _page(403, gettext(WORDS[403][0]), [str(error)], kept=_kept())


def _stale(_error: Stale) -> Any:
    db.session.rollback()
    request, seen = request_here(), flask.request.form.get("seen", type=as_number)
    sentence = gettext(
        "Somebody moved this request while its page was open. Nothing of yours was lost."
    )
    return _page(
        409,
        gettext("Somebody was here before you"),
        [sentence],
        kept=keeping.kept_now(seen=request.version if request else None),
        send=True,
        happened=events_since(request, seen),
        typed=typed_here(request),
    )


def _not_now(error: NotNow) -> Any:
    db.session.rollback()
    request, seen = request_here(), flask.request.form.get("seen", type=as_number)
    headline, since = gettext("That is not possible now"), events_since(request, seen)
    return _page(409, headline, [str(error)], kept=_kept(), happened=since)


def _database(error: SQLAlchemyError) -> Any:
    """Answer without asking the database anything more, the typed words kept."""
    flask.g.database_away = True
    with contextlib.suppress(SQLAlchemyError):
        db.session.rollback()
    flask.current_app.logger.error("database: %s", type(getattr(error, "orig", error)).__name__)
    headline, sentence = map(gettext, WORDS[503])
    answer = _page(503, headline, [sentence], kept=_kept(), send=True)
    answer.headers["Retry-After"] = "5"
    return answer


def _unforeseen(error: Exception) -> Any:
    """Answer with a page that needs neither database nor templates."""
    if flask.current_app.testing:
        raise error
    flask.current_app.logger.error("unforeseen", exc_info=error)
    written = {"de": "500.de.html"}.get(spoken(), "500.html")
    return flask.send_from_directory(str(flask.current_app.static_folder), written), 500


def _page(
    code: int,
    headline: str,
    sentences: list[str],
    *,
    kept: dict[str, Any] | None = None,
    send: bool = False,
    happened: list[Any] | None = None,
    typed: ActForm | None = None,
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
        back_words=gettext("See the request as it is now") if there else gettext("Go to my work"),
        kept=kept,
        hidden=keeping.hidden_values(kept) if kept and send else None,
        happened=happened or [],
        typed=typed,
    )
    return answer


def _kept() -> dict[str, Any] | None:
    return keeping.kept_now() if flask.request.method == "POST" else None


def _posted() -> str:
    return "".join(flask.request.form.values()) + "".join(flask.request.args.values())
