"""Watched from outside: an id for every HTTP request, one log line, and how many took how long."""

import logging
import re
import secrets
import time
from functools import lru_cache

import flask
from prometheus_client import Counter, Histogram

log = logging.getLogger("baton.requests")
ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
ANSWERS = Counter(
    "baton_answers", "Answers to HTTP requests.", ["endpoint", "method", "status"]
)  # exposed as baton_answers_total
SECONDS = Histogram(
    "baton_answer_seconds", "Seconds until an answer was made.", ["endpoint"], buckets=BUCKETS
)
QUIET = frozenset({"static", "door.health", "probes.ready", "probes.metrics"})


@lru_cache(maxsize=1024)  # of routes, which are as many as there are
def _counted(endpoint: str, method: str, status: int) -> tuple[Counter, Histogram]:
    return ANSWERS.labels(endpoint, method, status), SECONDS.labels(endpoint)


def _count(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Count an answer; whether it can be counted never decides whether it goes out."""
    try:
        answers, took = _counted(endpoint, method, status)
        answers.inc()
        took.observe(seconds)
    except OSError as error:  # the folder of the counts was cleared away, or its disk is full
        log.warning("an answer could not be counted", extra={"error": type(error).__name__})


def init_app(app: flask.Flask, *, proxied: bool) -> None:
    """Watch every HTTP request; an id that came along is believed only behind our own proxy."""

    @app.before_request
    def _begin() -> None:
        given = flask.request.headers.get("X-Request-ID", "") if proxied else ""
        flask.g.request_id = given if ID.fullmatch(given) else secrets.token_hex(8)
        flask.g.began = time.perf_counter()

    @app.after_request
    def _tell(response: flask.Response) -> flask.Response:
        endpoint = flask.request.endpoint or "nowhere"
        began = flask.g.get("began")
        seconds = time.perf_counter() - began if began else 0.0
        method = flask.request.method if flask.request.url_rule else "any"
        _count(endpoint, method, response.status_code, seconds)
        response.headers["X-Request-ID"] = flask.g.get("request_id", "")
        if endpoint not in QUIET:
            log.info(
                "answered",
                extra={
                    "request_id": flask.g.get("request_id"),
                    "method": method,
                    "endpoint": endpoint,
                    "status": response.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                    "person_id": flask.g.get("person_id"),
                },
            )
        return response
