"""Which language a page speaks: what its reader has chosen, or what their browser asks for."""

from functools import lru_cache

import flask
import flask_babel
from babel.support import NullTranslations, Translations
from flask_login import current_user
from wtforms.i18n import messages_path

from app import language
from app.web.headers import varies_by

# Read by programs, and answered without asking who they are.
UNHEARD = frozenset({"static", "door.health", "probes.ready", "probes.metrics"})


def init_app(app: flask.Flask, *, house: str) -> None:
    """Speak the reader's language in every HTTP request, or that of the house."""
    language.live_in(house)
    flask_babel.Babel(app, configure_jinja=False, locale_selector=language.spoken)

    @app.before_request
    def _listen() -> None:
        if flask.request.endpoint not in UNHEARD:
            code = _chosen() or _asked_for()
            language.speak(code)
            # Flask-WTF would read them from the disk anew for every page.
            flask.request.wtforms_translations = _of_forms(code)  # type: ignore[attr-defined]

    @app.after_request
    def _say_which(response: flask.Response) -> flask.Response:
        if flask.request.endpoint not in UNHEARD:
            varies_by(response, "Accept-Language")
        return response

    @app.teardown_request
    def _end(_error: BaseException | None) -> None:
        language.speak(language.ENGLISH)


def _chosen() -> str | None:
    """Return what the reader has chosen, if it is spoken here; programs choose by their header."""
    if flask.request.path.startswith("/api/") or not current_user.is_authenticated:
        return None
    chosen: str | None = current_user.language
    return chosen if chosen in language.LANGUAGES else None


def _asked_for() -> str:
    wanted = flask.request.accept_languages.best_match(language.LANGUAGES)
    return wanted or language.house_language()


@lru_cache(maxsize=16)
def _of_forms(code: str) -> NullTranslations:
    """Return what WTForms says of its own accord when something is missing or wrong."""
    return Translations.load(messages_path(), [code], domain="wtforms")
