"""The edge that speaks JSON to programs: REST below /api/v1, with OpenAPI made from the code."""

import flask
from flask_smorest import Api

from app.api import acts, catalogue, door, problems, raising, requests
from app.api.paging import LARGEST_ID, Number

__all__ = ["acts", "init_app", "raising"]
ABOUT = """Act for a person, with a token they made on their own page. You see and may do what
they see and may do. Lists come a page at a time; the Link header leads on."""
SECURITY = {"token": {"type": "http", "scheme": "bearer"}}
BLUEPRINTS = (requests.bp, catalogue.bp)


class Documented(Api):
    """Our API, with its own answers to errors."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """`problems` answers."""


def init_app(app: flask.Flask) -> None:
    """Give `app` its API. After the pages: what goes wrong with those keeps its answer."""
    app.config.update(
        API_TITLE="Baton",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    described = {"info": {"description": ABOUT}, "security": [{"token": []}]}
    app.url_map.converters["number"] = Number
    documented = Documented(app, spec_kwargs=described)
    documented.spec.components.security_scheme("token", SECURITY["token"])
    documented.register_converter(Number, _number)
    for blueprint in BLUEPRINTS:
        documented.register_blueprint(blueprint)
    door.init_app(app)
    problems.init_app(app)


def _number(_converter: Number) -> dict[str, object]:
    return {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
