"""The piece of writing: its versions, and what a request's page shows of it."""

from dataclasses import dataclass
from typing import Any

import flask

from app.db import db
from app.documents.access import may_read_text
from app.documents.actions import make_version
from app.documents.models import Version
from app.documents.queries import is_author, latest_version, version_numbered, versions_of
from app.documents.rules import UnfitText
from app.feedback.models import Remark
from app.feedback.queries import may_read_feedback, remarks_of
from app.feedback.rules import Audience, RemarkKind, Weight
from app.requests.models import Request
from app.requests.page import Story
from app.requests.queries import relation
from app.requests.recording import Act, refuse_repeat
from app.requests.rules import MOVING, NotYours, Relation, Side, Stale, State, may_review
from app.web.acting import load_request
from app.web.forms.piece import VersionForm
from app.web.headers import now
from app.web.render import me, page, see

bp = flask.Blueprint("piece", __name__)


@dataclass(frozen=True)
class Piece:
    """What one person reads of the piece of a request."""

    latest: Version | None
    versions: list[Version]
    remarks: list[tuple[int, list[Remark]]]
    waiting: list[Remark]
    open_musts: int
    may_write: bool
    may_hand: bool


def piece_of(request: Request, story: Story, stands: Relation) -> Piece | None:
    """Return the piece, as far as the person may read it; None for plain requests."""
    if len(story.ledger.plan) < 2 or not may_read_text(stands, State(request.state)):
        return None
    mine = may_review(stands)
    remarks = readable(request, stands)
    waiting = [r for r in remarks if waits_for(r, me().id)]
    return Piece(
        latest=latest_version(db.session, request.id),
        versions=list(db.session.scalars(versions_of(request.id))),
        remarks=by_visit(remarks),
        waiting=waiting if mine else [],
        open_musts=sum(r.weight == Weight.MUST for r in waiting),
        may_write=mine and request.stage == "author" and request.is_open,
        may_hand=mine and request.state in MOVING,
    )


def readable(request: Request, stands: Relation) -> list[Remark]:
    """Return the remarks this person may read; "team only" ones never reach an author."""
    if not may_read_feedback(stands):
        return []
    found = db.session.scalars(remarks_of(request.id))
    writes = is_author(db.session, request.id, me().id)
    return [r for r in found if not (writes and r.audience == Audience.TEAM)]


def waits_for(remark: Remark, person_id: int) -> bool:
    """Say whether a remark still waits for an answer of this person."""
    return asks(remark, person_id) and remark.answer is None


def asks(remark: Remark, person_id: int) -> bool:
    """Say whether a remark is for this person to answer; an answer may follow an answer."""
    to_author = remark.kind != RemarkKind.STRENGTH and remark.audience == Audience.AUTHOR
    return to_author and remark.writer_id != person_id


def by_visit(remarks: list[Remark]) -> list[tuple[int, list[Remark]]]:
    """Return the remarks of each visit together, the newest visit first."""
    visits = sorted({remark.visit_seq for remark in remarks}, reverse=True)
    return [(seq, [r for r in remarks if r.visit_seq == seq]) for seq in visits]


@bp.get("/requests/<int:request_id>/versions/<int:number>")
def version(request_id: int, number: int) -> Any:
    """Show one version."""
    request = load_request(request_id)
    stands = relation(db.session, request, me())
    if not may_read_text(stands, State(request.state)):
        flask.abort(404)
    shown = version_numbered(db.session, request_id, number) or flask.abort(404)
    versions = list(db.session.scalars(versions_of(request_id)))
    return page("pieces/version.html", request=request, shown=shown, versions=versions)


@bp.route("/requests/<int:request_id>/versions/new", methods=["GET", "POST"])
def new_version(request_id: int) -> Any:
    """Write the next version; the turn stays where it is."""
    request = load_holder(request_id)
    form, latest = VersionForm(), latest_version(db.session, request_id)
    if form.is_submitted():
        status = _freeze(request, form) if form.validate() else 422
        if status == 303:
            db.session.commit()
            flask.flash("Saved. It stays with you until you send it on.", "good")
            return see("requests.show", request_id=request_id)
        return page("pieces/write.html", status=status, request=request, form=form, latest=latest)
    if form.draft is None:
        form.body.data = latest.body if latest else ""
        form.based_on.data = latest.number if latest else 0
    form.seen.data = request.version
    return page("pieces/write.html", request=request, form=form, latest=latest)


def load_holder(request_id: int) -> Request:
    """Return the request to the person who holds it.

    :raises AlreadyDone: for a form sent twice, also when the first has given the piece away.
    :raises NotYours: to others who see it.
    """
    request = load_request(request_id)
    if key := flask.request.form.get("key"):
        refuse_repeat(db.session, Act(by=me(), at=now(), key=key))
    stands = relation(db.session, request, me())
    if stands.side is not Side.PROVIDING or not may_review(stands):
        raise NotYours("This step belongs to the person who holds the piece.")
    return request


def _freeze(request: Request, form: VersionForm) -> int:
    """Return the status to answer with: 303 when it was saved, else 422 or 409."""
    try:
        make_version(
            db.session,
            request,
            body=form.body.data or "",
            note=(form.note.data or "").strip(),
            based_on=form.based_on.data,
            act=form.talk(),
        )
    except UnfitText as reason:
        form.body.errors = [str(reason)]
        return 422
    except Stale as reason:
        db.session.rollback()
        newest = latest_version(db.session, request.id)
        form.begin_with(newest.number if newest else 0)
        form.body.errors = [f"{reason} Saving again puts this text after it; compare them first."]
        return 409
    return 303
