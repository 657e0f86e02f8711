"""A blueprint that documents itself: the parser of bodies, and what every operation may answer."""

from collections.abc import Callable
from typing import Any

import flask
from flask_smorest import Blueprint as Documented
from marshmallow import Schema
from marshmallow.fields import Dict, Integer, List, String
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest

from app.api.problems import MEDIA_TYPE
from app.language import gettext

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
READ = (400, 401, 404, 429)
WRITE = (400, 401, 403, 404, 409, 413, 415, 422, 429)
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "A new one for each act. The same again, with the same body, acts once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
SEEN = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The ETag of the request as it was when you decided.",
    "schema": {"type": "string"},
}
ETAG = {"ETag": {"description": "The version, for If-Match.", "schema": {"type": "string"}}}
LINK = {"Link": {"description": "rel=next, when there is more.", "schema": {"type": "string"}}}


class Problem(Schema):
    """Problem details (RFC 9457). `errors` point into the body, or name a parameter."""

    type = String(required=True)
    title = String(required=True)
    status = Integer(required=True)
    detail = String(required=True)
    errors = List(Dict(keys=String(), values=String()))


class Parser(FlaskParser):
    """Reads bodies; also from who sends what no parser gets through."""

    def load_json(self, req: flask.Request, schema: Any) -> Any:
        """Return what the body holds; digits or depth without end are 400, too."""
        try:
            return super().load_json(req, schema)
        except (ValueError, RecursionError):
            raise BadRequest(gettext("This is no JSON that can be read.")) from None


class Blueprint(Documented):
    """One part of the API."""

    ARGUMENTS_PARSER = Parser()

    def told(self, *codes: int) -> Decorator:
        """Document these errors, each with problem details, and the operation's own name."""
        parts = [self.alt_response(code, **_problem(code)) for code in codes]

        def document(view: Callable[..., Any]) -> Callable[..., Any]:
            for part in parts:
                view = part(view)
            return self.doc(operationId=view.__name__)(view)

        return document


def _problem(code: int) -> dict[str, Any]:
    described: dict[str, Any] = {"schema": Problem, "content_type": MEDIA_TYPE}
    if code == 429:
        described["headers"] = {"Retry-After": {"schema": {"type": "string"}}}
    return described
