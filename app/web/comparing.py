"""Two versions side by side or in one text, the file a version came from, and what I have read."""

from io import BytesIO
from typing import Any

import flask

from app.db import db
from app.documents.actions import look
from app.documents.comparing import count, inline, rows
from app.documents.models import Version
from app.documents.queries import file_of, last_looked, version_numbered, versions_of
from app.web.files import as_download
from app.web.headers import now
from app.web.numbers import as_number
from app.web.piece import load_readable
from app.web.render import me, page

bp = flask.Blueprint("comparing", __name__, url_prefix="/requests/<int:request_id>")


@bp.get("/compare")
def compare(request_id: int) -> Any:
    """Show what changed between two versions; without numbers, since I last looked."""
    request = load_readable(request_id)
    versions = list(db.session.scalars(versions_of(request_id))) or flask.abort(404)
    looked = last_looked(db.session, request_id, me().id)
    newest = versions[0].number
    old = _version(request_id, "from", looked or max(1, newest - 1))
    new = _version(request_id, "to", newest)
    beside = flask.request.args.get("view") == "beside"
    return page(
        "pieces/compare.html",
        request=request,
        versions=versions,
        old=old,
        new=new,
        looked=looked,
        beside=beside,
        rows=rows(old.body, new.body) if beside else [],
        paragraphs=[] if beside else inline(old.body, new.body),
        counts=count(old.body, new.body),
    )


def _version(request_id: int, name: str, otherwise: int) -> Version:
    number = flask.request.args.get(name, otherwise, as_number)
    return version_numbered(db.session, request_id, number) or flask.abort(404)


@bp.get("/versions/<int:number>/file")
def original(request_id: int, number: int) -> Any:
    """Give back the file that version was read from, as a download and nothing else."""
    load_readable(request_id)
    version = version_numbered(db.session, request_id, number) or flask.abort(404)
    kept = file_of(db.session, version) or flask.abort(404)
    return as_download(BytesIO(kept.content), kept.name)


@bp.post("/looks")
def looked(request_id: int) -> Any:
    """Remember that I have had this version before my eyes; the browser says so."""
    request = load_readable(request_id)
    number = flask.request.form.get("number", 0, as_number)
    version_numbered(db.session, request_id, number) or flask.abort(404)
    look(db.session, request, me().id, number=number, at=now())
    db.session.commit()
    return "", 204
