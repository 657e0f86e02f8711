"""Requests to read: lists through the one gate, one with its ledger, its words and its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import flask
from marshmallow.fields import String
from marshmallow.validate import Length, OneOf, Regexp

from app.api.asking import load_request, me, now
from app.api.blueprint import ETAG, LINK, READ, Blueprint
from app.api.paging import Id, PageQuery, page, read_cursor
from app.api.problems import Refused
from app.api.shapes import EventShape, LineShape, MessageShape, RequestShape, Whole, page_of
from app.db import db
from app.handoffs.second_thoughts import offered_to
from app.language import gettext
from app.requests.happened import Happened, Said
from app.requests.lists.filters import Narrow, Search
from app.requests.lists.found import found
from app.requests.lists.shown import viewer_of
from app.requests.models import Request
from app.requests.page import story_of
from app.requests.queries import relation
from app.requests.rules import State
from app.requests.search.wanted import Wanted

bp = Blueprint(
    "api_requests", __name__, url_prefix="/api/v1/requests", description="Requests and their acts"
)
STATES = ("open", "ended", *(state.value for state in State))


class ListQuery(PageQuery):
    """Which requests."""

    state = String(validate=OneOf(STATES))
    team = Id(metadata={"description": "The id of the team that has it now."})
    type = Id(metadata={"description": "The id of the request type."})
    holder = String(
        validate=Regexp(r"^(me|nobody|[1-9][0-9]{0,8})$"),
        metadata={"description": "The id of a person, “me” or “nobody”."},
    )
    q = String(
        validate=[Length(1, 200), Regexp(r"^[^\x00]+$")],
        metadata={"description": "Words to look for."},
    )


@bp.route("")
@bp.told(*READ, 422)
@bp.arguments(ListQuery, location="query")
@bp.response(200, page_of(LineShape, "Requests"), headers=LINK)
def list_requests(wanted: Mapping[str, Any]) -> Any:
    """List the requests that you may see, the newest first."""
    limit = wanted["limit"]
    key = read_cursor(wanted.get("cursor"), str, int)
    before = (_moment(key[0]), key[1]) if key else None
    lines = found(db.session, _search(wanted, limit, before))
    last = lines[:limit][-1].request if lines else None
    return page(lines, limit, *((last.raised_at.isoformat(), last.id) if last else ()))


def _search(wanted: Mapping[str, Any], limit: int, before: tuple[datetime, int] | None) -> Search:
    holder = wanted.get("holder")
    known = {"me": me().id, "nobody": 0, None: None}
    narrow = Narrow(
        team_id=wanted.get("team"),
        type_id=wanted.get("type"),
        holder_id=known[holder] if holder in known else int(holder or 0),
    )
    filters = {"state": wanted["state"]} if wanted.get("state") else {}
    words = Wanted(wanted.get("q", ""), filters)
    return Search(me(), words, now(), limit, before, narrow)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1970 <= moment.year < 9000:
        raise Refused(422, gettext("This cursor comes from somewhere else."))
    return moment


@bp.route("/<number:request_id>")
@bp.told(*READ)
@bp.response(200, RequestShape, headers=ETAG)
def show_request(request_id: int) -> Any:
    """Show one request with what follows from its history; its ETag is its version."""
    return told(load_request(request_id))


def told(request: Request) -> tuple[Whole, dict[str, str]]:
    """Return `request` as the person reads it, and the headers that come along."""
    stands = relation(db.session, request, me())
    story = story_of(db.session, request, stands, now=now())
    offered = offered_to(me().id, request, story, stands, at=now())
    can = tuple(sorted(kind.value for kind in offered))
    whole = Whole(request, viewer_of(me()), now(), stands=stands, story=story, can=can)
    return whole, {"ETag": f'"{request.version}"'}


@dataclass(frozen=True)
class Told:
    """One event that its reader may know, with its sentence, and its words if it has some."""

    event: Happened
    sentence: str
    message: Said | None


def _told_events(request: Request) -> list[Told]:
    stands = relation(db.session, request, me())
    story = story_of(db.session, request, stands, now=now())
    sentences = [sentence for _, sentence in reversed(story.history)]
    return [
        Told(event, sentence, event.message)
        for event, sentence in zip(story.known, sentences, strict=True)
    ]


@bp.route("/<number:request_id>/messages")
@bp.told(*READ, 422)
@bp.arguments(PageQuery, location="query")
@bp.response(200, page_of(MessageShape, "Messages"), headers=LINK)
def list_messages(wanted: Mapping[str, Any], request_id: int) -> Any:
    """List what people wrote, the oldest first; notes only to those who carry or carried it."""
    said = [told for told in _told_events(load_request(request_id)) if told.message]
    return _from(said, wanted)


@bp.route("/<number:request_id>/events")
@bp.told(*READ, 422)
@bp.arguments(PageQuery, location="query")
@bp.response(200, page_of(EventShape, "Events"), headers=LINK)
def list_events(wanted: Mapping[str, Any], request_id: int) -> Any:
    """List what happened, the oldest first, as far as you may know."""
    return _from(_told_events(load_request(request_id)), wanted)


def _from(all_of_it: list[Told], wanted: Mapping[str, Any]) -> Any:
    key = read_cursor(wanted.get("cursor"), int)
    rest = [told for told in all_of_it if key is None or told.event.seq > key[0]]
    shown = rest[: wanted["limit"]]
    return page(rest[: len(shown) + 1], wanted["limit"], shown[-1].event.seq if shown else 0)


@bp.after_request
def keep_to_oneself(response: flask.Response) -> flask.Response:
    """No cache in between keeps what one person may read."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response
