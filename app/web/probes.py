"""What machines ask: may traffic come here, and how is it going. Plain text, no sign-in."""

import hmac
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.archive.schema import code_head
from app.db import db
from app.notices.queries import post_waiting
from app.requests.acts.ticking import oldest_due
from app.web.headers import now

bp = flask.Blueprint("probes", __name__)
PLAIN = "text/plain; charset=utf-8"
HERE = frozenset({"127.0.0.1", "::1"})


@bp.get("/readyz")
def ready() -> flask.Response:
    """Say whether this process can serve: the database answers and has the schema of this code."""
    try:
        there = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return _plain("the database is away, or was never migrated", 503)
    if there != code_head():
        return _plain(f"the database is at {there}, this code wants {code_head()}", 503)
    return _plain("ready", 200)


@bp.get("/metrics")
def metrics() -> flask.Response:
    """Give figures to Prometheus: with the token as bearer, or asked from this very machine."""
    if not _may_measure():
        flask.abort(404)
    registry = CollectorRegistry()
    registry.register(Waiting())
    counts = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if counts and Path(counts).is_dir():
        MultiProcessCollector(registry)
        body = generate_latest(registry)
    else:
        body = generate_latest(registry) + generate_latest(REGISTRY)
    return flask.Response(body, content_type="text/plain; version=0.0.4; charset=utf-8")


class Waiting(Collector):
    """What waits for the worker, read from the database when somebody asks."""

    def collect(self) -> Iterator[Any]:
        """Yield the gauges; without a database only that it is away."""
        try:
            due, post = oldest_due(db.session), post_waiting(db.session, at=now())
        except SQLAlchemyError:
            db.session.rollback()
            yield GaugeMetricFamily("baton_database_up", "Whether the database answers.", 0)
            return
        late = max(0.0, (now() - due).total_seconds()) if due else 0.0
        yield GaugeMetricFamily("baton_database_up", "Whether the database answers.", 1)
        yield GaugeMetricFamily("baton_worker_lag_seconds", "How late the oldest timer is.", late)
        yield GaugeMetricFamily("baton_letters_waiting", "Letters on their way.", post.waiting)
        yield GaugeMetricFamily(
            "baton_letters_lag_seconds", "How late the oldest letter is.", post.late_s
        )
        yield GaugeMetricFamily("baton_letters_dead", "Letters given up.", post.dead)


def _may_measure() -> bool:
    token = flask.current_app.extensions["baton"].metrics_token
    given = flask.request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    # A proxy on this machine asks for others; what it passes on is not from here.
    passed_on = any(name in flask.request.headers for name in ("X-Forwarded-For", "Forwarded"))
    return flask.request.remote_addr in HERE and not passed_on


def _plain(words: str, status: int) -> flask.Response:
    return flask.Response(f"{words}\n", status, content_type=PLAIN)
