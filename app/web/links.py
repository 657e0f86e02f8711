"""The door by mail: a link that lets in once.

Opening it changes nothing, because programs that look at mail open links, too; a button does.
"""

from typing import Any

import flask
from flask_wtf import FlaskForm

from app.db import db
from app.language import gettext
from app.people.actions import Unusable
from app.people.links import SignInLink, ask_link, find_link, use_link
from app.people.models import Person
from app.people.rules import opens
from app.web import keeping
from app.web.door import show_door
from app.web.entering import TOO_MANY, enter, note_try, slowed, too_many
from app.web.forms.door import SignInForm
from app.web.headers import now
from app.web.own_doors import not_only_provider, only_provider
from app.web.render import is_local, page

bp = flask.Blueprint("links", __name__)
ASKING, OPENING = "link", "link opened"


@bp.post("/sign-in/link")
@not_only_provider
def ask() -> Any:
    """Take an address to which a link goes, if somebody here has it; always say the same."""
    if not flask.current_app.extensions["baton"].mail_server:
        flask.abort(404)
    form = SignInForm()
    if not form.email.validate(form):
        return show_door(form, 422)
    email = form.email.data
    if too_many(email=email, what=ASKING):
        form.email.errors = [gettext(TOO_MANY)]
        return slowed(show_door(form, 429))
    there = form.next.data or ""
    there = there if is_local(there) else ""
    ask_link(db.session, email=email, there=there, at=now())
    note_try(email=email, what=ASKING)  # asking often is slowed down like guessing; commits
    kept = keeping.read_kept(form.kept.data or "")
    hidden = keeping.hidden_values(kept) if kept else None
    return page("door/link_sent.html", email=email.strip(), kept=kept, hidden=hidden)


@bp.get("/sign-in/links/<token>")
def look(token: str) -> Any:
    """Ask whether this browser shall be signed in."""
    found = _find(token)
    if found is None:
        return _gone()
    form = FlaskForm(formdata=None)
    link, person = found
    return page(
        "door/link.html",
        form=form,
        token=token,
        person=person,
        there=link.there,
        by_password=not only_provider(),
    )


@bp.post("/sign-in/links/<token>")
def enter_by_link(token: str) -> Any:
    """Sign in, once; where to go from there is the button that was pressed."""
    if too_many(email=None, what=OPENING):
        return slowed(_gone(429))
    found = _find(token)
    try:
        if found is None:
            raise Unusable
        use_link(db.session, found[0], at=now())
    except Unusable:
        note_try(email=None, what=OPENING)
        return _gone()
    return enter(found[1], found[0].door, there=flask.request.form.get("next", ""))


def _find(token: str) -> tuple[SignInLink, Person] | None:
    try:
        link, person = find_link(db.session, token, at=now())
    except Unusable:
        return None
    shut = not opens(link.door, only_provider=only_provider())
    return None if shut else (link, person)


def _gone(status: int = 404) -> flask.Response:
    answer: flask.Response = page("door/link_gone.html", status=status, slow=status == 429)
    return answer
