"""The requests behind one number of a team, or of all teams together; those that I may open."""

from typing import Any

import flask

from app.db import db
from app.turnaround import behind as rows_of
from app.turnaround.behind import Scope
from app.turnaround.together import Together, together_of
from app.web.forms.turnaround import NarrowedForm
from app.web.headers import now
from app.web.render import me, page
from app.web.turnaround_view import address_of, after_key, read_form, row

bp = flask.Blueprint("together", __name__)

PAGE = 50


@bp.get("/turnaround/teams/list")
def behind() -> Any:
    """List the requests behind one number of all teams together."""
    form = read_form(None)
    scope = together_of(db.session, form.choice(), now=now())
    return list_page(scope, form, "together.behind")


def list_page(scope: Scope | Together, form: NarrowedForm, endpoint: str, **named: Any) -> Any:
    """Show the requests behind the figure that the address names, oldest first."""
    cohort = scope.cohort(flask.request.args.get("figure", "")) or flask.abort(404)
    after = after_key(flask.request.args.get("after", ""))
    listed = rows_of.listed(db.session, scope, cohort, me(), after=after, limit=PAGE + 1)
    address = address_of(scope.choice, elapsed=form.is_elapsed)
    return page(
        "turnaround/list.html",
        team=scope.team if isinstance(scope, Scope) else None,
        window=scope.window,
        listed=listed,
        rows=[row(request) for request in listed.requests[:PAGE]],
        days=address,
        more=_more(listed, endpoint, address | named),
    )


def _more(listed: rows_of.Listed, endpoint: str, address: dict[str, Any]) -> str | None:
    if len(listed.requests) <= PAGE:
        return None
    last = listed.requests[PAGE - 1]
    after = f"{last.raised_at.isoformat()}~{last.id}"
    return flask.url_for(endpoint, **address, figure=listed.cohort.key, after=after)
