"""What of mine programs may reach: tokens, and the calendar of what is due."""

from typing import Any

import flask

from app.db import db
from app.language import gettext, speaking
from app.people import calendar_feed, programs
from app.people.calendar_feed import CalendarAddress
from app.people.programs import ApiToken
from app.people.rules import DoorChange
from app.requests.lists.due import due_for
from app.web.calendar_file import calendar_file
from app.web.drafts import forget_here
from app.web.forms.programs import TokenForm
from app.web.headers import now
from app.web.own_doors import note_change
from app.web.render import me, page, see

bp = flask.Blueprint("programs", __name__)
DUE_SHOWN = 200


@bp.route("/me/tokens", methods=["GET", "POST"])
def tokens() -> Any:
    """Show my tokens, and make one; what it is, is shown this once."""
    form = TokenForm()
    if not form.is_submitted():
        return _show(form)
    if not form.validate():
        return _show(form, 422)
    if not programs.was_made(db.session, me(), form_key=form.key.data):
        note_change(DoorChange.TOKEN_MADE, form.name.data)
    shown = programs.make_token(
        db.session,
        me(),
        name=form.name.data,
        may_write=form.scope.data == "write",
        days=form.days.data,
        form_key=form.key.data,
        at=now(),
    )
    forget_here()
    db.session.commit()
    return _show(TokenForm(formdata=None), made=shown)


@bp.post("/me/tokens/<int:token_id>/end")
def end_token(token_id: int) -> Any:
    """Revoke one of my tokens; it opens nothing from now on."""
    token = db.session.get(ApiToken, token_id)
    if token is None or token.person_id != me().id:
        flask.abort(404)
    if token.revoked_at is None:
        token.revoked_at = now()
        note_change(DoorChange.TOKEN_ENDED, token.name)
    db.session.commit()
    flask.flash(gettext("“%(name)s” opens nothing any more.", name=token.name), "good")
    return see("programs.tokens")


@bp.post("/me/calendar")
def renew_calendar() -> Any:
    """Make a new address for my calendar; the one before leads nowhere."""
    secret = calendar_feed.renew_calendar(db.session, me(), at=now())
    db.session.commit()
    address = flask.current_app.extensions["baton"].address
    there = address + flask.url_for("programs.calendar", secret=secret)
    return _show(TokenForm(formdata=None), calendar=there)


@bp.post("/me/calendar/end")
def end_calendar() -> Any:
    """Let the address of my calendar lead nowhere."""
    calendar_feed.end_calendar(db.session, me())
    db.session.commit()
    flask.flash(gettext("The address of your calendar leads nowhere any more."), "good")
    return see("programs.tokens")


@bp.get("/calendar/<secret>.ics")
def calendar(secret: str) -> Any:
    """Give what is due for somebody to whoever knows the secret; nothing else is asked for."""
    person = calendar_feed.whose_calendar(db.session, secret) or flask.abort(404)
    found = due_for(db.session, person, at=now(), limit=DUE_SHOWN)
    settings = flask.current_app.extensions["baton"]
    with speaking(person.language):  # whatever their calendar's own program asks for
        body = calendar_file(found, address=settings.address, at=now())
    answer = flask.Response(body, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _show(form: TokenForm, status: int = 200, *, made: str = "", calendar: str = "") -> Any:
    answer = page(
        "people/programs.html",
        status=status,
        form=form,
        made=made,
        calendar=calendar,
        tokens=programs.tokens_of(db.session, me()),
        known_calendar=db.session.get(CalendarAddress, me().id),
        now=now(),
    )
    if made or calendar:
        answer.headers["Cache-Control"] = "no-store"
    return answer
