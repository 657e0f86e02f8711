"""The deeper figures, a page a chapter: of a team, a type, two teams, or everybody.

The figures are open to everybody in the organisation; the requests behind them only to those who
may open them.
"""

from typing import Any

import flask

from app.turnaround.contents import CHAPTERS
from app.web.chapter_pages import send_table, show_chapter, show_list
from app.web.chapter_view import asked
from app.web.copies import from_copy

bp = flask.Blueprint("chapters", __name__)

ANY = "<any({}):chapter>".format(", ".join(f'"{key}"' for key in CHAPTERS))


@bp.get(f"/turnaround/{ANY}")
@from_copy
def show(chapter: str) -> Any:
    """Show one chapter of the figures."""
    return show_chapter(asked(chapter), "turnaround/chapter.html")


@bp.get(f"/turnaround/{ANY}/list")
def behind(chapter: str) -> Any:
    """List the requests behind one mark, those that I may open."""
    return show_list(asked(chapter))


@bp.get(f"/turnaround/{ANY}/<sheet>.csv")
def export(chapter: str, sheet: str) -> flask.Response:
    """Send the table of one figure."""
    return send_table(asked(chapter), sheet)
