"""Which language a page speaks: what its reader has chosen, or what their browser asks for."""

from collections.abc import Sequence

import flask
import flask_babel
from flask_login import current_user

from app import language

# Read by programs, and answered without asking who they are.
UNHEARD = frozenset({"static", "door.health", "probes.ready", "probes.metrics"})


def init_app(app: flask.Flask) -> None:
    """Speak the reader's language in every HTTP request; after the instant of it is known."""
    flask_babel.Babel(app, configure_jinja=False, locale_selector=language.spoken)

    @app.before_request
    def _listen() -> None:
        if flask.request.endpoint not in UNHEARD:
            language.speak(_chosen() or _asked_for())

    @app.after_request
    def _say_which(response: flask.Response) -> flask.Response:
        if flask.request.endpoint not in UNHEARD:
            response.vary.add("Accept-Language")
        return response

    @app.teardown_request
    def _end(_error: BaseException | None) -> None:
        language.speak(language.ENGLISH)


def _chosen() -> str | None:
    """Return what the reader has chosen; programs choose by their header alone."""
    if flask.request.path.startswith("/api/") or not current_user.is_authenticated:
        return None
    chosen: str | None = current_user.language
    return chosen


def _asked_for(known: Sequence[str] = tuple(language.LANGUAGES)) -> str:
    return flask.request.accept_languages.best_match(known, language.ENGLISH) or language.ENGLISH
