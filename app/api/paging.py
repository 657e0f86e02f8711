"""Lists a page at a time: cursors by key, and Link headers (RFC 8288)."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, TypeVar

import flask
from marshmallow import Schema
from marshmallow.fields import Integer, String
from marshmallow.validate import Length, Range, Regexp
from werkzeug.routing import IntegerConverter

from app.api.problems import Refused
from app.language import gettext

T = TypeVar("T")
LARGEST = 100
USUAL = 50
LARGEST_ID = 2**31 - 1


def Id(**options: Any) -> Integer:  # noqa: N802
    """Return a field for a number that a row can have."""
    return Integer(validate=Range(1, LARGEST_ID), **options)


class Number(IntegerConverter):
    """A number in an address. One that no row can have is found nowhere, like any other.

    Refusing it while routing would answer 405 where the same address takes another method.
    """

    regex = r"\d{1,18}"

    def to_python(self, value: str) -> int:
        """Return the number, or the largest that a row could have."""
        return min(int(value), LARGEST_ID)


class PageQuery(Schema):
    """How much of a list, and from where."""

    limit = Integer(load_default=USUAL, validate=Range(1, LARGEST))
    cursor = String(
        validate=[Length(1, 500), Regexp(r"^[A-Za-z0-9_-]+$")],
        metadata={"description": "From a Link header; say it back as it is."},
    )


def read_cursor(text: str | None, *kinds: type) -> list[Any] | None:
    """Return the key of the last thing shown, None without one. :raises Refused: for another."""
    if text is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(text.encode() + b"=="))
        fits = isinstance(key, list) and [type(part) for part in key] == list(kinds)
    except (ValueError, RecursionError, binascii.Error):
        fits = False
    ids = [part for part in key if isinstance(part, int)] if fits else []
    if not fits or any(not 0 <= number <= LARGEST_ID for number in ids):
        where = [{"parameter": "cursor", "detail": gettext("Take it from a Link header.")}]
        raise Refused(422, gettext("This cursor comes from somewhere else."), where)
    return list(key)


def page(found: Sequence[T], limit: int, *key_of_last: Any) -> Any:
    """Return {"items"} of at most `limit` things, with a Link to more when there are more.

    `found` holds one more than `limit` then; `key_of_last` is the key of the last one shown.
    """
    headers = {}
    if len(found) > limit:
        cursor = base64.urlsafe_b64encode(json.dumps(key_of_last).encode()).decode().rstrip("=")
        query = {**(flask.request.view_args or {}), **flask.request.args, "cursor": cursor}
        there = flask.url_for(flask.request.endpoint or "", **query)
        headers["Link"] = f'<{there}>; rel="next"'
    return {"items": found[:limit]}, headers
