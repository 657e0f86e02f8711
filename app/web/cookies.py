"""Flask's signed cookies, whose signature is checked once and not for every page."""

from functools import lru_cache
from time import time

import flask
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.web.headers import varies_by


class Cookies(SecureCookieSessionInterface):
    """Reads and writes them as Flask does: of the same keys, and good for as long."""

    def __init__(self, app: flask.Flask) -> None:
        signer = super().get_signing_serializer(app)
        assert signer is not None  # the settings see to a secret key
        self._signer: URLSafeTimedSerializer = signer
        self._unsigned = lru_cache(maxsize=4096)(self._unsign)  # one that is refused is not kept

    def get_signing_serializer(self, app: flask.Flask) -> URLSafeTimedSerializer:
        """Return what signs the cookies."""
        return self._signer

    def open_session(self, app: flask.Flask, request: flask.Request) -> SecureCookieSession:
        """Return what the browser keeps; nothing where it is forged, too old or not of ours."""
        shown = request.cookies.get(self.get_cookie_name(app))
        if shown:
            try:
                payload, signed_at = self._unsigned(shown)
                if 0 <= int(time()) - signed_at <= app.permanent_session_lifetime.total_seconds():
                    return self.session_class(self._signer.load_payload(payload))
            except BadSignature:
                pass
        return self.session_class()

    def _unsign(self, shown: str) -> tuple[bytes, float]:
        """Return what was signed, and when (seconds of the epoch). :raises BadSignature: if not."""
        signer = next(self._signer.iter_unsigners())
        payload, signed_at = signer.unsign(shown, return_timestamp=True)
        return payload, signed_at.timestamp()

    def save_session(
        self, app: flask.Flask, session: SessionMixin, response: flask.Response
    ) -> None:
        """Set the cookie where something in it has changed."""
        if session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            varies_by(response, "Cookie")
