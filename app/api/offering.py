"""The one shape of an act for programs: authorise, refuse repeats, one action, one commit."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import flask
from marshmallow import Schema
from sqlalchemy import select

from app.api.asking import load_request, me, now
from app.api.blueprint import ETAG, KEY, SEEN, WRITE
from app.api.bodies import Nothing, Said
from app.api.problems import Refused
from app.api.repeating import act_key, keep_answer, kept_answer
from app.api.requests import bp, told
from app.api.shapes import MessageShape, RequestShape
from app.db import db
from app.language import gettext
from app.requests.models import Event, Request
from app.requests.record.recording import Act

NONE = 0  # no request has this version
Do = Callable[[Request, Mapping[str, Any], Act], Any]
Sent = Mapping[str, Any]


def move(path: str, body: type[Schema] = Nothing) -> Callable[[Do], Do]:
    """Offer an act that moves a request; it needs If-Match and answers with the request."""

    def offer(do: Do) -> Do:
        view = _view(do, lambda request, sent: _moved(do, request, sent))
        view = bp.response(200, RequestShape, headers=ETAG)(_taking(body, view))
        view = bp.doc(parameters=[KEY, SEEN])(bp.told(*WRITE, 412, 428)(view))
        bp.route(f"/<number:request_id>/{path}", methods=["POST"])(view)
        return do

    return offer


def talk(path: str) -> Callable[[Do], Do]:
    """Offer to say something; it never conflicts with a move and answers with the message."""

    def offer(do: Do) -> Do:
        view = _view(do, lambda request, sent: _said(do, request, sent))
        view = bp.response(201, MessageShape)(_taking(Said, view))
        view = bp.doc(parameters=[KEY])(bp.told(*WRITE)(view))
        bp.route(f"/<number:request_id>/{path}", methods=["POST"])(view)
        return do

    return offer


def _taking(body: type[Schema], view: Callable[..., Any]) -> Callable[..., Any]:
    return view if body is Nothing else bp.arguments(body)(view)


def _view(do: Do, answer: Callable[[Request, Sent], flask.Response]) -> Callable[..., Any]:
    """Return the view of one act: the same key is answered the same, else it is done, once."""

    @wraps(do)
    def view(*sent: Sent, request_id: int) -> Any:
        request = load_request(request_id)
        known = kept_answer()
        if known is not None:
            return known
        answered = answer(request, sent[0] if sent else {})
        keep_answer(answered)
        db.session.commit()
        return answered

    return view


def _moved(do: Do, request: Request, sent: Sent) -> flask.Response:
    do(request, sent, Act(me(), now(), act_key(), seen=_seen(request)))
    whole, headers = now_told(request)
    return answer_with(RequestShape().dump(whole), 200, headers)


def _said(do: Do, request: Request, sent: Sent) -> flask.Response:
    do(request, sent, Act(me(), now(), act_key()))
    words = (
        select(Event)
        .where(Event.request_id == request.id, Event.message_id.is_not(None))
        .order_by(Event.seq.desc())
        .limit(1)
    )
    event = db.session.scalars(words).one()
    return answer_with(MessageShape().dump({"event": event, "message": event.message}), 201, {})


def _seen(request: Request) -> int:
    """Return the version the program has seen, `NONE` for another than the present one.

    The act itself refuses that one, after it has looked at whose act it is.

    :raises Refused: when it says none.
    """
    known = flask.request.if_match
    if not known:
        sentence = gettext("Please send If-Match with the ETag of the request as you saw it.")
        raise Refused(428, sentence)
    return request.version if str(request.version) in known else NONE


def now_told(request: Request) -> tuple[Any, dict[str, str]]:
    """Return `request` as it is after an act, and the headers that come along."""
    request_id = request.id
    db.session.flush()
    db.session.expire(request)
    return told(load_request(request_id))


def answer_with(body: Any, status: int, headers: Mapping[str, str]) -> flask.Response:
    """Return `body` as JSON."""
    answer = flask.jsonify(body)
    answer.status_code = status
    answer.headers.update(headers)
    return answer
