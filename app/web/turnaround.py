"""How long things take: a team's figures, the requests behind them, and all teams side by side.

The figures of a team are open to everybody in the organisation; the requests behind them only to
those who may open them.
"""

from collections.abc import Sequence
from typing import Any

import flask

from app.db import db
from app.language import ENGLISH, gettext, speaking
from app.turnaround import behind as rows_of
from app.turnaround import queries
from app.turnaround.behind import Scope
from app.turnaround.cohorts import Cohort
from app.turnaround.crowds import people_of
from app.turnaround.echoes import echoes_of
from app.turnaround.pieces import Piece, Stay
from app.turnaround.rules import CROWD, MIN_N
from app.turnaround.sheets import heads, plain
from app.turnaround.statistics import untold
from app.web.copies import from_copy, not_from_copy
from app.web.exports import csv_answer
from app.web.figure_lists import list_page
from app.web.forms.turnaround import NarrowedForm
from app.web.headers import now
from app.web.render import me, page
from app.web.side_by_side_view import frame, told
from app.web.turnaround_view import address_of, charts, read_form, row, sources, switches

bp = flask.Blueprint("turnaround", __name__)

STAGE_TIMES = {False: ("waiting", "in_hand", "paused"), True: ("elapsed",)}  # by the switch
PIECE_COLUMNS = (
    *("title", "state", "raised_at", "respond_by", "first_response_at", "due_at", "done_at"),
    *("ended_at", "outcome", "reopenings", "returns", "response_s", "response_elapsed_s"),
    *("working_s", "paused_s", "elapsed_s"),
)
SPLIT = ("waiting_s", "in_hand_s", "paused_s", "elapsed_s", "calendar_version")
STAY_COLUMNS = ("title", "stage", "round", "entered_at", "left_at", *SPLIT)


@bp.get("/turnaround")
@from_copy
def everybody() -> Any:
    """Show the figures of all teams in one table."""
    form = read_form(None)
    choice = form.choice()
    sheet, window = told(choice, form.clock)
    form.show(window)
    return page(
        "turnaround/everybody.html",
        status=_status(form),
        told=sheet,
        window=window,
        **frame(form, choice),
    )


@bp.get("/turnaround/teams.csv")
def export_all() -> flask.Response:
    """Send the table of all teams."""
    form = read_form(None)
    sheet, window = told(form.choice(), form.clock)
    days = gettext("%(first)s to %(last)s", first=window.first, last=window.last)
    rows = [[plain(cell) for cell in row] for row in sheet.rows]
    return csv_answer(f"{sheet.title} {days}.csv", heads(sheet), rows)


@bp.get("/teams/<int:team_id>/turnaround")
@from_copy
def team(team_id: int) -> Any:
    """Show the figures of one team."""
    scope, form = _scope(team_id)
    elapsed = form.is_elapsed
    figures = queries.team_figures(db.session, scope, of_stages=STAGE_TIMES[elapsed])
    form.show(scope.window)
    address = address_of(scope.choice, elapsed=elapsed)
    with not_from_copy():
        oldest = [row(r) for r in queries.named(db.session, me(), figures.open.oldest, at=now())]
    return page(
        "turnaround/team.html",
        status=_status(form),
        team=scope.team,
        figures=figures,
        oldest=oldest,
        echoes=echoes_of(db.session, team_id, scope.window),
        **_beside(scope, form, address, charts(figures, elapsed=elapsed)),
    )


def _beside(
    scope: Scope, form: NarrowedForm, address: dict[str, Any], drawings: dict[str, Any]
) -> dict[str, Any]:
    team_id, elapsed = scope.team.id, form.is_elapsed
    return {
        "charts": drawings,
        "days": address,
        "elapsed": elapsed,
        "stage": scope.choice.stage,
        "least": MIN_N,
        "crowd": CROWD,
        **sources(team_id, address),
        **switches("turnaround.team", form, scope.choice, elapsed=elapsed, team_id=team_id),
    }


@bp.get("/teams/<int:team_id>/turnaround/list")
def behind(team_id: int) -> Any:
    """List the requests behind one figure, oldest first, those that I may open."""
    scope, form = _scope(team_id)
    return list_page(scope, form, "turnaround.behind", team_id=team_id)


@bp.get("/teams/<int:team_id>/turnaround/<figure>.csv")
def export(team_id: int, figure: str) -> flask.Response:
    """Send the rows behind one figure; what I may not open is counted but not named."""
    scope, _ = _scope(team_id)
    cohort, window = _cohort(scope, figure), scope.window
    columns = STAY_COLUMNS if cohort.of_visits else PIECE_COLUMNS
    days = gettext("%(first)s to %(last)s", first=window.first, last=window.last)
    name = " ".join(f"{scope.team.name} {figure} {days}.csv".split())
    found = rows_of.each_behind(db.session, scope, cohort, me())
    few = people_of(db.session).of(team_id) < CROWD
    rows = (_row(each, columns, few_people=few) for each in found)
    return csv_answer(name, ("request", *columns), rows)


def _row(each: Piece | Stay, columns: Sequence[str], *, few_people: bool) -> list[Any]:
    """Return a row of an export; among few people no times of what may not be opened.

    A request that may not be opened has no number either; else its address could be tried.
    """
    if each.title is not None:
        return [_number(each), *(getattr(each, name) for name in columns)]
    with speaking(ENGLISH):  # like the codes beside it
        hidden = untold("crowd", 1)
    return [
        None,
        *(
            hidden if few_people and name.endswith(("_at", "_s")) else getattr(each, name)
            for name in columns
        ),
    ]


def _scope(team_id: int) -> tuple[Scope, NarrowedForm]:
    team = queries.team_by_id(db.session, team_id) or flask.abort(404)
    form = read_form(team_id)
    return queries.scope_of(db.session, team, form.choice(), now=now()), form


def _cohort(scope: Scope, figure: str) -> Cohort:
    return scope.cohort(figure) or flask.abort(404)


def _status(form: NarrowedForm) -> int:
    return 422 if form.errors else 200


def _number(each: Piece | Stay) -> int:
    return each.id if isinstance(each, Piece) else each.request_id
