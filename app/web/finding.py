"""Finding: full text, filters, a number to jump to, and views that are kept."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import flask

from app.db import db
from app.language import gettext, gettext_noop
from app.people.queries import team_names, teams_of
from app.requests.lists.filters import Search
from app.requests.lists.found import found, unknown_names
from app.requests.naming import state_word
from app.requests.queries import find_visible
from app.requests.rules import State
from app.requests.search import saved
from app.requests.search.saved import SavedView
from app.requests.search.wanted import (
    KEYS,
    LIMIT,
    Wanted,
    number_of,
    read_wanted,
    unknown_filters,
    unknown_values,
)
from app.web.forms.finding import KeepForm
from app.web.headers import now
from app.web.render import me, page, see, wants_part

bp = flask.Blueprint("finding", __name__)

PAGE = 25
WAITS = {
    "me": gettext_noop("Me"),
    "team": gettext_noop("The team"),
    "asking": gettext_noop("Who asked"),
    "other": gettext_noop("Somebody else"),
}


@bp.get("/find")
def find() -> Any:
    """Show what the words and filters find; a number alone leads to its request."""
    typed = flask.request.args.get("q", "").strip()[:LIMIT]
    number = number_of(typed)
    meant = find_visible(db.session, me(), number) if number else None
    if meant and not wants_part():
        return see("requests.show", request_id=meant.id)
    wanted = read_wanted(typed, {key: flask.request.args.get(key, "") for key in KEYS})
    search = Search(me(), wanted, at=now(), limit=PAGE, before=_before())
    lines = found(db.session, search) if str(wanted) else []
    answer = page(
        "finding/find.html",
        part="_found.html",
        meant=meant,
        lines_shown=lines[:PAGE],
        next_url=_next(wanted, lines),
        **_around(search, lines),
    )
    # What was found while typing has its address too, to go back to and to send to somebody.
    answer.headers["HX-Replace-Url"] = flask.url_for("finding.find", q=str(wanted) or None)
    return answer


def _unknown(search: Search, lines: Sequence[Any]) -> list[str]:
    """Say why nothing may be found: what looks like a filter is none, or nobody is called so."""
    values = unknown_values(search.wanted)
    if lines:
        return values
    return [*values, *unknown_filters(search.wanted), *unknown_names(db.session, search)]


def _around(search: Search, lines: Sequence[Any]) -> dict[str, Any]:
    """Return what is looked for, and for a whole page what the controls let choose, and views."""
    wanted, asked = search.wanted, str(search.wanted)
    here = {"wanted": wanted, "asked": bool(asked), "unknown": _unknown(search, lines)}
    here |= {"keep": KeepForm(formdata=None, query=asked)}
    if wants_part():
        return here
    choices: dict[str, Sequence[tuple[str, str]]] = {
        "states": [("open", gettext("open")), *((word, state_word(word)) for word in State)],
        "teams": [(team.name, team.name) for team in team_names(db.session)],
        "waits": [(side, gettext(word)) for side, word in WAITS.items()],
        "lates": [("yes", gettext("late")), ("no", gettext("not late"))],
    }
    typed = {"views": saved.kept_for(db.session, me()), "typed_words": _unshown(wanted, choices)}
    return {**here, **typed, **choices}


def _unshown(wanted: Wanted, choices: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """Return what only the box can show: the words, and filters that no control has."""
    shown = {"state": "states", "team": "teams", "waiting": "waits", "late": "lates"}
    odd = {
        key: value
        for key, value in wanted.filters.items()
        if key in shown and value.lower() not in {one.lower() for one, _ in choices[shown[key]]}
    }
    return str(Wanted(wanted.words, odd))


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
