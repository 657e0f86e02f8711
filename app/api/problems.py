"""Everything that goes wrong, as problem details (RFC 9457)."""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import flask
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from app.api.asking import PREFIX
from app.api.repeating import kept_answer
from app.db import AWAY, db, is_there
from app.handoffs.rules import NeedsAnswers, NeedsWord
from app.language import gettext, gettext_noop
from app.people.answered import ApiAnswer
from app.requests.attention import ActKey
from app.requests.record.keys import AlreadyDone
from app.requests.rules import NotNow, NotYours, Stale

MEDIA_TYPE = "application/problem+json"
# What libraries say by themselves, of bodies and of addresses.
LIBRARY = (
    gettext_noop("Missing data for required field."),
    gettext_noop("Unknown field."),
    gettext_noop("Field may not be null."),
    gettext_noop("Invalid input type."),
    gettext_noop("Not a valid string."),
    gettext_noop("Not a valid integer."),
    gettext_noop("Not a valid datetime."),
    gettext_noop("Not a valid list."),
    gettext_noop("Not a valid mapping type."),
    gettext_noop("String does not match expected pattern."),
    gettext_noop(
        "The requested URL was not found on the server. If you entered the URL manually please"
        " check your spelling and try again."
    ),
    gettext_noop("The method is not allowed for the requested URL."),
)
PARTS = {"json": "pointer", "query": "parameter", "headers": "header"}


class Refused(Exception):
    """What cannot be done as it was asked; `errors` say where, as problem details do."""

    def __init__(
        self, status: int, detail: str, errors: list[dict[str, str]] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors


def init_app(app: flask.Flask) -> None:
    """Answer every error below `PREFIX` with problem details; the pages keep their own answers."""
    for handlers in app.error_handler_spec[None].values():
        for kind, page in list(handlers.items()):
            handlers[kind] = _either(page)
    for kind in ANSWERS:
        if kind not in app.error_handler_spec[None][None]:
            app.register_error_handler(kind, _either(None))


def _either(page: Callable[[Any], Any] | None) -> Callable[[Exception], Any]:
    def answer(error: Exception) -> Any:
        if flask.request.path.startswith(PREFIX):
            return _problem_of(error)
        if page is None:
            raise error
        return page(error)

    return answer


def _problem_of(error: Exception) -> Any:
    # What went wrong while something else was being answered comes wrapped.
    error = getattr(error, "original_exception", None) or error
    with contextlib.suppress(SQLAlchemyError):
        db.session.rollback()
    answers = (ANSWERS[kind] for kind in type(error).__mro__ if kind in ANSWERS)
    return next(answers, _unforeseen)(error)


def problem(
    status: int,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> flask.Response:
    """Return problem details; `errors` point at what is to mend."""
    said: dict[str, Any] = {"type": "about:blank", "title": HTTP_STATUS_CODES[status]}
    said |= {"status": status, "detail": detail}
    if errors:
        said["errors"] = errors
    body = json.dumps(said, ensure_ascii=False)
    return flask.Response(body, status, headers, mimetype=MEDIA_TYPE)


def _refused(error: Refused) -> flask.Response:
    return problem(error.status, error.detail, errors=error.errors)


def _http(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    messages = getattr(error, "data", {}).get("messages")
    headers = dict(_headers(status, error))
    if messages:
        return problem(
            status, gettext("Some of it cannot be taken."), errors=list(_pointed(messages))
        )
    return problem(status, gettext(error.description or HTTP_STATUS_CODES[status]), headers=headers)


def _headers(status: int, error: HTTPException) -> Iterator[tuple[str, str]]:
    if status == 401:
        yield "WWW-Authenticate", 'Bearer realm="Baton"'
    if status == 403:
        yield "WWW-Authenticate", 'Bearer error="insufficient_scope", scope="write"'
    if status == 429:
        yield "Retry-After", str(flask.g.limits[2])
    if status == 405:
        yield from ((name, value) for name, value in error.get_headers() if name == "Allow")


def _pointed(messages: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield where each sentence of marshmallow's points to: a JSON pointer, or a parameter."""
    for location, found in messages.items():
        name = PARTS.get(location, "pointer")
        for path, sentence in _flat(found, ()):
            place = "#" + "".join(f"/{part}" for part in path) if name == "pointer" else path[-1]
            yield {name: place, "detail": sentence}


def _flat(found: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(found, Mapping):
        for key, inner in found.items():
            step = () if key == "_schema" else (_escaped(str(key)),)
            yield from _flat(inner, path + step)
    else:
        for sentence in found if isinstance(found, list) else [found]:
            yield path or ("",), gettext(str(sentence))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _already_done(_error: AlreadyDone) -> Any:
    """The second of two at once, or one that comes after its answer was forgotten."""
    gone = gettext("This Idempotency-Key was used before; its answer is not kept any more.")
    try:
        return kept_answer() or problem(422, gone)
    except HTTPException as refused:
        return _http(refused)


def _clash(error: IntegrityError) -> Any:
    """Two with one key, at once, on different things: the first one's answer will be kept."""
    if is_there(error, ActKey) or is_there(error, ApiAnswer):
        return problem(409, gettext("The same key is being answered right now."))
    return _unforeseen(error)


def _unforeseen(error: Exception) -> Any:
    if flask.current_app.testing:
        raise error
    flask.current_app.logger.error("unforeseen", exc_info=error)
    return problem(500, gettext("Something broke here. It was noted; please try again later."))


def _database(error: SQLAlchemyError) -> flask.Response:
    flask.current_app.logger.error("database: %s", type(getattr(error, "orig", error)).__name__)
    return problem(
        503, gettext("The database is busy or away; try again."), headers={"Retry-After": "5"}
    )


ANSWERS: dict[type[Exception], Callable[[Any], Any]] = {
    Refused: _refused,
    HTTPException: _http,
    AlreadyDone: _already_done,
    IntegrityError: _clash,
    **dict.fromkeys(AWAY, _database),
    NotYours: lambda error: problem(403, str(error)),
    NotNow: lambda error: problem(409, str(error)),
    Stale: lambda error: problem(412, str(error)),
    NeedsAnswers: lambda error: problem(
        409, gettext("A remark that must be answered has no answer yet.")
    ),
    NeedsWord: lambda error: problem(409, str(error)),
}
