"""What I was told, and how I want to be told."""

from collections.abc import Mapping
from typing import Any

import flask

from app.db import db
from app.language import gettext
from app.notices import actions
from app.notices.queries import notices_of, quiet_hours_of, sentences, wishes_of
from app.notices.rules import USUAL, How, Reason
from app.people.models import Membership
from app.people.rules import Role
from app.web.acting import load_request
from app.web.drafts import forget_here
from app.web.forms.notices import WishesForm
from app.web.headers import now
from app.web.numbers import as_number
from app.web.render import me, page, see

bp = flask.Blueprint("notices", __name__)

PAGE = 50


@bp.get("/notices")
def mine() -> Any:
    """Show what I was told, the newest first."""
    before = flask.request.args.get("before", type=as_number)
    found = notices_of(db.session, me(), at=now(), limit=PAGE, before=before)
    shown = found[:PAGE]
    more = flask.url_for("notices.mine", before=shown[-1].id) if len(found) > PAGE else None
    told = list(zip(shown, sentences(db.session, me(), shown), strict=True))
    by_mail = _by_mail(wishes_of(db.session, me()))
    up_to = shown[0].id if shown else 0
    return page("notices/mine.html", told=told, next_url=more, up_to=up_to, by_mail=by_mail)


def _by_mail(wishes: Mapping[Reason, How]) -> str:
    """Say what comes by mail at once, for somebody who wished so."""
    if wishes == USUAL:
        return gettext(
            "By mail only a turn, a mention and a question come at once; "
            "the rest waits for the morning."
        )
    if set(wishes.values()) == {How.NEVER}:
        return gettext("None of it comes by mail, as you wished.")
    if How.AT_ONCE not in wishes.values():
        return gettext("Nothing comes by mail at once, as you wished.")
    return gettext("By mail it comes as you wished.")


@bp.post("/notices/read")
def read_all() -> Any:
    """Call them all read, up to the newest that was shown."""
    up_to = flask.request.form.get("up_to", type=as_number) or 0
    actions.read_all(db.session, me(), up_to=up_to, at=now())
    db.session.commit()
    return see("notices.mine")


@bp.route("/me/notices", methods=["GET", "POST"])
def wishes() -> Any:
    """Say what I want to hear of at once, in the morning, or not by mail."""
    form = WishesForm()
    if form.is_submitted() and form.validate():
        actions.wish(db.session, me(), form.wishes())
        if _led():
            actions.wish_weeks(db.session, me(), wanted=form.weeks.data)
        starts, ends = form.starts.data, form.ends.data
        actions.keep_quiet(db.session, me(), starts=starts, ends=ends)
        forget_here()
        db.session.commit()
        flask.flash(gettext("Saved. The page of notices always has them all."), "good")
        return see("notices.wishes")
    if not form.is_submitted() and form.draft is None:
        weeks = any(membership.weekly for membership in _led())
        form.show(wishes_of(db.session, me()), quiet_hours_of(db.session, me()), weeks=weeks)
    status = 422 if form.is_submitted() else 200
    return page("notices/wishes.html", status=status, form=form, leads=bool(_led()))


def _led() -> list[Membership]:
    """Return the memberships by which I lead a team."""
    return [membership for membership in me().memberships if membership.role == Role.LEAD]


@bp.post("/requests/<int:request_id>/seen")
def create_look(request_id: int) -> Any:
    """Remember that I have seen it up to now."""
    actions.see_request(db.session, me(), load_request(request_id), at=now())
    db.session.commit()
    return "", 204


@bp.post("/requests/<int:request_id>/watches")
def create_watch(request_id: int) -> Any:
    """Follow it."""
    actions.watch(db.session, me(), load_request(request_id), at=now())
    db.session.commit()
    return see("requests.show", request_id=request_id)


@bp.post("/requests/<int:request_id>/watches/end")
def end_watch(request_id: int) -> Any:
    """Follow it no longer."""
    actions.unwatch(db.session, me(), load_request(request_id))
    db.session.commit()
    return see("requests.show", request_id=request_id)
