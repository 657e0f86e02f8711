"""The open page of a request: who else is here, and what is new since it was opened."""

from datetime import timedelta
from typing import Any

import flask
from sqlalchemy import func, select

from app.db import db, reads_only
from app.people.models import Draft
from app.requests.attention import be_here, here_now
from app.requests.models import Event, Request
from app.web.acting import load_request
from app.web.headers import now
from app.web.numbers import as_number
from app.web.pages import draw
from app.web.render import me
from app.web.requests import show_request

bp = flask.Blueprint("pulse", __name__)
JUST_NOW = timedelta(seconds=30)


@bp.post("/requests/<int:request_id>/pulse")
def create_pulse(request_id: int) -> Any:
    """Say that I am here; return who else is, and the parts of the page that have changed."""
    request = load_request(request_id)
    known = flask.request.form.get("known", 0, type=as_number)
    be_here(db.session, request.id, me().id, writing=_writes(request), at=now())
    db.session.commit()
    reads_only.set(True)  # what follows holds no other writer up
    here = here_now(db.session, request.id, but=me().id, at=now())
    newest = select(func.max(Event.seq)).where(Event.request_id == request.id)
    if (db.session.scalar(newest) or 0) > known:
        return show_request(load_request(request_id), part="pulse.html", here=here)
    return draw("requests/_presence.html", here=here)


def _writes(request: Request) -> bool:
    """Words for this request that were kept just now say that somebody is writing."""
    here = flask.url_for("requests.show", request_id=request.id)
    query = select(Draft.form).where(
        Draft.person_id == me().id,
        Draft.form.startswith(f"{here}/", autoescape=True),
        Draft.saved_at > now() - JUST_NOW,
    )
    return db.session.scalar(query.limit(1)) is not None
