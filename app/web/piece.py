"""The versions of a piece: reading one, comparing two, writing the next."""

from typing import Any

import flask

from app.db import db
from app.documents.access import may_read_text
from app.documents.actions import NewVersion
from app.documents.files import LIMIT as FILE_LIMIT
from app.documents.files import UnreadableFile, lost_in_words
from app.documents.queries import file_of, latest_version, version_numbered, versions_of
from app.documents.rules import Origin, UnfitText
from app.feedback.placing import save_version
from app.feedback.queries import reader_of
from app.language import gettext
from app.requests.models import Request
from app.requests.queries import relation
from app.requests.record.keys import refuse_repeat
from app.requests.rights import may_review
from app.requests.rules import NotYours, Side, Stale, State
from app.web.acting import load_request
from app.web.forms.acts import ClickForm
from app.web.forms.piece import VersionForm
from app.web.numbers import as_number
from app.web.passages import blocks
from app.web.render import me, page, see

bp = flask.Blueprint("piece", __name__)


@bp.url_value_preprocessor
def make_room_for_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a file come in here, and nowhere else; before anything reads the form."""
    usual = flask.request.max_content_length or 0
    if endpoint == "piece.new_version":
        flask.request.max_content_length = usual + FILE_LIMIT


@bp.get("/requests/<int:request_id>/versions/<int:number>")
def version(request_id: int, number: int) -> Any:
    """Show one version."""
    request = load_readable(request_id)
    shown = version_numbered(db.session, request_id, number) or flask.abort(404)
    versions = list(db.session.scalars(versions_of(request_id)))
    original = file_of(db.session, shown)
    return page(
        "pieces/version.html",
        request=request,
        shown=shown,
        versions=versions,
        blocks=blocks(shown.body),
        original=original,
        lost=lost_in_words(original.lost) if original else [],
        click=_restoring(request, versions[0].number),
    )


@bp.route("/requests/<int:request_id>/versions/new", methods=["GET", "POST"])
def new_version(request_id: int) -> Any:
    """Write the next version; the turn stays where it is."""
    request = load_holder(request_id)
    form, latest = VersionForm(), latest_version(db.session, request_id)
    if form.is_submitted():
        status = _freeze(request, form) if form.validate() else 422
        if status == 303:
            db.session.commit()
            flask.flash(gettext("Saved. It stays with you until you send it on."), "good")
            return see("requests.show", request_id=request_id, _anchor="piece")
        return page("pieces/write.html", status=status, request=request, form=form, latest=latest)
    if form.draft is None:
        form.body.data = latest.body if latest else ""
        form.based_on.data = latest.number if latest else 0
    form.seen.data = request.version
    return page("pieces/write.html", request=request, form=form, latest=latest)


@bp.post("/requests/<int:request_id>/versions/<int:number>/restoration")
def restore(request_id: int, number: int) -> Any:
    """Bring an earlier version back, as a new one."""
    request = load_holder(request_id)
    earlier = version_numbered(db.session, request_id, number) or flask.abort(404)
    new = NewVersion(
        earlier.body,
        flask.request.form.get("based_on", 0, as_number),
        note=gettext("Version %(number)s again", number=number),
        origin=Origin.RESTORED,
        restores=number,
    )
    save_version(db.session, request, new, act=ClickForm().talk())
    db.session.commit()
    flask.flash(gettext("Version %(number)s is back, as a new version.", number=number), "good")
    return see("requests.show", request_id=request_id, _anchor="piece")


def _restoring(request: Request, newest: int) -> ClickForm | None:
    """Return the form that brings a version back, to the author who holds the piece."""
    stands = relation(db.session, request, me())
    if request.stage != "author" or not may_review(stands) or not request.is_open:
        return None
    form = ClickForm()
    form.seen.data, form.newest = request.version, newest
    return form


def load_readable(request_id: int) -> Request:
    """Return the request to somebody who may read the text of its piece; else 404."""
    request = load_request(request_id)
    stands = relation(db.session, request, me())
    open_review = reader_of(db.session, request, stands, me()).open_review
    if not may_read_text(stands, State(request.state), open_review=open_review):
        flask.abort(404)
    return request


def load_holder(request_id: int) -> Request:
    """Return the request to the person who holds it.

    :raises AlreadyDone: for a form sent twice, also when the first has given the piece away.
    :raises NotYours: to others who see it.
    """
    request = load_request(request_id)
    if key := flask.request.form.get("key"):
        refuse_repeat(db.session, me(), key)
    stands = relation(db.session, request, me())
    if stands.side is not Side.PROVIDING or not may_review(stands):
        raise NotYours(gettext("This step belongs to the person who holds the piece."))
    return request


def _freeze(request: Request, form: VersionForm) -> int:
    """Return the status to answer with: 303 when it was saved, else 422 or 409."""
    try:
        if form.has_file:  # to read it takes a while, in which others write
            db.session.rollback()
        original = form.original()
        new = NewVersion(
            form.body.data or "",
            form.based_on.data,
            note=(form.note.data or "").strip(),
            origin=Origin.FILE if original else Origin.WRITTEN,
            original=original,
        )
        save_version(db.session, request, new, act=form.talk())
    except UnreadableFile as reason:
        form.file.errors = [str(reason)]
        return 422
    except UnfitText as reason:
        form.body.errors = [str(reason)]
        return 422
    except Stale as reason:
        db.session.rollback()
        newest = latest_version(db.session, request.id)
        form.begin_with(newest.number if newest else 0)
        again = gettext("Saving again puts this text after it; compare them first.")
        form.body.errors = [f"{reason} {again}"]
        return 409
    return 303
