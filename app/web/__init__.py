"""The edge that speaks HTTP: the only place that knows forms, templates and cookies."""

from typing import Any

import flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from app.config import Settings
from app.web import (
    bars,
    errors,
    filters,
    headers,
    listening,
    marks,
    pages,
    rows,
    sessions,
    site,
    watching,
)
from app.web.blueprints import BLUEPRINTS
from app.web.numbers import LARGEST

csrf = CSRFProtect()


def init_app(app: flask.Flask, settings: Settings) -> None:
    """Give `app` its pages, its door and its manners."""
    pages.init_app(app)
    # In templates, as in the code, `request` is the piece of work; pages get what they are given.
    app.template_context_processors[None].clear()
    for name in ("request", "session", "g", "config"):
        app.jinja_env.globals.pop(name, None)
    watching.init_app(app, proxied=settings.trusted_proxies > 0)
    # The instant of an HTTP request comes first: a refused token is answered with a page, too.
    headers.init_app(app, secure=settings.secure_cookies)
    listening.init_app(app, house=settings.language)
    csrf.init_app(app)
    sessions.init_app(app)
    filters.init_app(app)
    site.init_app(app)
    app.jinja_env.globals.update(bars=bars, marks=marks, rows=rows)
    errors.init_app(app)
    app.url_map.converters["int"] = Id
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    csrf.exempt("app.web.unsubscribe.end")
    pages.in_all_languages(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]


class Id(IntegerConverter):
    """A number in an address: one that no row can have is no address at all (404)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max": LARGEST, **options})
