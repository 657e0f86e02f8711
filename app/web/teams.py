"""A team's page: who they are, their queue in four views, and their board."""

from typing import Any

import flask

from app.catalogue.queries import offered_by, stages_of
from app.db import db
from app.people.heads import TeamHead, team_head
from app.people.queries import leads
from app.requests.lists.board import CAP
from app.requests.lists.board import board as board_of
from app.requests.lists.team import queue as queue_of
from app.requests.lists.team import queue_counts
from app.requests.lists.views import VIEWS, Place
from app.web.acting import new_key
from app.web.headers import now
from app.web.render import me, page
from app.worktime.opening import opening

bp = flask.Blueprint("teams", __name__)

PAGE = 25
FEW = 5


@bp.get("/teams/<int:team_id>")
def queue(team_id: int) -> Any:
    """Show the team, what it offers, and those of its requests that I may see."""
    team, view, after = _load_team(team_id), _view(), _place()
    few = FEW if view == "open" and after is None else 0
    shown = queue_of(
        db.session, me(), team_id, view=view, at=now(), limit=PAGE, after=after, silent=few
    )
    return page(
        "teams/queue.html",
        team=team,
        view=view,
        counts=queue_counts(db.session, me(), team_id),
        lines_shown=shown.lines,
        silent=shown.silent,
        few=FEW,
        next_url=_next(team_id, view, shown.place),
        hours=opening(team.clock, now()),
        offered=offered_by(db.session, team_id),
        key=new_key(),
        leads=leads(me(), team_id),
    )


@bp.get("/teams/<int:team_id>/board")
def board(team_id: int) -> Any:
    """Show the team's requests in columns by where the work is."""
    team = _load_team(team_id)
    stages = sorted(stages_of(db.session, team_id))
    columns = board_of(db.session, me(), team_id, stages=stages, at=now())
    return page("teams/board.html", part="_board.html", team=team, columns=columns, cap=CAP)


def _next(team_id: int, view: str, place: Place | None) -> str | None:
    if place is None:
        return None
    return flask.url_for("teams.queue", team_id=team_id, view=view, after=str(place))


def _load_team(team_id: int) -> TeamHead:
    return team_head(db.session, team_id) or flask.abort(404)


def _view() -> str:
    view = flask.request.args.get("view", "open")
    return view if view in VIEWS else flask.abort(404)


def _place() -> Place | None:
    text = flask.request.args.get("after")
    try:
        return Place.parse(text) if text else None
    except (ValueError, OverflowError):
        flask.abort(404)
