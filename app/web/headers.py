"""What every answer carries, and which transactions may write."""

from datetime import datetime

import flask

from app import clock
from app.db import reads_only

CSP = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'; img-src 'self'"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ON_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: flask.Flask, *, secure: bool) -> None:
    """Set the headers of every answer; `secure` adds the ones that only make sense on https."""
    wanted = [*ALWAYS.items(), *(ON_HTTPS.items() if secure else ())]

    @app.before_request
    def _open() -> None:
        reads_only.set(flask.request.method in SAFE)
        flask.g.now = clock.now()

    @app.after_request
    def _close(response: flask.Response) -> flask.Response:
        headers = response.headers
        given = {name.lower() for name, _ in headers}  # a file has a policy of its own
        headers.extend([(name, said) for name, said in wanted if name.lower() not in given])
        if flask.request.endpoint == "static" and response.status_code < 400:
            if _says_its_version():
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
            return response
        headers.setdefault("Cache-Control", "private, no-cache")
        varies_by(response, "HX-Request-Type")
        return response

    @app.teardown_request
    @app.teardown_appcontext  # a command's
    def _end(_error: BaseException | None) -> None:
        reads_only.set(False)


def _says_its_version() -> bool:
    """Say whether the address of a file changes with what is in it."""
    name = (flask.request.view_args or {}).get("filename", "")
    return "v" in flask.request.args or name.startswith("vendor/")


def varies_by(response: flask.Response, name: str) -> None:
    """Say that the answer is another one where the header `name` of the question is another."""
    said = response.headers.get("Vary")
    response.headers["Vary"] = f"{said}, {name}" if said else name


def now() -> datetime:
    """Return the one instant (UTC) at which this HTTP request happens."""
    moment: datetime = flask.g.now
    return moment
