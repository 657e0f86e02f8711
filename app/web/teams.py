"""A team's page: who they are, their queue in four views, and their board."""

from typing import Any

import flask

from app.catalogue.queries import find_team, offered_by, stages_of
from app.db import db
from app.people.models import Team
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
from app.worktime.queries import clock_of

bp = flask.Blueprint("teams", __name__)

PAGE = 25
FEW = 5


@bp.get("/teams/<int:team_id>")
def queue(team_id: int) -> Any:
    """Show the team, what it offers, and those of its requests that I may see."""
    team, view = _load_team(team_id), _view()
    after = _place()
    silent = FEW if view == "open" and after is None else 0
    lines, place, late = queue_of(
        db.session, me(), team_id, view=view, at=now(), limit=PAGE, after=after, silent=silent
    )
    next_url = place and flask.url_for("teams.queue", team_id=team_id, view=view, after=str(place))
    return page(
        "teams/queue.html",
        team=team,
        view=view,
        counts=queue_counts(db.session, me(), team_id),
        lines_shown=lines,
        silent=late,
        few=FEW,
        next_url=next_url,
        hours=opening(clock_of(team.calendar), now()),
        offered=offered_by(db.session, team_id),
        new_key=new_key,
        leads=leads(me(), team_id),
    )


@bp.get("/teams/<int:team_id>/board")
def board(team_id: int) -> Any:
    """Show the team's requests in columns by where the work is."""
    team = _load_team(team_id)
    stages = sorted(stages_of(db.session, team_id))
    columns = board_of(db.session, me(), team_id, stages=stages, at=now())
    return page("teams/board.html", part="_board.html", team=team, columns=columns, cap=CAP)


def _load_team(team_id: int) -> Team:
    return find_team(db.session, team_id) or flask.abort(404)


def _view() -> str:
    view = flask.request.args.get("view", "open")
    return view if view in VIEWS else flask.abort(404)


def _place() -> Place | None:
    text = flask.request.args.get("after")
    try:
        return Place.parse(text) if text else None
    except (ValueError, OverflowError):
        flask.abort(404)
