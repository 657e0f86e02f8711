"""Files: kept with what is being written, sent along with it, and given back as downloads."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import flask
from werkzeug.datastructures import FileStorage

from app.attachments.actions import Stored, drop_file, keep_file, store_file
from app.attachments.models import Attachment
from app.attachments.queries import find_file, kept_files
from app.attachments.rules import AT_MOST, LIMIT, WrongFile
from app.attachments.storage import Storage
from app.db import db
from app.requests.queries import relation
from app.web.acting import load_request
from app.web.headers import now
from app.web.render import me, page, see, wants_part

bp = flask.Blueprint("files", __name__)

ROOM = {"talk.create_message", "talk.create_note", "files.keep", "catalogue.fill_in"}
TALK = ("messages", "notes")
WITH_WORDS: Final[Mapping[str, str]] = {"files": ""}


@bp.app_url_value_preprocessor
def make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let files come in where words are written, and nowhere else; before the form is read."""
    if endpoint in ROOM and flask.request.mimetype == "multipart/form-data":
        usual = flask.request.max_content_length or 0
        flask.request.max_content_length = usual + LIMIT * AT_MOST


@bp.post("/requests/<int:request_id>/files")
def keep(request_id: int) -> Any:
    """Keep files with a message or a note that is not sent yet."""
    load_request(request_id)
    where = flask.request.form.get("where", "")
    if where not in TALK:
        flask.abort(400)
    form = f"/requests/{request_id}/{where}"
    wrong = keep_posted(form)
    db.session.commit()
    if not wants_part():
        return see("requests.show", request_id=request_id)
    return _list(request_id, where, wrong)


@bp.post("/requests/<int:request_id>/files/<int:file_id>/drop")
def drop(request_id: int, file_id: int) -> Any:
    """Let a file go again."""
    load_request(request_id)
    where = flask.request.form.get("where", "")
    drop_file(db.session, me().id, file_id) or flask.abort(404)
    db.session.commit()
    if not wants_part() or where not in TALK:
        return see("requests.show", request_id=request_id)
    return _list(request_id, where, [])


def _list(request_id: int, where: str, wrong: Sequence[str]) -> Any:
    kept = kept_files(db.session, me().id, f"/requests/{request_id}/{where}")
    return page(
        "requests/files.html",
        part="_files.html",
        request_id=request_id,
        where=where,
        kept=kept,
        wrong=wrong,
    )


@bp.get("/requests/<int:request_id>/files/<int:file_id>")
def download(request_id: int, file_id: int) -> Any:
    """Give a file back, as a download and nothing else."""
    request = load_request(request_id)
    stands = relation(db.session, request, me())
    found = find_file(db.session, request, stands, file_id) or flask.abort(404)
    try:
        source = storage().open(found.sha256)
    except FileNotFoundError:
        flask.abort(404)
    return as_download(source, found.name)


def as_download(source: Any, name: str) -> flask.Response:
    """Answer with bytes that no browser opens by itself, and nothing in them runs."""
    answer = flask.send_file(
        source, mimetype="application/octet-stream", as_attachment=True, download_name=name
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def storage() -> Storage:
    """Return where files lie in this installation."""
    kept: Storage = flask.current_app.extensions["baton_files"]
    return kept


def keep_posted(form: str, fields: Mapping[str, str] = WITH_WORDS) -> list[str]:
    """Keep the files this HTTP request posts; return why some are not taken.

    `fields` says by the name of an input as the answer to which question it is kept. The
    transaction ends before the bytes are stored, which takes a while, and another one begins.
    """
    if not (posted := _posted(fields)):
        return []
    person_id, already = me().id, len(kept_here(form))
    db.session.rollback()
    stored: list[tuple[str, Stored]] = []
    wrong = []
    for field, upload in posted:
        name, source, beside = upload.filename or "", upload.stream, already + len(stored)
        try:
            file = store_file(storage(), name=name, source=source, already=beside)
            stored.append((field, file))
        except WrongFile as reason:
            wrong.append(str(reason))
    for field, file in stored:
        try:
            keep_file(db.session, file, person_id=person_id, form=form, field=field, at=now())
        except WrongFile as reason:
            wrong.append(str(reason))
    return wrong


def _posted(fields: Mapping[str, str]) -> list[tuple[str, FileStorage]]:
    files = flask.request.files
    every = [(field, file) for name, field in fields.items() for file in files.getlist(name)]
    return [(field, file) for field, file in every if file.filename]


def kept_here(form: str) -> Sequence[Attachment]:
    """Return my files kept with the draft of `form`."""
    return kept_files(db.session, me().id, form)
