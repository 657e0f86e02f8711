"""How long things take: a team's figures, the requests behind them, and all teams side by side.

The figures of a team are open to everybody in the organisation; the requests behind them only to
those who may open them.
"""

from datetime import UTC, datetime
from typing import Any

import flask

from app.db import db
from app.people.models import Team
from app.requests.models import Request
from app.turnaround import queries
from app.turnaround.charts import every, lying_bars, standing_pairs
from app.turnaround.cohorts import Piece, Stay
from app.turnaround.echoes import echoes_of
from app.turnaround.figures import Figures, Story
from app.turnaround.rules import MIN_N, PRESETS, Choice
from app.web.exports import csv_answer
from app.web.forms.turnaround import WindowForm
from app.web.headers import now
from app.web.render import me, page

bp = flask.Blueprint("turnaround", __name__)

PAGE = 50
PIECE_COLUMNS = (
    *("title", "state", "raised_at", "respond_by", "first_response_at", "due_at", "done_at"),
    *("ended_at", "outcome", "reopenings", "returns", "response_s", "response_elapsed_s"),
    *("working_s", "paused_s", "elapsed_s"),
)
SPLIT = ("waiting_s", "in_hand_s", "paused_s")
STAY_COLUMNS = ("title", "stage", "round", "entered_at", "left_at", *SPLIT)


@bp.get("/turnaround")
def everybody() -> Any:
    """Show the figures of all teams in one table."""
    form = WindowForm(flask.request.args)
    choice = form.choice()
    teams, together = queries.all_figures(db.session, choice, now=now())
    form.show(together.window)
    return page(
        "turnaround/everybody.html",
        status=_status(form),
        form=form,
        teams=teams,
        together=together,
        days=_days(choice),
        presets=_presets("turnaround.everybody"),
    )


@bp.get("/teams/<int:team_id>/turnaround")
def team(team_id: int) -> Any:
    """Show the figures of one team."""
    form = WindowForm(flask.request.args)
    choice = form.choice()
    team, days = _load_team(team_id), _days(choice)
    figures = queries.team_story(db.session, team, choice, now=now()).figures
    form.show(figures.window)
    return page(
        "turnaround/team.html",
        status=_status(form),
        form=form,
        team=team,
        figures=figures,
        oldest=[row_of(r) for r in queries.named(db.session, me(), figures.open.oldest)],
        charts=_charts(figures),
        echoes=echoes_of(db.session, team.id, figures.window),
        days=days,
        presets=_presets("turnaround.team", team_id=team_id),
        least=MIN_N,
        **_sources(team_id, days),
    )


def _sources(team_id: int, days: dict[str, Any]) -> dict[str, Any]:
    return {
        "list_of": lambda figure: _url("behind", team_id, days, figure=figure),
        "csv_of": lambda figure: _url("export", team_id, days, figure=figure),
    }


@bp.get("/teams/<int:team_id>/turnaround/list")
def behind(team_id: int) -> Any:
    """List the requests behind one figure, oldest first, those that I may open."""
    team, choice, story = _story(team_id)
    cohort = story.cohorts.get(flask.request.args.get("figure", "")) or flask.abort(404)
    keys = sorted({_key(row) for row in cohort.rows if row.title is not None})
    later = [key for key in keys if key > _after()]
    shown = later[:PAGE]
    days = _days(choice)
    next_key = f"{shown[-1][0].isoformat()}~{shown[-1][1]}" if later[PAGE:] else None
    return page(
        "turnaround/list.html",
        team=team,
        figures=story.figures,
        cohort=cohort,
        n=len({_key(row) for row in cohort.rows}),
        mine=len(keys),
        rows=[row_of(r) for r in queries.named(db.session, me(), [key[1] for key in shown])],
        days=days,
        more=next_key and _url("behind", team_id, days, figure=cohort.key, after=next_key),
    )


@bp.get("/teams/<int:team_id>/turnaround/<figure>.csv")
def export(team_id: int, figure: str) -> flask.Response:
    """Send the rows behind one figure; what I may not open is counted but not named."""
    team, _, story = _story(team_id)
    cohort = story.cohorts.get(figure) or flask.abort(404)
    columns = STAY_COLUMNS if figure.startswith("stage-") else PIECE_COLUMNS
    window = story.figures.window
    name = " ".join(f"{team.name} {figure} {window.first} to {window.last}.csv".split())
    # A request that may not be opened has no number either; else its address could be tried.
    rows = (
        [None if row.title is None else _key(row)[1], *(getattr(row, c) for c in columns)]
        for row in cohort.rows
    )
    return csv_answer(name, ("request", *columns), rows)


def _load_team(team_id: int) -> Team:
    return queries.team_by_id(db.session, team_id) or flask.abort(404)


def _story(team_id: int) -> tuple[Team, Choice, Story]:
    choice = WindowForm(flask.request.args).choice()
    team = _load_team(team_id)
    story = queries.team_story(db.session, team, choice, now=now(), viewer=me())
    return team, choice, story


def _status(form: WindowForm) -> int:
    return 422 if form.errors else 200


def _days(choice: Choice) -> dict[str, Any]:
    """Return the choice as the part of an address."""
    if choice.days:
        return {"days": choice.days}
    return {"first": choice.first, "last": choice.last}


def _url(name: str, team_id: int, days: dict[str, Any], **more: Any) -> str:
    return flask.url_for(f"turnaround.{name}", team_id=team_id, **days, **more)


def _presets(endpoint: str, **values: Any) -> list[tuple[str, str, int]]:
    return [
        (f"{days} days", flask.url_for(endpoint, days=days, **values), days) for days in PRESETS
    ]


def _key(row: Piece | Stay) -> tuple[datetime, int]:
    return row.raised_at, row.id if isinstance(row, Piece) else row.request_id


def _after() -> tuple[datetime, int]:
    """Return the key after which the list goes on; from its beginning when it cannot be read."""
    raised_at, _, request_id = flask.request.args.get("after", "").partition("~")
    try:
        return datetime.fromisoformat(raised_at).astimezone(UTC), int(request_id)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC), 0


def row_of(request: Request) -> dict[str, Any]:
    return {
        "request": request,
        "url": flask.url_for("requests.show", request_id=request.id),
        "title": request.title,
        "kicker": f"{request.asking_team.name} asks for: {request.type.name}",
        "turn": _story_of(request),
        "state": request.state,
        "people": [request.holder] if request.holder else [],
    }


def _story_of(request: Request) -> str:
    days = ((request.done_at or now()) - request.raised_at).days
    span = "less than a day" if days < 1 else "1 day" if days == 1 else f"{days} days"
    so_far = f"Open for {span}" if request.is_open else f"Raised {span} ago"
    return f"Done after {span}" if request.done_at else so_far


def _charts(figures: Figures) -> dict[str, Any]:
    known = [stage for stage in figures.stages if stage.waiting.median is not None]
    return {
        "ages": lying_bars([[n] for _, _, n in figures.open.ages]),
        "known_stages": known,
        "stages": lying_bars(
            [[s.waiting.median or 0, s.in_hand.median or 0, s.paused.median or 0] for s in known]
        ),
        "weeks": standing_pairs([(week.arrivals, week.completions) for week in figures.weeks]),
        "week_step": every(len(figures.weeks), at_most=6),
    }
