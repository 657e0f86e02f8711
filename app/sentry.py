"""Errors told to a Sentry of the house's choice: their kind and their way through the code.

What is sent is made here from nothing, not taken away from what Sentry's client would send: no
message of an error, no words of a log line, no address, cookie, header, body, host or person.
"""

from typing import Any, Final

import flask

from app.signing_in_settings import WrongSetting

FRAME: Final = ("filename", "function", "module", "lineno", "in_app")
KEPT: Final = ("event_id", "timestamp", "platform", "level", "logger", "sdk")


def tell_sentry(dsn: str) -> None:
    """Send errors that are logged to `dsn`; nothing for "". Needs the extra `sentry`.

    :raises WrongSetting: when the extra is not installed, or the address is none of Sentry.
    """
    if not dsn:
        return
    try:
        import sentry_sdk
        from sentry_sdk.integrations.logging import LoggingIntegration
        from sentry_sdk.utils import BadDsn
    except ImportError:
        raise WrongSetting(
            "BATON_SENTRY_DSN is set, but sentry-sdk is not installed (see the README)."
        ) from None
    try:
        sentry_sdk.init(
            dsn,
            default_integrations=False,
            auto_enabling_integrations=False,
            integrations=[LoggingIntegration(level=None, sentry_logs_level=None)],
            include_local_variables=False,
            include_source_context=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            send_client_reports=False,
            auto_session_tracking=False,
            server_name="",
            before_send=_bare,
        )
    except BadDsn:
        raise WrongSetting("BATON_SENTRY_DSN is no address of a Sentry project.") from None


def _bare(event: Any, _hint: Any) -> Any:
    """Return an event that holds nothing but what is named here."""
    bare = {name: event[name] for name in KEPT if name in event}
    bare["exception"] = {
        "values": [_error(each) for each in event.get("exception", {}).get("values", [])]
    }
    # The words of the line as they stand in the code, before anything was put in.
    bare["logentry"] = {"message": event.get("logentry", {}).get("message", "")}
    return bare | {"tags": _tags()}


def _error(error: Any) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames", [])
    return {
        "type": error.get("type"),
        "module": error.get("module"),
        "stacktrace": {
            "frames": [{name: frame[name] for name in FRAME if name in frame} for frame in frames]
        },
    }


def _tags() -> dict[str, str]:
    if not flask.has_request_context():
        return {}
    known = {
        "endpoint": flask.request.endpoint or "nowhere",
        "method": flask.request.method,
        "request_id": flask.g.get("request_id", ""),
    }
    return {name: value for name, value in known.items() if value}
