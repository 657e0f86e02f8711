"""Messages and notes, with the files that go along, and taking one back."""

from collections.abc import Callable
from typing import Any

import flask

from app.attachments.actions import give_files_back, send_kept
from app.db import db
from app.people.drafts import keep_draft
from app.requests.acts import words
from app.requests.models import Request
from app.requests.record.keys import refuse_repeat
from app.web.acting import ActForm, load_request
from app.web.answering import act_on
from app.web.files import keep_posted
from app.web.forms.acts import ACTS
from app.web.headers import now
from app.web.render import me, see
from app.web.requests import show_request

bp = flask.Blueprint("talk", __name__, url_prefix="/requests/<int:request_id>")


@bp.post("/messages")
def create_message(request_id: int) -> Any:
    """Say something to both sides."""

    def write(request: Request, form: Any) -> None:
        said = form.words.data.strip()
        message = words.write_message(db.session, request, words=said, act=form.talk())
        send_kept(db.session, me().id, flask.request.path, request, message)

    return _say(request_id, "message", write)


@bp.post("/notes")
def create_note(request_id: int) -> Any:
    """Write an internal note."""

    def write(request: Request, form: Any) -> None:
        said = form.words.data.strip()
        message = words.write_note(db.session, request, words=said, act=form.talk())
        send_kept(db.session, me().id, flask.request.path, request, message)

    return _say(request_id, "note", write)


def _say(request_id: int, name: str, write: Callable[[Request, Any], None]) -> Any:
    """Files that came with the words are kept first, so that none is lost when those come back."""
    wrong = []
    if any(upload.filename for upload in flask.request.files.getlist("files")):
        load_request(request_id, bare=True)
        refuse_repeat(db.session, me(), flask.request.form.get("key", ""))
        wrong = keep_posted(flask.request.path)
        db.session.commit()
    if not wrong:
        return act_on(request_id, name, write)
    form = ACTS[name]()
    form.words.errors = wrong
    return show_request(load_request(request_id), typed=form, name=name, status=422)


@bp.post("/words/<int:seq>/end")
def end_words(request_id: int, seq: int) -> Any:
    """Take back what I have just written; the words come back into the field."""
    request, form = load_request(request_id), ActForm()
    if not form.validate():
        flask.abort(400)
    message = words.unsay(db.session, request, seq=seq, act=form.talk())
    where = f"/requests/{request_id}/{'notes' if message.internal else 'messages'}"
    keep_draft(db.session, me().id, where, [("words", message.body)], at=now())
    give_files_back(db.session, message, where)
    db.session.commit()
    return see("requests.show", request_id=request_id)
