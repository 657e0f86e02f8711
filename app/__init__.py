"""Baton: a service-request board between the teams of one organisation."""

import os
from collections.abc import Mapping

import flask
from flask_migrate import Migrate

from app import api, cli, web
from app.attachments.storage import storage_at
from app.config import ROOT, Settings, read_settings
from app.db import db
from app.engines import engine_options, open_postgres_well, open_sqlite_well
from app.notices.actions import saw
from app.notices.spreading import spread
from app.replica import Replica, replica_at
from app.requests.acts.linking import parts_ended
from app.requests.record.recording import observe
from app.requests.search.index import index
from app.sentry import tell_sentry
from app.traces import tell_collector
from app.turnaround.correcting import hours_changed
from app.web.pages import Flask
from app.webhooks.spreading import tell_webhooks
from app.worktime.actions import on_days_changed

__all__ = ["create_app"]


def create_app(environ: Mapping[str, str] | None = None) -> flask.Flask:
    """Build the application from `BATON_…` variables (the process's own, unless given).

    :raises app.config.WrongSetting: for a setting it does not know or cannot read.
    """
    settings = read_settings(os.environ if environ is None else environ)
    app = Flask(
        __name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.config.from_mapping(_flask_config(settings))
    app.extensions["baton"] = settings
    _make_room(settings.database_url)
    db.init_app(app)
    with app.app_context():
        open_sqlite_well(db.engine, synchronous=settings.sqlite_synchronous)
        open_postgres_well(db.engine)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    observe(index)
    observe(spread)
    observe(parts_ended)
    observe(saw)
    observe(tell_webhooks)
    on_days_changed(hours_changed)
    app.extensions["baton_replica"] = replica_at(
        settings.reports_database_url, max_lag_s=settings.reports_max_lag_seconds
    )
    app.extensions["baton_files"] = storage_at(settings.files)
    web.init_app(app, settings)
    api.init_app(app)
    for blueprint in api.BLUEPRINTS:
        web.csrf.exempt(blueprint)  # no cookie counts there, so there is nothing to forge
    cli.init_app(app)
    _tell_others(app, settings)
    return app


def _tell_others(app: flask.Flask, settings: Settings) -> None:
    tell_sentry(settings.sentry_dsn)
    replica: Replica | None = app.extensions["baton_replica"]
    with app.app_context():
        engines = [db.engine, *([replica.engine] if replica else [])]
    tell_collector(app, engines, settings.otlp_endpoint)


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": settings.max_body_bytes,
        "MAX_FORM_MEMORY_SIZE": settings.max_body_bytes,
        "WTF_CSRF_TIME_LIMIT": None,  # careful feedback takes longer than an hour
        "SESSION_COOKIE_NAME": "__Host-baton" if settings.secure_cookies else "baton",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        # Else an answer that was still on its way would put back what a later one has changed.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": settings.session_max_seconds,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
    }


def _make_room(database_url: str) -> None:
    if database_url.startswith(f"sqlite:///{ROOT / 'var'}/"):
        (ROOT / "var").mkdir(exist_ok=True)
