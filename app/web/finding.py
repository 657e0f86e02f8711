"""Finding: full text, filters, a number to jump to, and views that are kept."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import flask

from app.db import db
from app.language import gettext
from app.people.queries import team_names, teams_of
from app.requests.lists.filters import Search
from app.requests.lists.found import found
from app.requests.queries import find_visible
from app.requests.search import saved
from app.requests.search.saved import SavedView
from app.requests.search.wanted import KEYS, LIMIT, Wanted, number_of, read_wanted
from app.web.forms.finding import KeepForm
from app.web.headers import now
from app.web.render import me, page, see

bp = flask.Blueprint("finding", __name__)

PAGE = 25


@bp.get("/find")
def find() -> Any:
    """Show what the words and filters find; a number alone leads to its request."""
    typed = flask.request.args.get("q", "").strip()[:LIMIT]
    number = number_of(typed)
    if number and find_visible(db.session, me(), number):
        return see("requests.show", request_id=number)
    wanted = read_wanted(typed, {key: flask.request.args.get(key, "") for key in KEYS})
    asked = bool(str(wanted))
    search = Search(me(), wanted, at=now(), limit=PAGE, before=_before())
    lines = found(db.session, search) if asked else []
    return page(
        "finding/find.html",
        part="_found.html",
        typed=typed,
        wanted=wanted,
        asked=asked,
        lines_shown=lines[:PAGE],
        next_url=_next(wanted, lines),
        **_beside(wanted),
    )


def _beside(wanted: Wanted) -> dict[str, Any]:
    """Return what stands beside the search: views, teams to choose from, a form to keep it."""
    return {
        "views": saved.kept_for(db.session, me()),
        "teams": [team.name for team in team_names(db.session)],
        "keep": KeepForm(formdata=None, query=str(wanted)),
    }


@bp.post("/views")
def keep() -> Any:
    """Keep a search under a name, for me or for a team of mine."""
    form = KeepForm()
    if not form.validate():
        flask.flash(gettext("A view needs a name of up to 80 characters."), "late")
        return see("finding.find", q=(form.query.data or "")[:LIMIT])
    team_id = form.team.data if form.team.data in teams_of(me()) else None
    query, name = str(read_wanted(form.query.data)), form.name.data.strip()
    saved.keep(db.session, me(), name=name, query=query, team_id=team_id)
    db.session.commit()
    return see("finding.find", q=query)


@bp.post("/views/<int:view_id>/drop")
def drop(view_id: int) -> Any:
    """Forget a view of mine."""
    view = db.session.get(SavedView, view_id)
    if view is None or view.person_id != me().id:
        flask.abort(404)
    saved.drop(db.session, view)
    db.session.commit()
    return see("finding.find")


@bp.get("/keys")
def keys() -> Any:
    """Show which keys lead where, and how to look for things."""
    return page("finding/keys.html")


def _next(wanted: Wanted, lines: Sequence[Any]) -> str | None:
    if len(lines) <= PAGE:
        return None
    last = lines[PAGE - 1].request
    key = f"{last.raised_at.astimezone(UTC):%Y%m%dT%H%M%S%f}.{last.id}"
    return flask.url_for("finding.find", q=str(wanted), before=key)


def _before() -> tuple[datetime, int] | None:
    text = flask.request.args.get("before", "")
    if not text:
        return None
    try:
        moment, request_id = text.split(".")
        return datetime.strptime(f"{moment}+0000", "%Y%m%dT%H%M%S%f%z"), int(request_id[:9])
    except ValueError:
        flask.abort(404)
