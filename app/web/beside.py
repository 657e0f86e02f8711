"""What stands beside a request: what is missing, who agrees, its checklist, links and merging."""

from typing import Any

import flask

from app.db import db
from app.language import gettext
from app.requests.acts import asking_others, linking, merging
from app.requests.models import Request
from app.requests.queries import relation
from app.requests.rights import may_carry
from app.requests.rules import LinkKind, NotYours
from app.web.acting import load_request
from app.web.answering import act_on
from app.web.forms.beside import PartForm, PointForm
from app.web.forms.choosing import away_words
from app.web.render import me, see

bp = flask.Blueprint("beside", __name__, url_prefix="/requests/<int:request_id>")


@bp.post("/returns")
def create_return(request_id: int) -> Any:
    """Give it back with a list of what is missing."""

    def give_back(request: Request, form: Any) -> None:
        until = form.until_moment()
        asking_others.return_with_list(
            db.session, request, missing=form.items(), until=until, act=form.act()
        )

    return act_on(request_id, "return", give_back)


@bp.post("/approvals")
def create_approval(request_id: int) -> Any:
    """Ask somebody to agree."""

    def ask(request: Request, form: Any) -> None:
        asking_others.ask_to_agree(
            db.session,
            request,
            of=form.person,
            question=form.question.data.strip(),
            until=form.until_moment(),
            act=form.act(),
        )
        if away := away_words(form.person):
            flask.flash(away, "info")

    return act_on(request_id, "approval", ask)


@bp.post("/decisions")
def create_decision(request_id: int) -> Any:
    """Agree, or not."""

    def decide(request: Request, form: Any) -> None:
        words = (form.words.data or "").strip()
        agreed = form.agreed.data == "yes"
        asking_others.decide(db.session, request, agreed=agreed, words=words, act=form.talk())

    return act_on(request_id, "decision", decide)


@bp.post("/ticks")
def create_tick(request_id: int) -> Any:
    """Tick a point of the checklist, or take the tick away."""
    request, form = load_request(request_id), PointForm()
    if not form.validate():
        flask.abort(400)
    done = form.done.data == "yes"
    asking_others.tick(db.session, request, point=form.point.data, done=done, act=form.talk())
    db.session.commit()
    return see("requests.show", request_id=request_id, _anchor="checklist")


@bp.post("/links")
def create_link(request_id: int) -> Any:
    """Link it with another request."""

    def link(request: Request, form: Any) -> None:
        kind = LinkKind(form.kind.data)
        linking.link(db.session, request, form.other, kind=kind, act=form.talk())

    return act_on(request_id, "link", link)


@bp.post("/links/end")
def end_link(request_id: int) -> Any:
    """Take a link away."""
    request, form = load_request(request_id), PartForm()
    if not form.validate():
        flask.abort(400)
    kind = LinkKind(form.kind.data)
    linking.unlink(db.session, request, to_id=form.to.data, kind=kind, act=form.talk())
    db.session.commit()
    return see("requests.show", request_id=request_id)


@bp.post("/rests")
def create_rest(request_id: int) -> Any:
    """Let it rest until its parts are done."""
    return act_on(
        request_id, "click", lambda r, f: linking.wait_for_parts(db.session, r, act=f.act())
    )


@bp.post("/merges")
def create_merge(request_id: int) -> Any:
    """Merge it into another request."""

    def merge(request: Request, form: Any) -> None:
        words = (form.words.data or "").strip()
        merging.merge(db.session, request, form.other, words=words, act=form.act())

    if not may_carry(relation(db.session, load_request(request_id), me())):
        raise NotYours(gettext("Merging is for those who carry it."))
    return act_on(request_id, "merge", merge)


@bp.post("/unmergings")
def create_unmerging(request_id: int) -> Any:
    """Take a merging back."""
    return act_on(request_id, "click", lambda r, f: merging.unmerge(db.session, r, act=f.act()))
