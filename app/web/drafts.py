"""Keeping what is being typed, and giving it back."""

from typing import Any

import flask
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict

from app.db import db
from app.people import drafts
from app.people.models import Draft
from app.requests.attention import ActKey
from app.web.headers import now
from app.web.left_over import is_beside
from app.web.render import is_local, me, see

bp = flask.Blueprint("drafts", __name__)
NOT_WORDS = frozenset(
    {"csrf_token", "key", "seen", "form", "password", "current", "more", "step", "hinted"}
)
SENT = "#sent"  # the words of a handoff while it can still be taken back


@bp.post("/drafts")
def keep() -> Any:
    """Keep the words of a form while they are typed; an empty answer."""
    form, key = flask.request.form.get("form", ""), flask.request.form.get("key", "")
    if not form.startswith("/") or len(form) > 200:
        flask.abort(400)
    if db.session.get(ActKey, (me().id, key)):
        return "", 204  # it was sent meanwhile; this is the echo of the last words typed
    try:
        drafts.keep_draft(db.session, me().id, form, posted_fields(), at=now())
        db.session.commit()
    except drafts.TooMuch:
        flask.abort(413)
    except IntegrityError:  # the same form in two tabs, at the same moment: one of them is kept
        db.session.rollback()
    return "", 204


def posted_fields() -> list[tuple[str, str]]:
    """Return the words this HTTP request posts, without what belongs to its page."""
    pairs = flask.request.form.items(multi=True)
    fields = [(name, value) for name, value in pairs if name not in NOT_WORDS]
    typed = any(value.strip() for name, value in fields if not is_beside(name))
    return fields if typed else []


@bp.post("/drafts/drop")
def drop() -> Any:
    """Begin a form afresh."""
    form = flask.request.form.get("form", "")
    drafts.drop_draft(db.session, me().id, form)
    db.session.commit()
    there = flask.request.form.get("back", "")
    return flask.redirect(there, 303) if is_local(there) else see("work.mine")


def words_of(draft: Draft | None) -> MultiDict[str, str] | None:
    """Return a draft as a form takes it in."""
    return MultiDict([(name, value) for name, value in draft.fields]) if draft else None


def draft_here() -> Draft | None:
    """Return the draft of the form whose page is at this address."""
    return db.session.get(Draft, (me().id, flask.request.path))


def forget_here() -> None:
    """Forget the draft of the form that is being acted on, in the same transaction."""
    drafts.drop_draft(db.session, me().id, flask.request.path)


def set_aside(form: str) -> None:
    """Keep the words that are being sent, for the minute in which they can be taken back."""
    drafts.keep_draft(db.session, me().id, f"{form}{SENT}", posted_fields(), at=now())


def give_back(form: str) -> None:
    """Put words that were set aside into their form again."""
    sent = db.session.get(Draft, (me().id, f"{form}{SENT}"))
    if sent:
        fields = [(name, value) for name, value in sent.fields]
        drafts.keep_draft(db.session, me().id, form, fields, at=now())
        drafts.drop_draft(db.session, me().id, sent.form)
