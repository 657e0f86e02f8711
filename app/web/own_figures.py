"""My own figures, for me alone: of what I carried, and of nobody else.

No address names anybody: whose figures they are is who is signed in.
"""

from typing import Any

import flask

from app.web.chapter_pages import send_table, show_chapter, show_list
from app.web.chapter_view import asked_for_myself
from app.web.copies import from_copy

bp = flask.Blueprint("own_figures", __name__)


@bp.get("/me/turnaround")
@from_copy
def show() -> Any:
    """Show my own figures."""
    return show_chapter(asked_for_myself(), "turnaround/own.html")


@bp.get("/me/turnaround/list")
def behind() -> Any:
    """List what stands behind one of my numbers, those that I may still open."""
    return show_list(asked_for_myself())


@bp.get("/me/turnaround/<sheet>.csv")
def export(sheet: str) -> flask.Response:
    """Send me the table of one of my figures."""
    return send_table(asked_for_myself(), sheet)
