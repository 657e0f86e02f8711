"""A request that is asked because of another one: as a part of it, or following on it."""

from typing import Any

import flask

from app.db import db
from app.requests.acts.linking import link
from app.requests.models import Request
from app.requests.queries import find_visible
from app.requests.record.recording import Act
from app.requests.rules import LinkKind
from app.web.headers import now
from app.web.numbers import as_number
from app.web.render import me

KINDS = {"part_of": LinkKind.CHILD, "follows": LinkKind.FOLLOW_UP}


def carry_origin(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the way from one page of the catalogue to the next."""
    if flask.request and flask.request.blueprint == "catalogue":
        for name in KINDS:
            if number := flask.request.args.get(name, type=as_number):
                values.setdefault(name, number)


def origin_of() -> tuple[str, Request] | None:
    """Return how the new request stands to an earlier one, and that; 404 for an unseen one."""
    for name in KINDS:
        if number := flask.request.values.get(name, type=as_number):
            return name, find_visible(db.session, me(), number) or flask.abort(404)
    return None


def link_with_origin(raised: Request, origin: tuple[str, Request] | None) -> None:
    """Say of a request just raised how it stands to the one it came from."""
    if origin:
        name, other = origin
        act = Act(me(), now(), f"origin-{raised.id}")
        link(db.session, raised, other, kind=KINDS[name], act=act)
